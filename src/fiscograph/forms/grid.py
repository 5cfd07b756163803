"""A recognised table before its numbers are placed: rows, columns, numbers with places."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import Unit, UnitBasis
from fiscograph.forms.schema import Form
from fiscograph.provenance import Span
from fiscograph.tables import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An amount column of a table as it was found in the header.

    ``key`` is the form's own name, or ``""`` where the form knows no such column; ``path`` the
    printed header path; ``side`` "" or ``income``/``expenditure``; ``year`` the fiscal year that
    the header names, if it names one.
    """

    key: str
    path: tuple[str, ...]
    side: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCell:
    """A printed number of a row; ``column`` is its index in the table's columns where the source
    draws it, else None.
    """

    text: str
    value: Decimal
    span: Span
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNote:
    """What a row says of its project besides: the field that its column is of, the header and the
    cell.
    """

    key: str
    header: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its label and code as printed, its numbers in reading order.

    ``level`` orders rows into a tree (0 the total); ``side`` as in :class:`Column`; ``role`` is
    ``item``, ``group``, ``subtotal``, ``total`` or ``stock``; ``key`` what the label stands for in
    the form; ``spans`` are the places of label and code; ``damaged`` those of numbers that overflowed
    (``#####``) or lost digits (``.42``, ``2,79.59``); ``label_cells`` the pieces of a folded label; ``notes`` what columns of texts
    say of it; ``shifted`` says that the row lost
    columns, so that its boundaries are evidence of order alone.
    """

    label: str
    code: str | None
    spans: tuple[Span, ...]
    numbers: tuple[NumberCell, ...]
    level: int = 1
    side: str = ""
    role: str = "item"
    key: str | None = None
    body: str | None = None
    number: str | None = None
    unit: str | None = None
    shifted: bool = False
    damaged: tuple[Span, ...] = ()
    label_cells: tuple[Cell, ...] = ()
    notes: tuple[RowNote, ...] = ()

    @property
    def line(self) -> int:
        places = (*self.spans, *(cell.span for cell in self.numbers), *self.damaged)
        return places[0].line


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of one form. ``title_span`` is None where no title is printed.

    ``lines`` are the numbers of all lines that the table takes up; ``header_lines`` those that
    hold titles, labels, units and headers.
    """

    form: Form
    title: str
    title_span: Span | None
    unit: Unit | None
    unit_basis: UnitBasis
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    header_lines: tuple[int, ...]

    @property
    def locator(self) -> str:
        if self.title_span is not None:
            return self.title_span.locator
        if self.rows:
            first = self.rows[0]
            spans = (*first.spans, *(cell.span for cell in first.numbers), *first.damaged)
            span = spans[0]
            return span.locator
        return f"L{self.lines[0]}C1"
