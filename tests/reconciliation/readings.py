"""Filings of which some lines print something else, and what is then found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.golden.disclosed import facts_of, lines_of, written

from fiscograph.budget import FilingFacts, Finding
from fiscograph.pipeline import read_filing

Change = tuple[str, str]


def read_changed(name: str, changes: Mapping[int, Change], folder: Path) -> FilingFacts:
    """The facts of a filing of which lines (by number, from 1) print ``after`` for ``before``."""
    lines = [*lines_of(name)]
    for number, (before, after) in changes.items():
        assert before in lines[number - 1], lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(before, after)
    return read_filing(written(folder, "\n".join(lines), name))


def read_without(name: str, first: int, last: int, folder: Path) -> FilingFacts:
    """The facts of a filing without some lines, which are left blank so that places stay."""
    lines = [*lines_of(name)]
    lines[first - 1 : last] = [""] * (last - first + 1)
    return read_filing(written(folder, "\n".join(lines), name))


def fresh(facts: FilingFacts, name: str) -> list[Finding]:
    """The findings of a changed filing that it does not raise as disclosed, by rule and line."""
    known = {(f.rule, f.place.line) for f in facts_of(name).findings}
    return [f for f in facts.findings if (f.rule, f.place.line) not in known]
