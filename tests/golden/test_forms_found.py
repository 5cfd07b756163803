"""What forms the five filings hold stays as it is written down, until it is renewed on purpose."""

from __future__ import annotations

from tests.golden.forms_found import GOLDEN, listing


def test_the_forms_of_the_five_filings_are_those_written_down() -> None:
    assert listing().splitlines() == GOLDEN.read_text("utf-8").splitlines()


def test_no_table_of_the_five_filings_is_unknown() -> None:
    assert "  unknown  " not in listing()
