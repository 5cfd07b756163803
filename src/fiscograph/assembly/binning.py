"""Which bin each printed piece of a filing's forms belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fiscograph.assembly.ledger import BinBook
from fiscograph.budget import Bin, PrintedAmount
from fiscograph.forms.layout import Layout
from fiscograph.forms.sheets import Sheet
from fiscograph.provenance import Place, Span
from fiscograph.tables import squeeze

# The item number that begins a text: 3、促进…
_ORDINAL = re.compile(r"\d{1,2}(?=[、．.)）](?!\d))")
_LABEL_FIELDS = {
    "project_code",
    "unit",
    "department",
    "body",
    "starts",
    "ends",
    "project_type",
    "division",
    "project_name",
}


def bins_of(
    layout: Layout,
    amounts: Iterable[PrintedAmount],
    contacts: Iterable[Place],
    lines: Sequence[str],
) -> BinBook:
    """Give what the forms read to the bins; contacts come first, then amounts and indicators."""
    book = BinBook()
    book.put((place.span for place in contacts), Bin.CONTACT)
    book.put((amount.place.span for amount in amounts), Bin.PRINTED_AMOUNT)
    for sheet in layout.sheets:
        _sheet(sheet, book)
    seen: set[str] = set()
    for grid in layout.grids:
        for row in grid.rows:
            book.put(row.spans, Bin.LABEL)
        _headers(grid.header_lines, lines, seen, book)
    for sheet in layout.sheets:
        _headers(sheet.header_lines, lines, seen, book)
    return book


def _sheet(sheet: Sheet, book: BinBook) -> None:
    for row in sheet.indicators:
        told = [cell.span for cell in (row.value, row.weight, row.unit) if cell is not None]
        book.put(told, Bin.INDICATOR)
        # A number inside an indicator's name says what is measured.
        book.put(row.spans, Bin.LABEL)
    for field in sheet.fields:
        if all(cell.span != field.label_span for cell in field.cells):
            book.put([field.label_span], Bin.LABEL)
        if field.key in _LABEL_FIELDS:
            book.put((cell.span for cell in field.cells), Bin.LABEL)
        for cell in field.cells:
            ordinal = _ORDINAL.match(cell.text)
            if ordinal is not None:
                first = cell.span.start
                span = Span(line=cell.span.line, start=first, end=first + ordinal.end() - 1)
                book.put([span], Bin.LABEL)
        if field.key == "execution_weight":
            book.put((cell.span for cell in field.cells), Bin.INDICATOR)


def _headers(numbers: Iterable[int], lines: Sequence[str], seen: set[str], book: BinBook) -> None:
    """A header's first printing labels; printed again on another page it is furniture."""
    for number in numbers:
        text = lines[number - 1]
        key = squeeze(text)
        book.put_line(number, text, Bin.FURNITURE if key in seen else Bin.LABEL)
        seen.add(key)
