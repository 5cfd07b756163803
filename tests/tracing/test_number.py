from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    "typed", ["", "就业补助资金", "〔2022〕155号", "渝财社〔22〕155号", "2022-155"]
)
def test_a_text_without_a_number_has_none(typed: str) -> None:
    assert normal_form(typed) is None


@given(st.text(max_size=500))
def test_a_normal_form_is_its_own_normal_form(typed: str) -> None:
    found = normal_form(typed)
    assert found is None or normal_form(found) == found
