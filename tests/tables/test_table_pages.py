"""Pages: every line that prints something stands on exactly one, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import NAMES, lines_of

from fiscograph.tables import pages_of

LINES = st.lists(
    st.sampled_from(["", "", "  ", "\t", "合计 1.00", "类\t款\t项", "\f表二"]), max_size=25
)


def printed(lines: tuple[str, ...] | list[str]) -> list[int]:
    return [number for number, text in enumerate(lines, start=1) if text.strip()]


@given(LINES)
def test_each_printing_line_is_on_one_page_in_order(lines: list[str]) -> None:
    pages = pages_of(lines)
    assert [line.number for page in pages for line in page.lines] == printed(lines)
    assert [page.number for page in pages] == sorted({page.number for page in pages})
    assert all(page.lines for page in pages)


@given(LINES)
def test_a_page_ends_at_a_form_feed_or_three_blank_lines_and_nowhere_else(
    lines: list[str],
) -> None:
    last = 0
    for page in pages_of(lines):
        for at, line in enumerate(page.lines):
            before = lines[last : line.number - 1]
            fed = any("\f" in text for text in lines[last : line.number])
            if last:
                assert (at == 0) == (len(before) >= 3 or fed)
            assert line.gap == len(before)
            last = line.number


def test_a_form_feed_takes_its_one_place() -> None:
    (page,) = pages_of(["\f合计 1.00"])
    assert [(cell.text, cell.span.start) for cell in page.lines[0].cells] == [
        ("合计", 2),
        ("1.00", 5),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_of_the_filings_hold_all_their_lines(name: str) -> None:
    lines = lines_of(name)
    assert [line.number for page in pages_of(lines) for line in page.lines] == printed(lines)
