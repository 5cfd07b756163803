"""The ledger: every numeric token once, contacts without their text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    NAMES,
    QIJIANG,
    facts_of,
    lines_of,
    reading_of,
    written,
)

from fiscograph.budget import Bin, FilingFacts
from fiscograph.filings import numeric_tokens
from fiscograph.pipeline import read_filing
from fiscograph.provenance import Place


@pytest.mark.parametrize("name", NAMES)
def test_the_ledger_holds_every_token_once_in_reading_order(name: str) -> None:
    facts = facts_of(name)
    tokens = numeric_tokens(reading_of(name).source)
    assert [row.place for row in facts.ledger] == [token.place for token in tokens]
    for row, token in zip(facts.ledger, tokens, strict=True):
        assert row.printed == ("" if row.bin is Bin.CONTACT else token.text)


@pytest.mark.parametrize("name", NAMES)
def test_bins_agree_with_the_facts(name: str) -> None:
    facts = facts_of(name)
    bins = {row.place: row.bin for row in facts.ledger}
    for amount in facts.printed_amounts:
        assert bins[amount.place] is Bin.PRINTED_AMOUNT
    amounts = sum(bin_ is Bin.PRINTED_AMOUNT for bin_ in bins.values())
    assert amounts == len(facts.printed_amounts)
    starts = {(place.line, place.start): bin_ for place, bin_ in bins.items()}
    for indicator in facts.indicators:
        start = (indicator.place.line, indicator.place.start)
        assert starts.get(start, Bin.INDICATOR) is Bin.INDICATOR


@pytest.mark.parametrize("name", NAMES)
def test_telephone_numbers_are_contacts(name: str) -> None:
    facts = facts_of(name)
    lines = lines_of(name)
    printed = [lines[p.line - 1][p.start - 1 : p.end] for p in facts.contacts]
    phones = [text for text in printed if any(char.isdigit() for char in text)]
    for row in facts.ledger:
        inside = any(
            place.line == row.place.line and place.start <= row.place.start <= place.end
            for place in facts.contacts
        )
        assert (row.bin is Bin.CONTACT) == inside
    assert len(phones) == {QIJIANG: 17}.get(name, len(phones))


def texts_in(value: object) -> list[str]:
    """Every text within a value, places left out."""
    if isinstance(value, Place | Enum):
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_in(item)]
    if is_dataclass(value) and not isinstance(value, type):
        return [t for field in fields(value) for t in texts_in(getattr(value, field.name))]
    return []


@pytest.mark.parametrize("name", NAMES)
def test_no_contact_is_printed_in_any_fact(name: str) -> None:
    facts: FilingFacts = facts_of(name)
    lines = lines_of(name)
    contacts = {lines[p.line - 1][p.start - 1 : p.end].strip() for p in facts.contacts}
    published = texts_in(facts)
    for contact in contacts:
        assert not [text for text in published if contact in text]


@pytest.mark.parametrize(
    "printed",
    [
        ["部门预算公开联系人：辛经纬   联系方式：023-68257538"],
        ["部门预算公开联系人：辛经纬", "联系方式：", "", "023-68257538"],
        ["公开联系人：", "辛经纬", "电话：", "023-68257538"],
        ["如有疑问请致电 023-68257538。联系人：辛经纬"],
    ],
)
def test_a_contact_is_blacked_out_wherever_its_line_is_folded(
    printed: list[str], tmp_path: Path
) -> None:
    lines = [*lines_of(BEIBEI)]
    at = next(index for index, line in enumerate(lines) if "部门预算公开联系人" in line)
    text = "\n".join([*lines[:at], *printed, *lines[at + 1 :]])
    facts = read_filing(written(tmp_path, text, BEIBEI))
    contacts = [row for row in facts.ledger if row.bin is Bin.CONTACT]
    assert len(contacts) == 2
    assert not any(row.printed for row in contacts)
    assert not [t for t in texts_in(facts) if "68257538" in t or "辛经纬" in t]
    assert not [row for row in facts.ledger if row.bin is Bin.UNREAD]
