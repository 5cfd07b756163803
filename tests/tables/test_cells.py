"""Splitting a line keeps every printed character and its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import NAMES, lines_of

from fiscograph.tables import Line, number_of, split_line, squeeze

WORDS = st.sampled_from(
    [
        "208",
        "98. 92",
        "2,627.17",
        "0.00",
        "-3.5",
        "社会保障和就业支出",
        "合 计",
        "（一）",
        "%",
        "#####",
    ]
)
GAPS = st.sampled_from([" ", "  ", "\t", "\t\t", "\u3000", " \t ", "\r"])
PRINTED = st.lists(st.one_of(WORDS, GAPS), max_size=14).map("".join)
ANY_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\f"), max_size=40)


HAN_AND_FORMS = "合计支出（）()［］“”\"'「」２０a Ａ．，\u3000\u00a0㈠①％〔〕ﬁ"


def assert_places_hold(line: Line) -> None:
    last = 0
    for cell in line.cells:
        assert cell.span.line == line.number
        if cell.text:
            assert line.text[cell.span.start - 1 : cell.span.end] == cell.text
            assert cell.text == cell.text.strip()
            assert cell.span.start > last
            last = cell.span.end
        else:
            assert cell.span.end < cell.span.start


@given(st.one_of(PRINTED, ANY_LINE))
def test_every_cell_stands_where_it_says(text: str) -> None:
    assert_places_hold(split_line(7, text))


@given(st.one_of(PRINTED, ANY_LINE).filter(lambda text: "|" not in text))
def test_no_printed_character_is_lost(text: str) -> None:
    line = split_line(1, text)
    printed = "".join("".join(cell.text for cell in line.words).split())
    assert printed == "".join(text.split())


@given(st.lists(WORDS.filter(lambda word: " " not in word), min_size=1, max_size=8))
def test_tabs_draw_the_cells_and_spaces_do_not(words: list[str]) -> None:
    drawn = split_line(1, "\t".join(words) + "\t")
    assert drawn.drawn
    assert [cell.text for cell in drawn.cells] == [*words, ""]
    flat = split_line(1, " ".join(words))
    assert not flat.drawn
    assert [cell.text for cell in flat.cells] == words


@given(st.lists(st.sampled_from(["208", "1.00", "款 项", ""]), min_size=1, max_size=6))
def test_rules_draw_the_cells(words: list[str]) -> None:
    line = split_line(1, "| " + " | ".join(words) + " |")
    assert line.drawn
    assert [cell.text for cell in line.cells] == words
    assert_places_hold(line)


def test_an_amount_that_ran_into_the_next_label_is_cut() -> None:
    line = split_line(198, "收 入 总 计\t98.92 支 出 总 计\t98. 92")
    assert [cell.text for cell in line.cells] == ["收 入 总 计", "98.92", "支 出 总 计", "98. 92"]
    assert_places_hold(line)


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_of_the_filings_keep_their_places(name: str) -> None:
    for number, text in enumerate(lines_of(name), start=1):
        assert_places_hold(split_line(number, text))


@given(st.one_of(PRINTED, st.text(HAN_AND_FORMS, max_size=20)))
def test_squeezing_twice_is_squeezing_once(text: str) -> None:
    once = squeeze(text)
    assert squeeze(once) == once
    assert not any(char.isspace() for char in once)


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False),
    st.sampled_from(["{:f}", "{:,f}"]),
    st.booleans(),
    st.booleans(),
)
def test_a_printed_number_is_read_exactly(
    value: Decimal, style: str, split: bool, wide: bool
) -> None:
    text = style.format(value)
    text = text.replace(".", ". ") if split else text
    if wide:
        text = text.translate({ord("0") + i: ord("０") + i for i in range(10)})
        text = text.replace(",", "，").replace("-", "－").replace(".", "．")
    assert number_of(text) == value
    assert str(number_of(text)) == str(value + 0)


@pytest.mark.parametrize(
    "text", ["", ",.", "#####", "95%", "2023年", "1,2", "1.2.3", "-", "12,34.5"]
)
def test_what_prints_no_plain_number(text: str) -> None:
    assert number_of(text) is None
