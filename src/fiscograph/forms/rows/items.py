"""Forms without codes: one row of columns (三公), or rows known by their label (采购)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fiscograph.forms.grid import Column, NumberCell, Row
from fiscograph.forms.headers.drawn import drawn_columns, filled_cells
from fiscograph.forms.headers.tree import columns_of, is_in_order
from fiscograph.forms.labels import TOTAL_LABELS, plain_label
from fiscograph.forms.rows.items_downwards import read_downwards
from fiscograph.forms.rows_read import (
    OUTSIDE,
    RowsRead,
    damaged_spans,
    is_column_numbers,
    number_cells,
    outside_last,
    torn_spans,
    trailing_numbers,
)
from fiscograph.forms.schema import Form, Grammar, amount_headers
from fiscograph.tables import Cell, Line, squeeze

_QUANTITY = frozenset({"数量", "采购数量"})


def read_items(form: Form, lines: Sequence[Line]) -> RowsRead:
    """Read a form whose rows are items (采购) or bodies (三公)."""
    turned = read_downwards(form, lines)
    if turned is not None:
        return turned
    if sum(line.drawn for line in lines) * 2 > len(lines):
        return _read_drawn(form, lines)
    rows: list[Row] = []
    header: list[Line] = []
    filling = False
    for line in lines:
        if is_column_numbers(line):
            header.append(line)
            continue
        text, numbers = trailing_numbers(line)
        single = not text and len(numbers) == 1
        if filling and single:
            # A row printed one cell a line.
            rows[-1] = replace(rows[-1], numbers=(*rows[-1].numbers, *number_cells(numbers)))
            continue
        row = _row(form, text, number_cells(numbers))
        if row is not None:
            row = replace(row, damaged=damaged_spans(numbers))
        filling = single or (row is not None and not numbers)
        if row is None:
            header.append(line)
        else:
            rows.append(row)
    if any(word.squeezed in _QUANTITY for line in header for word in line.words):
        rows = [_without_quantity(row) for row in rows]
    first = min((row.line for row in rows), default=0)
    above = [line for line in header if line.number < first]
    width = max((len(row.numbers) for row in rows), default=0)
    columns = columns_of(form, header, above, width)
    return RowsRead(
        columns=columns,
        in_order=is_in_order(form, columns, above, width),
        rows=outside_last(rows),
        header=tuple(line.number for line in header),
        scrambled=_is_scrambled(form, rows, header),
    )


def _without_quantity(row: Row) -> Row:
    """A row whose first number counts what is bought: no amount."""
    first = row.numbers[0] if len(row.numbers) > 1 else None
    if first is None or not first.text.isdigit():
        return row
    return replace(row, numbers=row.numbers[1:], spans=(*row.spans, first.span))


def _is_scrambled(form: Form, rows: Sequence[Row], header: Sequence[Line]) -> bool:
    """Whether numbers without a label stand between headers: cells printed column by column."""
    loose = [row for row in rows if not row.label and not row.body and row.numbers]
    if form.grammar is not Grammar.ITEM_COLUMNS or len(loose) < 2:
        return False
    return any(loose[0].line < line.number < loose[-1].line for line in header)


def _row(form: Form, text: Sequence[Cell], numbers: tuple[NumberCell, ...]) -> Row | None:
    label = "".join(cell.text for cell in text if not cell.text.isdigit())
    key = item_key(form.items, label) if form.grammar is Grammar.ITEM_ROWS else None
    if form.grammar is Grammar.ITEM_ROWS and key is None:
        return _detail(label, text, numbers)
    if form.grammar is Grammar.ITEM_COLUMNS and not numbers:
        return None
    plain = plain_label(label)
    total = plain in TOTAL_LABELS or (not plain and form.grammar is Grammar.ITEM_COLUMNS)
    body = next((cell.text for cell in text if cell.text.isdigit()), None)
    return Row(
        label=label,
        code=None,
        spans=tuple(cell.span for cell in text),
        numbers=numbers,
        level=0 if total else 1,
        role="total" if total else "item",
        key=key,
        body=body,
    )


def _detail(label: str, text: Sequence[Cell], numbers: tuple[NumberCell, ...]) -> Row | None:
    """A row below an item, which the form knows by no key: its amounts are part of the item's."""
    if not any("." in cell.text or "," in cell.text for cell in numbers):
        return None
    return Row(
        label=label,
        code=None,
        spans=tuple(cell.span for cell in text),
        numbers=numbers,
        level=0,
        role=OUTSIDE,
    )


def item_key(items: Mapping[str, str], label: str) -> str | None:
    """The key of an item by its label, enumerators and a leading category letter aside."""
    return items.get(squeeze(label)) or items.get(plain_label(label))


def _read_drawn(form: Form, lines: Sequence[Line]) -> RowsRead:
    named = form.items if form.grammar is Grammar.ITEM_ROWS else {}
    first = next(
        (
            index
            for index, line in enumerate(lines)
            if any(cell.number is not None and not _is_body(cell) for cell in line.words)
            or any(item_key(named, cell.text) for cell in _labels(line))
        ),
        len(lines),
    )
    header, body = lines[:first], lines[first:]
    width = max((len(line.cells) for line in header), default=0)
    amounts, _ = drawn_columns(form, header, width, filled=filled_cells(body))
    columns: list[Column] = list(amounts.values())
    index_of = {index: at for at, index in enumerate(amounts)}
    rows = []
    for line in body:
        numbers = []
        text: list[Cell] = []
        for index, cell in enumerate(line.cells):
            value = cell.number
            if value is not None and index in index_of:
                numbers.append(
                    NumberCell(text=cell.text, value=value, span=cell.span, column=index_of[index])
                )
            elif cell.text and not cell.is_torn:
                text.append(cell)
        row = _row(form, text, tuple(numbers))
        if row is not None:
            rows.append(replace(row, damaged=torn_spans(line.cells)))
    return RowsRead(
        columns=tuple(columns),
        rows=outside_last(rows),
        header=tuple(line.number for line in header),
    )


def _labels(line: Line) -> tuple[Cell, ...]:
    """The words of a line, but none where several name columns: 合计 heads one as well as a row."""
    return line.words if sum(cell.squeezed in amount_headers() for cell in line.words) < 2 else ()


def _is_body(cell: Cell) -> bool:
    return cell.text.isdigit() and len(cell.text) in {3, 6}
