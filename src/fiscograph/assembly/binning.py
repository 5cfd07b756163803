"""Which bin each printed piece of a filing's forms belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fiscograph.assembly.ledger import BinBook
from fiscograph.assembly.passages import is_prose
from fiscograph.assembly.statements import Narration
from fiscograph.budget import Bin, PrintedAmount
from fiscograph.forms.grid import Grid
from fiscograph.forms.layout import Layout
from fiscograph.forms.recognition import Unknown
from fiscograph.forms.sheets.sheet import Sheet
from fiscograph.provenance import Place, Span
from fiscograph.tables import squeeze

# In a header these are no column numbers, years or units; the row that they belong to was not read.
_CELL, _HAN = re.compile(r"\S(?:[^\t]*\S)?"), re.compile(r"[\u3400-\u9fff]")
_MONEY = re.compile(r"\d[\d,]*\. ?\d{1,2}(?![\d.])|\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?[%％]")

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
    """Give what the forms read to the bins; contacts come first, then amounts and indicators.

    What the running texts tell is given to the bins after it: see :func:`put_narration`.
    """
    book = BinBook()
    book.put((place.span for place in contacts), Bin.CONTACT)
    book.put((amount.place.span for amount in amounts), Bin.PRINTED_AMOUNT)
    for sheet in layout.sheets:
        _sheet(sheet, book)
    seen: set[str] = set()
    for grid in layout.grids:
        for row in grid.rows:
            book.put(row.damaged, Bin.DAMAGE)
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
        if is_prose(text):
            continue
        key = squeeze(text)
        bin_ = Bin.FURNITURE if key in seen else Bin.LABEL
        for cell in _CELL.finditer(text):
            if _is_torn_header(cell[0]):
                book.put(_between(number, cell.start(), cell.end()), Bin.DAMAGE)
        at = 0
        for match in _MONEY.finditer(text):
            book.put(_between(number, at, match.start()), bin_)
            at = match.end()
        book.put(_between(number, at, len(text)), bin_)
        seen.add(key)


def _is_torn_header(cell: str) -> bool:
    """Whether a header cell is glyphs of something else: digits and letters, and no word.

    >>> _is_torn_header("24 12. 14 Th. (TV 17)"), _is_torn_header("3=1+2"), _is_torn_header("A")
    (True, False, False)
    """
    letters = sum(char.isascii() and char.isalpha() for char in cell)
    digits = sum(char.isdecimal() for char in cell)
    return letters > 1 and digits > 0 and not _HAN.search(cell)


def _between(line: int, start: int, end: int) -> list[Span]:
    return [Span(line=line, start=start + 1, end=end)] if end > start else []


def put_narration(book: BinBook, narration: Narration) -> Narration:
    """Give the numbers of the running texts to their bins.

    Returns:
        the narration without the statements whose numbers a form has read already.
    """
    book.put(narration.spans, Bin.STATEMENT)
    book.put(narration.labels, Bin.LABEL)
    book.put(narration.torn, Bin.DAMAGE)
    own = [
        item for item in narration.told if book.bin_at(item.statement.place.span) is Bin.STATEMENT
    ]
    return replace(narration, told=tuple(own))


def consumed(layout: Layout, amounts: Iterable[PrintedAmount]) -> list[Span]:
    """What rows, fields and indicators took of the lines: the rest of them is running text."""
    spans = [amount.place.span for amount in amounts]
    printed: list[Grid | Unknown] = [*layout.grids, *layout.unknown]
    titled: list[Grid | Unknown | Sheet] = [*printed, *layout.sheets]
    spans.extend(table.title_span for table in titled if table.title_span is not None)
    for table in printed:
        for row in table.rows:
            spans.extend((*row.spans, *(number.span for number in row.numbers), *row.damaged))
    for sheet in layout.sheets:
        spans.extend(_taken_by(sheet))
    return spans


def _taken_by(sheet: Sheet) -> Iterator[Span]:
    for item in sheet.indicators:
        yield from item.spans
        yield from (c.span for c in (item.value, item.weight, item.unit) if c is not None)
    for entry in sheet.fields:
        yield from (entry.label_span, *(cell.span for cell in entry.cells))
    yield from (cell.span for line in sheet.funds for cell in line.words)


def folded_codes(layout: Layout) -> list[tuple[Span, ...]]:
    """The pieces of each project code that is printed over several lines."""
    return [
        tuple(cell.span for cell in field.cells)
        for sheet in layout.sheets
        for field in sheet.fields
        if field.key == "project_code" and len(field.cells) > 1
    ]
