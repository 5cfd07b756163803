from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.budget import DocumentNumber
from fiscograph.tracing import normal_form

NORMAL = "渝财社〔2022〕155号"


@pytest.mark.parametrize(
    "typed",
    [
        "渝财社〔2022〕155号",
        "渝财社2022155",
        "渝财社 2022 155",
        "渝财社2022-155",
        "根据渝财社〔2022〕155号",
        "渝财社[2022]155号",
        "渝财社【2022】155号",
        "渝财社（2022）155号",
        "渝财社(2022)155号",
        "渝财社﹝2022﹞155号",
        "渝财社［２０２２］１５５号",
        "渝财社{2022}155",
        " 渝财社 〔 2022 〕 155 号 ",
        "渝财社〔2022〕第155号",
        "渝财社〔2022〕0155号",
        "渝财社〔2022]155",
        "渝财社2022年155号",
        "渝财社「2022」155号",
        "渝财社〈2022〉155号",
        "渝财社〖2022〗155号",
        "渝财社“2022”155号",
        "《关于提前下达2023年就业补助资金的通知》（渝财社〔2022〕155号）",
        "渝财社\u200b〔2022〕\u3000155号\n",
    ],
)
def test_every_style_has_one_normal_form(typed: str) -> None:
    assert normal_form(typed) == NORMAL


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("国务院令第709号", "国务院令第709号"),
        ("国务院令 第７０９号", "国务院令第709号"),
        ("国务院令第七百零九号", "国务院令第709号"),
        ("国务院第709号令", "国务院令第709号"),
        ("根据国务院令第709号", "国务院令第709号"),
        ("《保障农民工工资支付条例》（国务院令第724号）", "国务院令第724号"),
        ("财政部公告2021年第12号", "财政部公告2021年第12号"),
        ("财政部公告〔2021〕12号", "财政部公告2021年第12号"),
        ("渝财社〔2022〕155号之一", "渝财社〔2022〕155号之一"),
        ("渝财社[2022]155-1号", "渝财社〔2022〕155号之一"),
        ("渝财社（2022）155-12", "渝财社〔2022〕155号之十二"),
    ],
)
def test_orders_notices_and_sub_numbers_have_their_own_form(typed: str, normal: str) -> None:
    assert normal_form(typed) == normal


@given(
    st.sampled_from(["渝财社", "国务院令", "财政部公告"]),
    st.integers(1985, 2030),
    st.integers(1, 9999),
    st.none() | st.integers(1, 20),
)
def test_what_the_graph_prints_is_its_own_normal_form(
    code: str, year: int, serial: int, part: int | None
) -> None:
    dated = code.endswith("令")
    number = DocumentNumber(
        issuer_code=code,
        year=None if dated else year,
        serial=serial,
        part=part if code == "渝财社" else None,
    )
    assert normal_form(str(number)) == str(number)


@pytest.mark.parametrize(
    "typed", ["", "就业补助资金", "〔2022〕155号", "渝财社〔22〕155号", "2022-155"]
)
def test_a_text_without_a_number_has_none(typed: str) -> None:
    assert normal_form(typed) is None


@given(st.text(max_size=500))
def test_a_normal_form_is_its_own_normal_form(typed: str) -> None:
    found = normal_form(typed)
    assert found is None or normal_form(found) == found
