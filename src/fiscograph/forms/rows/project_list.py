"""Lists of projects: a row a project, often folded over several lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fiscograph.forms.grid import Column, NumberCell, Row, RowNote
from fiscograph.forms.headers.drawn import drawn_columns, filled_cells
from fiscograph.forms.headers.flat import flat_columns
from fiscograph.forms.labels import BODY_END, TOTAL_LABELS, plain_label
from fiscograph.forms.rows_read import (
    EMPTY,
    RowsRead,
    damaged_spans,
    is_money,
    number_cells,
    torn_spans,
    trailing_numbers,
)
from fiscograph.forms.schema import Form
from fiscograph.tables import Cell, Line, header_paths, squeeze

# The columns of texts about a project.
_TEXTS = frozenset({"basis", "overview", "goals", "remarks"})


def read_project_list(form: Form, lines: Sequence[Line], first_end: int) -> RowsRead:
    """Read a project list.

    Args:
        form: the form.
        lines: its lines, without titles and units.
        first_end: the last line of the first printing, whose header is read.
    """
    if sum(line.drawn for line in lines) * 2 > len(lines):
        return _read_drawn(form, lines)
    even = _read_even(form, lines)
    if even is not None:
        return even
    reader = _FlatReader(form)
    for line in lines:
        reader.take(line)
    reader.close()
    header = [line for line in reader.header if line.number <= first_end]
    return RowsRead(
        columns=flat_columns(form, header),
        rows=tuple(reader.rows),
        header=tuple(line.number for line in reader.header),
    )


class _FlatReader:
    """A row begins with its number, one more than the last, and ends with its amounts."""

    def __init__(self, form: Form) -> None:
        self.told = {
            alias: spec.kind
            for spec in form.columns
            if spec.kind in _TEXTS
            for alias in spec.aliases
        }
        self.notes: list[RowNote] = []
        self.rows: list[Row] = []
        self.header: list[Line] = []
        self.number: Cell | None = None
        self.texts: list[list[Cell]] = []
        self.numbers: list[Cell] = []
        self.expected = 1

    def take(self, line: Line) -> None:
        line = self._without_note(line)
        words = line.words
        if words[0].text == str(self.expected) and (len(words) == 1 or words[1].number is None):
            self.close()
            self.number = words[0]
            self.expected += 1
            if len(words) == 1:
                return
            text, numbers = trailing_numbers(line)
            self._collect(text[1:], numbers)
            return
        text, numbers = trailing_numbers(line)
        if self.number is None or self.numbers:
            if not text and len(numbers) > 1 and not self.rows:
                self._total(numbers)
            else:
                self.header.append(line)
            return
        self._collect(text, numbers)

    def _without_note(self, line: Line) -> Line:
        """A row's line without what stands behind its amounts, under the last header: 备注."""
        header = self.header[-1].words[-1] if self.header else None
        key = self.told.get(header.squeezed) if header is not None else None
        words = line.words
        money = [at for at, word in enumerate(words) if is_money(word, whole=False)]
        if header is None or key is None or not money or money[-1] == len(words) - 1:
            return line
        last = next(at for at in money if at + 1 not in money)
        self.notes = [RowNote(key=key, header=header.text, cell=word) for word in words[last + 1 :]]
        return replace(line, cells=words[: last + 1])

    def _collect(self, text: Sequence[Cell], numbers: Sequence[Cell]) -> None:
        if text:
            self.texts.append(list(text))
        self.numbers.extend(numbers)

    def _total(self, numbers: Sequence[Cell]) -> None:
        self.rows.append(
            Row(
                label="",
                code=None,
                spans=(),
                numbers=number_cells(numbers),
                damaged=damaged_spans(numbers),
                level=0,
                role="total",
            )
        )

    def close(self) -> None:
        """End the open row, if there is one."""
        if self.number is None:
            return
        unit, name_cells = _unit_and_name(self.texts)
        cells = [cell for text in self.texts for cell in text]
        self.rows.append(
            Row(
                label="".join(cell.text for cell in name_cells),
                label_cells=name_cells,
                code=None,
                spans=(self.number.span, *(cell.span for cell in cells)),
                numbers=number_cells(self.numbers),
                damaged=damaged_spans(self.numbers),
                level=1,
                number=self.number.text,
                unit=unit,
                notes=tuple(self.notes),
            )
        )
        self.number, self.texts, self.numbers, self.notes = None, [], [], []


def _unit_and_name(texts: Sequence[Sequence[Cell]]) -> tuple[str | None, tuple[Cell, ...]]:
    """Split folded lines into the unit's name, which comes first, and the project's."""
    lines = ["".join(cell.text for cell in text) for text in texts]
    whole = ""
    for index, line in enumerate(lines[:-1]):
        whole += line
        following = squeeze(lines[index + 1])
        if BODY_END.search(squeeze(whole)) and not following.startswith("("):
            return whole, tuple(cell for text in texts[index + 1 :] for cell in text)
    first = texts[0] if texts else ()
    if len(lines) == 1 and len(first) > 1 and BODY_END.search(squeeze(first[0].text)):
        return first[0].text, tuple(first[1:])
    return None, tuple(cell for text in texts for cell in text)


