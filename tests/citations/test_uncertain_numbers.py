"""What is printed of a number without naming one document: kept, and linked to none for sure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.citations.printer import BOOK, LISTS, NOTICES, ORDERS

from fiscograph.budget import DocumentNumber, MentionKind
from fiscograph.citations import Mention, mentions_in, ties_in
from fiscograph.tracing.number import numbers_in
from fiscograph.tracing.resolver import in_full

BODIES = sorted(code.removesuffix("令") for code in ORDERS if code not in {"国务院令", "主席令"})
ALIASES = sorted(code for code, one in LISTS.issuers.items() if one.same_as)


def read(text: str) -> tuple[Mention, ...]:
    return mentions_in(text, BOOK)


def numbers(text: str) -> list[str]:
    return [str(one.number) for one in read(text) if one.number]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("根据渝财社〔2022〕  号文件安排", "渝财社〔2022〕  号"),
        ("（渝人社发〔2019〕号）、", "渝人社发〔2019〕号"),
        ("渝财社[2022]××号", "渝财社[2022]××号"),
        ("川财社（2023）XX号", "川财社（2023）XX号"),
        ("渝财社〔22〕155号", "渝财社〔22〕155号"),
        ("根据渝财社〔2O22〕155号安排", "渝财社〔2O22〕155号"),
        ("渝府发〔2005〕12l号文件", "渝府发〔2005〕12l号"),
        ("渝财社〔2022〕1S5号", "渝财社〔2022〕1S5号"),
        ("按区政府第15次常务会议纪要执行", "区政府第15次常务会议纪要"),
        ("会议纪要第15期", "会议纪要第15期"),
        ("区政府专题会议纪要〔2022〕15号", "区政府专题会议纪要〔2022〕15号"),
        ("《区政府常务会议纪要》（2022年第15期）", "《区政府常务会议纪要》"),
    ],
)
def test_a_number_that_is_not_whole_is_a_mention_of_no_document(text: str, printed: str) -> None:
    (one,) = read(text)
    assert one.kind is MentionKind.VAGUE
    assert one.number is None
    assert one.serial is None
    assert text[one.start : one.end] == printed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("川人社发[2021]15-18号", ["川人社发〔2021〕15号"]),
        ("川人社发〔2021〕15号至18号。", ["川人社发〔2021〕15号", "川人社发〔2021〕18号"]),
        ("渝财社〔2022〕15\n5号", ["渝财社〔2022〕155号"]),
        ("渝财社〔2022〕15 5号", ["渝财社〔2022〕155号"]),
        ("渝财社2022-155号", ["渝财社〔2022〕155号"]),
    ],
)
def test_a_range_or_a_torn_number_is_never_certain_beyond_its_printed_ends(
    text: str, found: list[str]
) -> None:
    assert numbers(text) == found
    sure = [one for one in read(text) if one.score == 1]
    assert [str(one.number) for one in sure] == (found[:1] if "至" in text else [])


@given(
    st.lists(st.sampled_from(BODIES), min_size=2, max_size=3, unique=True),
    st.sampled_from(["、", " ", "", "\n"]),
    st.integers(1, 999),
)
def test_an_order_of_several_bodies_is_no_bodys_own(
    bodies: list[str], mark: str, serial: int
) -> None:
    (one,) = read(f"{mark.join(bodies)}令第{serial}号")
    own = {DocumentNumber(issuer_code=f"{body}令", year=None, serial=serial) for body in BODIES}
    assert one.number not in own
    assert one.score < 1


def test_a_house_number_after_a_space_is_no_part_of_a_serial_number() -> None:
    (one,) = read("渝财社〔2022〕155 3号楼维修")
    assert str(one.number) == "渝财社〔2022〕155号"


@given(
    st.lists(st.sampled_from(BODIES), min_size=2, max_size=3, unique=True),
    st.sampled_from(["、", " ", "和"]),
    st.integers(1, 999),
)
def test_what_is_typed_for_an_order_of_several_bodies_is_the_number_that_filings_print(
    bodies: list[str], mark: str, serial: int
) -> None:
    order = f"{mark.join(bodies)}令第{serial}号"
    assert [str(in_full(one)) for one in numbers_in(order)] == numbers(order)


@given(st.sampled_from(NOTICES), st.integers(2000, 2030), st.integers(1, 999))
def test_a_notice_of_several_bodies_is_no_bodys_own(code: str, year: int, serial: int) -> None:
    other = next(one for one in NOTICES if one != code)
    body = other.removesuffix("公告")
    alone = numbers(f"{code}{year}年第{serial}号")
    together = numbers(f"{body}、{code}{year}年第{serial}号")
    assert len(alone) == len(together) == 1
    assert alone != together
    assert together != numbers(f"{other}{year}年第{serial}号")


@given(st.sampled_from(ALIASES), st.integers(1, 999), st.integers(2000, 2030))
def test_every_name_of_a_body_reads_as_its_one_code(code: str, serial: int, year: int) -> None:
    when = f"{year}年" if code.endswith("公告") else ""
    full = LISTS.issuers[code].canonical
    assert numbers(f"{code}{when}第{serial}号") == numbers(f"{full}{when}第{serial}号")
    assert LISTS.issuers[full].same_as is None
    assert LISTS.issuers[full].body == LISTS.issuers[code].body


def test_an_order_known_from_memory_is_not_certain() -> None:
    (one,) = read("根据国令第709号")
    assert str(one.number) == "国务院令第709号"
    assert one.score == Decimal("0.9")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "转发《关于做好工作的通知》（人社部发〔2019〕1号）的通知（渝人社发〔2019〕27号）",
            "forwards",
        ),
        ("印发《资金管理办法》（渝财规〔2019〕15号）的通知（渝人社发〔2019〕27号）", "promulgates"),
        (
            "贯彻落实《关于稳就业的意见》（国发〔2019〕28号）的通知（渝人社发〔2019〕27号）",
            "implements",
        ),
    ],
)
def test_a_title_outside_its_marks_ties_its_number_to_the_document_in_it(
    text: str, kind: str
) -> None:
    mentions = read(text)
    assert len(mentions) == 2
    (tie,) = ties_in(text, mentions)
    assert (tie.kind.value, tie.subject, tie.object) == (kind, 1, 0)
