"""The numbers of one text, ready to be compared: in yuan, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fiscograph.assembly.statements import Told
from fiscograph.budget import IdentityCheck, Outcome, StatementKind
from fiscograph.provenance import Place
from fiscograph.reconciliation.narrative.intervals import Interval, decimals_of

_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
    "亿": Decimal(100_000_000),
}

_LARGEST, _FINEST = Decimal(10) ** 14, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that a text tells."""

    told: Told

    @property
    def place(self) -> Place:
        return self.told.statement.place

    @property
    def value(self) -> Decimal:
        return self.told.statement.value

    @property
    def unit(self) -> str | None:
        return self.told.statement.unit

    @property
    def kind(self) -> StatementKind:
        return self.told.statement.kind

    @property
    def subject(self) -> str:
        return self.told.telling.subject

    @property
    def about(self) -> str:
        return self.told.statement.about

    @property
    def sentence(self) -> int:
        return self.told.telling.sentence

    @property
    def sign(self) -> int:
        return self.told.telling.direction

    @property
    def factor(self) -> Decimal | None:
        """How many yuan its unit is, None where it is no plain money."""
        return _YUAN.get(self.unit or "")

    @property
    def scale(self) -> Decimal:
        """What one of its unit counts in a comparison: yuan for money, itself for the rest."""
        return self.factor or Decimal(1)

    @property
    def amount(self) -> Decimal:
        return self.value * self.scale

    @property
    def step(self) -> Decimal:
        """One of its last printed decimal."""
        return Decimal(1).scaleb(-decimals_of(self.value)) * self.scale

    @property
    def interval(self) -> Interval:
        return Interval.of(self.value, self.scale)

    @property
    def printed(self) -> str:
        return f"{self.told.statement.printed}{self.unit if self.unit != '%' else ''}"

    def like(self, other: Number) -> bool:
        """Whether both are money, or count the same."""
        if self.factor is not None:
            return other.factor is not None
        return other.factor is None and self.unit == other.unit


@dataclass(frozen=True)
class Text:
    """The numbers of one text in reading order."""

    text: str
    numbers: tuple[Number, ...]

    @cached_property
    def by_sentence(self) -> dict[int, list[Number]]:
        found: dict[int, list[Number]] = {}
        for number in self.numbers:
            found.setdefault(number.sentence, []).append(number)
        return found

    def between(self, left: Number, right: Number) -> str:
        """What stands between two numbers, units left out."""
        return re.sub(r"\s", "", self.text[left.told.telling.after : right.told.telling.start])


def texts_of(told: Iterable[Told], passages: Sequence[str]) -> tuple[Text, ...]:
    """The texts that tell numbers, each with its own.

    Numbers of more digits than any budget has are left out: they are told, and not compared.
    """
    grouped: dict[int, list[Number]] = {}
    for item in told:
        value = item.statement.value
        if abs(value) > _LARGEST or decimals_of(value) > _FINEST:
            continue
        grouped.setdefault(item.passage, []).append(Number(told=item))
    return tuple(
        Text(passages[index], tuple(sorted(found, key=lambda n: n.told.telling.start)))
        for index, found in sorted(grouped.items())
    )


def check_of(
    rule: str,
    number: Number,
    *,
    right: Decimal,
    terms: Sequence[Place],
    outcome: Outcome,
    tolerance: Decimal,
    label: str,
) -> IdentityCheck:
    """A check of one number; both sides in yuan, or in the number's own unit if it is no money."""
    return IdentityCheck(
        rule=rule,
        key=number.place.locator,
        outcome=outcome,
        left=number.amount,
        right=right,
        tolerance=tolerance,
        terms=tuple(dict.fromkeys((number.place, *terms))),
        label=label,
    )
