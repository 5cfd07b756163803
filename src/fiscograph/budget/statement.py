"""One number in the running text of a filing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fiscograph.provenance import Place


class StatementKind(Enum):
    """What a statement's number is."""

    AMOUNT = "amount"
    COUNT = "count"
    SHARE = "share"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One number that a filing's text tells, as printed.

    ``about`` is the phrase that it is about, with the words of a change or a share; ``value`` the
    printed number and ``unit`` its printed unit; ``year`` the year that the text names for it.
    ``direction`` is 1 for an increase, -1 for a decrease, 0 where nothing changes; ``base`` the
    year that a change is told against. ``field`` is the field of the text, ``project`` the key of
    the project budget that prints it (None: the whole department or the narrative), ``told_of`` its
    name. ``approximate`` says that the text adds 余 or the like.
    """

    place: Place
    kind: StatementKind
    about: str
    value: Decimal
    unit: str | None
    year: int | None
    printed: str
    field: str
    project: str | None = None
    told_of: str | None = None
    direction: int = 0
    base: int | None = None
    approximate: bool = False

    @property
    def path(self) -> str:
        """What it is about, from the project or part of the filing inwards, joined with ``/``."""
        outer = () if self.told_of is None else (self.told_of, self.field)
        return "/".join(part for part in (*outer, self.about) if part)