def _read_even(form: Form, lines: Sequence[Line]) -> RowsRead | None:
    """A list in which each row prints one word for each word of its header, up to its amounts.

    Such words tell their columns as drawn cells do; where a row prints fewer amounts than the list
    has columns of them, nothing of it tells which. Lines of one word below the last row are running
    text. None where any other line prints otherwise.
    """
    header, rows = lines[:1], list(lines[1:])
    while rows and len(rows[-1].words) == 1:
        rows.pop()
    if not rows or any(cell.number is not None for cell in header[0].words):
        return None
    width = len(header[0].words)
    amounts, others = drawn_columns(form, header, width, filled=filled_cells(rows))
    first = min(amounts, default=0)
    if _first(others, "label") < 0 or list(amounts) != list(range(first, width)) or not first:
        return None
    found = [_even_row(line.words, first, width, others) for line in rows]
    read = tuple(row for row in found if row is not None)
    if len(read) < len(rows):
        return None
    return RowsRead(columns=tuple(amounts.values()), rows=read, header=(header[0].number,))


def _even_row(
    cells: Sequence[Cell], first: int, width: int, others: Mapping[str, Sequence[int]]
) -> Row | None:
    """A row of such a list, or None where its words do not fit the columns."""
    total = plain_label(cells[0].text) in TOTAL_LABELS
    texts, printed = (cells[:1], cells[1:]) if total else (cells[:first], cells[first:])
    numbers = [cell for cell in printed if cell.number is not None]
    plain = all(cell.number is not None or cell.text in EMPTY for cell in printed)
    if not plain or len(printed) > width - first or any(is_money(c, whole=False) for c in texts):
        return None
    if not any(is_money(cell, whole=True) for cell in numbers):
        return None
    name = texts[0] if total else texts[_first(others, "label")]
    unit, number = _first(others, "unit"), _first(others, "number")
    column = {cell.span: at for at, cell in enumerate(printed)}
    full = len(printed) == width - first
    return Row(
        label=name.text,
        code=None,
        spans=tuple(cell.span for cell in texts),
        numbers=tuple(
            replace(cell, column=column[cell.span] if full else None)
            for cell in number_cells(numbers)
        ),
        damaged=(),
        level=0 if total else 1,
        role="total" if total else "item",
        number=texts[number].text if not total and number >= 0 else None,
        unit=texts[unit].text if not total and unit >= 0 else None,
        label_cells=(name,),
    )


def _read_drawn(form: Form, lines: Sequence[Line]) -> RowsRead:
    first = next(
        (i for i, line in enumerate(lines) if any(is_money(c, whole=False) for c in line.words)),
        len(lines),
    )
    header = lines[:first]
    width = max((len(line.cells) for line in header), default=0)
    amounts, others = drawn_columns(form, header, width, filled=filled_cells(lines[first:]))
    columns: list[Column] = list(amounts.values())
    index_of = {index: at for at, index in enumerate(amounts)}
    told = {at: kind for kind, found in others.items() if kind in _TEXTS for at in found}
    paths = header_paths(header, width)
    rows = []
    for line in lines[first:]:
        texts = {i: c for i, c in enumerate(line.cells) if c.text and i not in index_of}
        name = texts.get(_first(others, "label"))
        unit = texts.get(_first(others, "unit"))
        label = name.text if name else " ".join(cell.text for cell in texts.values())
        total = plain_label(label) in TOTAL_LABELS
        number = texts.get(_first(others, "number"))
        cells = tuple(
            NumberCell(text=c.text, value=c.number, span=c.span, column=index_of[i])
            for i, c in enumerate(line.cells)
            if i in index_of and c.number is not None
        )
        rows.append(
            Row(
                label=label,
                code=None,
                spans=tuple(cell.span for i, cell in texts.items() if i not in told),
                numbers=cells,
                damaged=torn_spans([c for i, c in enumerate(line.cells) if i in index_of]),
                level=0 if total else 1,
                role="total" if total else "item",
                number=number.text if number else None,
                unit=unit.text if unit else None,
                label_cells=(name,) if name else (),
                notes=tuple(
                    RowNote(key=told[i], header=paths[i][-1], cell=cell)
                    for i, cell in texts.items()
                    if i in told
                ),
            )
        )
    return RowsRead(
        columns=tuple(columns), rows=tuple(rows), header=tuple(line.number for line in header)
    )


def _first(others: Mapping[str, Sequence[int]], kind: str) -> int:
    return next(iter(others.get(kind, ())), -1)
