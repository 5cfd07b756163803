"""Document numbers: read from every style of printing, and never one for another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fiscograph.budget import DocumentNumber
from fiscograph.citations import mentions_in, number_in
from fiscograph.vocabulary.codelists import load_code_lists

KNOWN = sorted(load_code_lists().issuers)
BRACKETS = [
    tuple(pair)
    for pair in ["〔〕", "[]", "【】", "﹝﹞", "（）", "()", "〈〉", "<>", "［］", "（)", "〔]"]
]
WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}
PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇云藏陕甘青宁新"
NUMBERS = st.builds(
    DocumentNumber,
    issuer_code=st.sampled_from(KNOWN),
    year=st.integers(1980, 2039),
    serial=st.integers(1, 99999),
)


@st.composite
def prints(draw: st.DrawFn, number: DocumentNumber, *, wide: bool = True) -> str:
    """A number as it is printed in the wild: brackets, spaces, width, 第 and 号."""
    space = st.sampled_from(["", "", " ", "\u3000", "\n"])
    left, right = draw(st.sampled_from(BRACKETS))
    year, serial = str(number.year), str(number.serial)
    if wide and draw(st.booleans()):
        year, serial = year.translate(WIDE), serial.translate(WIDE)
    mark = draw(st.sampled_from(["号", ""]))
    parts = [
        number.issuer_code,
        left,
        year,
        right,
        draw(st.sampled_from(["", "", "第"])),
        serial,
        mark,
    ]
    return "".join(part + (draw(space) if after else "") for part, after in pairwise([*parts, ""]))


@given(NUMBERS.flatmap(lambda number: st.tuples(st.just(number), prints(number))))
def test_a_number_is_normalized_from_every_print(case: tuple[DocumentNumber, str]) -> None:
    number, printed = case
    assert number_in(printed) == number


@given(NUMBERS)
def test_a_normalized_number_is_its_own_print(number: DocumentNumber) -> None:
    assert number_in(str(number)) == number
    (mention,) = mentions_in(str(number), BOOK)
    assert mention.number == number
    assert (mention.start, mention.end) == (0, len(str(number)))


@given(st.tuples(NUMBERS, NUMBERS).flatmap(lambda two: st.tuples(*map(prints, two))))
def test_two_documents_never_collapse(printed: tuple[str, str]) -> None:
    left, right = (number_in(text) for text in printed)
    assume(left != right)
    assert str(left) != str(right)


@given(
    NUMBERS.flatmap(lambda number: st.tuples(st.just(number), prints(number, wide=False))),
    st.sampled_from(
        ["", "根据", "以及", "经", "按照", "依据", "，", "执行", "落实", "为贯彻", "转发", "（"]
    ),
    st.sampled_from(["", "文件精神", "，", "文件", "下达2023年就业补助资金", "。"]),
)
def test_a_number_of_a_known_code_is_found_whatever_is_glued_to_it(
    case: tuple[DocumentNumber, str], before: str, after: str
) -> None:
    number, printed = case
    text = before + printed + after
    (mention,) = mentions_in(text, BOOK)
    assert mention.number == number
    assert mention.score == 1
    assert text[mention.start : mention.end].strip() == printed.strip()


@given(st.lists(NUMBERS, min_size=2, max_size=5, unique=True), st.sampled_from("、，；和"))
def test_several_numbers_of_one_sentence_are_several_mentions(
    numbers: list[DocumentNumber], between: str
) -> None:
    text = "根据" + between.join(str(number) for number in numbers) + "文件发放补助"
    mentions = mentions_in(text, BOOK)
    assert [mention.number for mention in mentions] == numbers
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize("code", KNOWN)
def test_near_homoglyphs_are_other_issuers(code: str) -> None:
    for other in KNOWN:
        if other != code:
            one = number_in(f"{code}〔2022〕1号")
            assert one is not None
            assert one != number_in(f"{other}〔2022〕1号")


@pytest.mark.parametrize(
    ("text", "printed", "number"),
    [
        ("渝财社[2022]155 下达 2023 年就业补助资金", "渝财社[2022]155", "渝财社〔2022〕155号"),
        ("渝财金[2022]47号丰达2023普惠金融发展", "渝财金[2022]47号", "渝财金〔2022〕47号"),
        ("（渝财社【2022】155 号）", "渝财社【2022】155 号", "渝财社〔2022〕155号"),
        ("（渝人社发〔2019〕号）、", None, None),
        ("工资〔2023〕年", None, None),
        ("经渝评组办〔2022〕3 号文件批准", "渝评组办〔2022〕3 号", "渝评组办〔2022〕3号"),
        ("（二）2019年", None, None),
        ("支出（2023）12.50万元", None, None),
        ("121号文", None, None),
    ],
)
def test_numbers_as_the_filings_print_them(
    text: str, printed: str | None, number: str | None
) -> None:
    mentions = mentions_in(text, BOOK)
    assert [text[m.start : m.end] for m in mentions] == ([printed] if printed else [])
    assert [str(m.number) for m in mentions] == ([number] if number else [])


@given(st.sampled_from(["碚府测试发", "某县财测"]), st.integers(1, 999))
def test_an_unknown_code_is_kept_with_a_lower_score(code: str, serial: int) -> None:
    (mention,) = mentions_in(f"根据{code}〔2022〕{serial}号", BOOK)
    assert mention.number == DocumentNumber(issuer_code=code, year=2022, serial=serial)
    assert 0 < mention.score < 1
    assert not mentions_in(f"根据{code}〔2022〕{serial}", BOOK)


@given(
    st.sampled_from([code for code in KNOWN if code[0] not in PROVINCES]),
    st.sampled_from(PROVINCES),
    st.sampled_from(["", "根据", "由于", "遵照", "经"]),
    st.integers(1, 999),
)
def test_another_provinces_code_is_never_taken_for_a_known_one(
    code: str, province: str, lead: str, serial: int
) -> None:
    assume(province + code not in KNOWN)
    (mention,) = mentions_in(f"{lead}{province}{code}〔2022〕{serial}号", BOOK)
    assert mention.number == DocumentNumber(issuer_code=province + code, year=2022, serial=serial)
    assert mention.score < 1


@pytest.mark.parametrize(
    "text", ["", "渝财社", "渝财社〔22〕1号", "〔2022〕1号", "渝财社〔2022〕号", "155"]
)
def test_what_is_no_number(text: str) -> None:
    assert number_in(text) is None
