"""The words by which findings are told, as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from fiscograph.tables import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyWords:
    """How a filing says that a table has no numbers; all texts are squeezed."""

    notes: tuple[str, ...]
    topics: tuple[str, ...]
    none: str
    nothing: str

    def topics_of(self, title: str) -> tuple[str, ...]:
        """What a squeezed title speaks of."""
        return tuple(topic for topic in self.topics if topic in title)

    def says_none(self, sentence: str, topic: str) -> bool:
        """Whether a squeezed sentence says that there is none of a topic."""
        return any(
            re.search(pattern.replace("{topic}", re.escape(topic)), sentence)
            for pattern in (self.none, self.nothing)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorWords:
    """Which names and units of indicators cannot go together."""

    shares: tuple[str, ...]
    counts: tuple[str, ...]
    sums: tuple[str, ...]
    units_of_counts: frozenset[str]
    units_of_money: frozenset[str]
    percent: frozenset[str]
    mistaken_percent: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All of them; ``weight_sums`` are what the weights of one sheet may sum to."""

    empty: EmptyWords
    indicator: IndicatorWords
    weight_sums: frozenset[Decimal]


@cache
def load_words() -> Words:
    """Read the words that come with the package."""
    raw = tomllib.loads(
        (resources.files("fiscograph.reconciliation") / "data" / "findings.toml").read_text(
            encoding="utf-8"
        )
    )
    empty, indicator = raw["empty"], raw["indicator"]
    return Words(
        empty=EmptyWords(
            notes=_squeezed(empty["notes"]),
            topics=_squeezed(empty["topics"]),
            none=empty["none"],
            nothing=empty["nothing"],
        ),
        indicator=IndicatorWords(
            shares=_squeezed(indicator["shares"]),
            counts=_squeezed(indicator["counts"]),
            sums=_squeezed(indicator["sums"]),
            units_of_counts=frozenset(_squeezed(indicator["units_of_counts"])),
            units_of_money=frozenset(_squeezed(indicator["units_of_money"])),
            percent=frozenset(_squeezed(indicator["percent"])),
            mistaken_percent=frozenset(_squeezed(indicator["mistaken_percent"])),
        ),
        weight_sums=frozenset(Decimal(total) for total in raw["weights"]["sums"]),
    )


def _squeezed(words: list[str]) -> tuple[str, ...]:
    return tuple(squeeze(word) for word in words)
