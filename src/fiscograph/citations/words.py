"""What the grammar knows of words, from ``data/mentions.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from fiscograph.budget import RelationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VaguePattern:
    """One way to mean a document without naming it; see the comments of the data."""

    id: str
    needs: str
    pattern: re.Pattern[str]
    score: Decimal
    refers: str
    narrative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmarkedPattern:
    """One way to print a title without title marks; see the comments of the data."""

    id: str
    needs: str
    pattern: re.Pattern[str]
    score: Decimal
    narrative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TiePattern:
    """Words before and between two mentions that tie them; ``reversed``: the second is tied to
    the first.
    """

    kind: RelationKind
    before: re.Pattern[str]
    between: re.Pattern[str]
    reversed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All of them."""

    introduced: re.Pattern[str]
    introduced_by_one: frozenset[str]
    central: tuple[str, ...]
    jing_begins: frozenset[str]
    alphabet: frozenset[str]
    endings: frozenset[str]
    not_codes: tuple[str, ...]
    inner: frozenset[str]
    after_inner: frozenset[str]
    numbered: tuple[str, ...]
    order_bodies: str
    unique_bodies: frozenset[str]
    not_continued: frozenset[str]
    continued_before: tuple[str, ...]
    not_titles: tuple[str, ...]
    kinds: tuple[str, ...]
    soft_kinds: tuple[str, ...]
    kind_asides: re.Pattern[str]
    introduces_title: re.Pattern[str]
    works: re.Pattern[str]
    standards: re.Pattern[str]
    generic_titles: frozenset[str]
    generic_endings: tuple[str, ...]
    generic_score: Decimal
    any_office: tuple[str, ...]
    by_order: tuple[str, ...]
    whose: tuple[str, ...]
    vague: tuple[VaguePattern, ...]
    unmarked: tuple[UnmarkedPattern, ...]
    ties: tuple[TiePattern, ...]


@cache
def load_words() -> Words:
    """Read the words that come with the package."""
    raw = tomllib.loads(
        (resources.files("fiscograph.citations") / "data" / "mentions.toml").read_text("utf-8")
    )
    codes, titles = raw["codes"], raw["titles"]
    longest = sorted(codes["introduced"], key=lambda word: (-len(word), word))
    bodies = sorted(raw["orders"]["bodies"], key=lambda word: (-len(word), word))
    return Words(
        introduced=re.compile("|".join(map(re.escape, longest))),
        introduced_by_one=frozenset(codes["introduced_by_one"]),
        central=tuple(codes["central"]),
        jing_begins=frozenset(codes["jing_begins"]),
        alphabet=frozenset(codes["alphabet"]),
        endings=frozenset(codes["endings"]),
        not_codes=tuple(codes["not_codes"]),
        inner=frozenset(codes["inner"]),
        after_inner=frozenset(codes["after_inner"]),
        numbered=tuple(codes["numbered"]),
        unique_bodies=frozenset(raw["orders"]["unique"]),
        order_bodies="|".join(map(re.escape, bodies)),
        not_continued=frozenset(raw["continued"]["not_documents"]),
        continued_before=tuple(raw["continued"]["before"]),
        not_titles=tuple(titles["not_documents"]),
        kinds=tuple(titles["kinds"]),
        soft_kinds=tuple(titles["soft_kinds"]),
        kind_asides=re.compile(rf"(?:{titles['kind_asides']})\Z"),
        introduces_title=re.compile(titles["introduced"]),
        works=re.compile(titles["works"]),
        standards=re.compile(titles["standards"]),
        generic_titles=frozenset(titles["generic"]),
        generic_endings=tuple(titles["generic_endings"]),
        generic_score=Decimal(titles["generic_score"]),
        any_office=tuple(titles["any_office"]),
        by_order=tuple(titles["by_order"]),
        whose=tuple(titles["whose"]),
        vague=tuple(map(_vague, raw["vague"])),
        unmarked=tuple(map(_unmarked, raw["unmarked"])),
        ties=tuple(map(_tie, raw["relation"])),
    )


def _vague(one: Mapping[str, Any]) -> VaguePattern:
    return VaguePattern(
        id=one["id"],
        needs=one["needs"],
        pattern=re.compile(one["pattern"]),
        score=Decimal(one["score"]),
        refers=one["refers"],
        narrative=one["narrative"],
    )


def _unmarked(one: Mapping[str, Any]) -> UnmarkedPattern:
    return UnmarkedPattern(
        id=one["id"],
        needs=one["needs"],
        pattern=re.compile(one["pattern"]),
        score=Decimal(one["score"]),
        narrative=one["narrative"],
    )


def _tie(one: Mapping[str, Any]) -> TiePattern:
    return TiePattern(
        kind=RelationKind(one["kind"]),
        before=re.compile(one["before"]),
        between=re.compile(one["between"]),
        reversed=one["reversed"],
    )
