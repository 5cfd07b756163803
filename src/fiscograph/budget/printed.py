"""One number as it stands in one cell: evidence, not meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fiscograph.budget.amount import Amount, UnitBasis
from fiscograph.budget.filing import BudgetPhase
from fiscograph.provenance import Place


class Placement(Enum):
    """How sure it is that a number stands in its column."""

    PRINTED = "printed"
    PROVED = "proved"
    CHOSEN = "chosen"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TableKey:
    """A table is known by its source and the locator of its title, else of its first row."""

    source: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a filing; ``form`` is the id of the form it was recognised as, or None."""

    key: TableKey
    form: str | None
    title: str
    place: Place
    last_line: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAmount:
    """A printed number of money with its place, row, column and how it was placed.

    ``printed`` is the text as it stands; ``column`` the printed header path from the outermost
    header inwards (two-sided tables start it with 收入 or 支出); ``column_key`` the form's own name
    of that column; ``rivals`` the header paths of the other columns that it could stand in, and
    ``rivals_complete`` whether exactly these: where a table is too large to follow every closing,
    some may not stand in any, and where its header lost columns some may be missing.
    """

    place: Place
    printed: str
    amount: Amount
    unit_basis: UnitBasis
    table: TableKey
    form: str | None
    row_code: str | None
    row_label: str
    column: tuple[str, ...]
    column_key: str | None
    fiscal_year: int | None
    phase: BudgetPhase | None
    placement: Placement
    rivals: tuple[tuple[str, ...], ...] = ()
    rivals_complete: bool = True
    is_aggregate: bool = False
