"""Target sheets: fields with their texts and amounts, and rows of indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fiscograph.budget import Unit
from fiscograph.forms.drawn_indicators import DrawnIndicators, with_levels
from fiscograph.forms.indicators import (
    FlatIndicators,
    IndicatorRow,
    column_order,
    joined_text,
)
from fiscograph.forms.schema import Form, SheetWords
from fiscograph.forms.segments import Segment, unit_of
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

_VERTICAL_RUN = 3
_AMOUNTS = frozenset({"total", "upper", "own", "other", "fiscal"})
_LONGEST_LABEL = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetField:
    """A field of a sheet: its key, its printed label and the cells that it holds."""

    key: str
    label: str
    label_span: Span
    cells: tuple[Cell, ...]

    @property
    def unit(self) -> Unit | None:
        """The unit that the label itself names, as in 资金总额（元）."""
        match = re.search(r"\((元|千元|万元|亿元)\)", squeeze(self.label))
        return Unit.from_printed(match[1]) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One printing of a target sheet."""

    form: Form
    title: str
    title_span: Span | None
    unit: Unit | None
    fields: tuple[SheetField, ...]
    indicators: tuple[IndicatorRow, ...]
    lines: tuple[int, ...]
    header_lines: tuple[int, ...]
    funds: tuple[Line, ...] = ()

    def field(self, key: str) -> SheetField | None:
        return next((item for item in self.fields if item.key == key), None)


@dataclass(slots=True)
class _Open:
    """A field whose text is still being read."""

    key: str
    label: str
    span: Span
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Broken:
    """A label of which only the beginning has been printed yet."""

    label: str
    rest: str
    cell: Cell


class SheetReader:
    """Reads the lines of one sheet, drawn or not, one after the other."""

    def __init__(self, segment: Segment, form: Form, words: SheetWords) -> None:
        self.segment, self.form, self.words = segment, form, words
        self.fields: list[_Open] = []
        self.header: list[int] = [line.number for line in segment.furniture]
        self.funds: list[Line] = []
        self.flat: FlatIndicators | None = None
        self.ended: list[FlatIndicators] = []
        self.drawn: DrawnIndicators | None = None
        self.drawn_rows: list[IndicatorRow] = []
        self.broken: _Broken | None = None
        self.in_funds = False
        self.waiting: list[_Open] = []

    def read(self) -> Sheet:
        lines = _without_vertical(self.segment.lines, self.header)
        index = 0
        while index < len(lines):
            index += self._take(lines, index)
        self._end_drawn()
        rows = with_levels(self.drawn_rows)
        for reader in (*self.ended, *([self.flat] if self.flat else [])):
            rows.extend(named_late(reader.rows, reader.pending, self.words))
        _settle_late(self.fields)
        return Sheet(
            form=self.form,
            title=self.segment.title,
            title_span=self.segment.title_span,
            unit=self.segment.unit,
            fields=tuple(
                SheetField(key=f.key, label=f.label, label_span=f.span, cells=tuple(f.cells))
                for f in self.fields
            ),
            indicators=tuple(rows),
            lines=self.segment.all_lines,
            header_lines=tuple(sorted(self.header)),
            funds=tuple(self.funds),
        )

    def _take(self, lines: Sequence[Line], index: int) -> int:
        """Read the line at ``index``; returns how many lines were used."""
        line = lines[index]
        order = column_order(line, self.words)
        if order:
            self._open_indicators(line, order)
            return 1
        if self.in_funds or self._opens_funds(line):
            return self._take_funds(line)
        if self.drawn is not None and self.drawn.take(line):
            return 1
        broken = self._broken_label(lines, index)
        if broken is not None:
            label, used = broken
            self._open(self.words.fields[label], label, line.words[0])
            return used
        if self.flat is not None and not self._has_field(line):
            self.flat.take(line)
            return 1
        self._take_fields(line)
        return 1

    def _opens_funds(self, line: Line) -> bool:
        first = line.words[0].squeezed if line.words else ""
        return self.words.fields.get(first) == "funds"

    def _take_funds(self, line: Line) -> int:
        first = line.words[0]
        key = self._key_of(first.squeezed)
        if key is not None and key != "funds":
            self.in_funds = False
            self._take_fields(line)
            return 1
        self.in_funds = True
        if key == "funds":
            self._open("funds", first.text, first)
        self.funds.append(line)
        if any(cell.number is not None for cell in line.words):
            self.in_funds = False
        return 1

    def _open_indicators(self, line: Line, order: Sequence[str]) -> None:
        self.header.append(line.number)
        if line.drawn:
            self._end_drawn()
            self.drawn = DrawnIndicators(line, self.words)
        else:
            self.flat = FlatIndicators(order, self.words)

    def _end_drawn(self) -> None:
        if self.drawn is not None:
            self.drawn_rows.extend(self.drawn.rows)
            self.drawn = None

    def _broken_label(self, lines: Sequence[Line], index: int) -> tuple[str, int] | None:
        """A label broken over the next lines, each a word of its own."""
        line = lines[index]
        if len(line.words) != 1 or line.drawn:
            return None
        label = _bare(line.words[0].squeezed)
        for used in range(2, 5):
            if index + used > len(lines):
                return None
            following = lines[index + used - 1]
            if len(following.words) != 1:
                return None
            label += _bare(following.words[0].squeezed)
            if label in self.words.fields:
                return label, used
        return None

    def _key_of(self, squeezed: str) -> str | None:
        return self.words.fields.get(_bare(squeezed))

    def _has_field(self, line: Line) -> bool:
        first = line.words[0].squeezed if line.words else ""
        return self._key_of(first) is not None

    def _take_fields(self, line: Line) -> None:
        if self._take_amounts_below(line):
            return
        for cell in line.cells:
            if not cell.text:
                continue
            squeezed = cell.squeezed
            key = self._key_of(squeezed)
            if self.broken is not None and squeezed == self.broken.rest:
                self._open(
                    self.words.fields[self.broken.label], self.broken.label, self.broken.cell
                )
                self.broken = None
                continue
            if key is not None:
                self._open(key, cell.text, cell)
            elif not line.drawn and self._starts_broken(cell, line):
                continue
            elif self.fields and unit_of(cell.text) is None:
                self.fields[-1].cells.append(cell)

    def _take_amounts_below(self, line: Line) -> bool:
        """Amounts printed under a row of their labels: the same count, in the same order."""
        keys = [self._key_of(cell.squeezed) for cell in line.words]
        numbers = [cell for cell in line.words if cell.number is not None]
        if sum(key in _AMOUNTS for key in keys) >= 2 and not numbers:
            self.waiting = [
                self._opened(key, cell)
                for key, cell in zip(keys, line.words, strict=True)
                if key in _AMOUNTS and key is not None
            ]
            return True
        waiting, self.waiting = self.waiting, []
        if not waiting or len(numbers) != len(waiting):
            return False
        for item, cell in zip(waiting, numbers, strict=True):
            item.cells.append(cell)
        return True

    def _opened(self, key: str, cell: Cell) -> _Open:
        self._open(key, cell.text, cell)
        return self.fields[-1]

    def _starts_broken(self, cell: Cell, line: Line) -> bool:
        """A label cut off by the text of the field before it: 立项依 … 据."""
        text = cell.squeezed
        if len(line.words) != 1 or not 3 <= len(text) <= _LONGEST_LABEL:
            return False
        for label in self.words.fields:
            rest = label[len(text) :]
            if label.startswith(text) and 0 < len(rest) <= 2:
                self.broken = _Broken(label=label, rest=rest, cell=cell)
                return True
        return False

    def _open(self, key: str, label: str, cell: Cell) -> None:
        if self.flat is not None and self.flat.rows:
            self.ended.append(self.flat)
            self.flat = None
        self.fields.append(_Open(key=key, label=label, span=cell.span))


def named_late(
    rows: Sequence[IndicatorRow], pending: Sequence[Cell], words: SheetWords
) -> list[IndicatorRow]:
    """Rows whose names are printed in a column of their own after all rows, in the same order."""
    heading = next(
        (
            i
            for i, cell in enumerate(pending)
            if words.indicator_columns.get(cell.squeezed) == "name"
        ),
        None,
    )
    if heading is None or any(row.name for row in rows):
        return list(rows)
    names: list[list[Cell]] = []
    for before, cell in zip(pending[heading:], pending[heading + 1 :], strict=False):
        # A blank line stands between two names, none between the lines of a folded one.
        if names and cell.span.line - before.span.line == 1:
            names[-1].append(cell)
        else:
            names.append([cell])
    if len(names) != len(rows):
        return list(rows)
    return [
        replace(row, name=joined_text(name), spans=(*row.spans, *(cell.span for cell in name)))
        for row, name in zip(rows, names, strict=True)
    ]


_PARAGRAPH = 40
_LABELS_FIRST = 3
_TEXT_FIELDS = ("overview", "basis", "schedule", "goals")


def _settle_late(fields: Sequence[_Open]) -> None:
    """Give values that are printed after all the labels to the fields they can only belong to.

    A number goes to the amount, a coded name to the body, paragraphs to the text fields in order.
    """
    labels = next((i for i, item in enumerate(fields) if item.cells), len(fields))
    if labels < _LABELS_FIRST:
        return
    cells = [cell for item in fields[labels:] for cell in item.cells]
    for item in fields[labels:]:
        item.cells = []
    empty = {item.key: item for item in reversed(fields)}
    texts = [empty[key] for key in _TEXT_FIELDS if key in empty]
    for cell in cells:
        if cell.number is not None and "total" in empty:
            empty["total"].cells.append(cell)
        elif re.search(r"\d{3,}-\D", cell.text) and ("body" in empty or "unit" in empty):
            (empty.get("body") or empty["unit"]).cells.append(cell)
        elif texts and (len(cell.text) > _PARAGRAPH or texts[0].cells):
            texts[0].cells.append(cell)
        else:
            fields[-1].cells.append(cell)


def _bare(squeezed: str) -> str:
    return squeezed.rstrip(":")


def _without_vertical(lines: Sequence[Line], header: list[int]) -> list[Line]:
    """The lines without labels that are printed downwards, one character a line."""
    kept: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if len(line.squeezed) == 1 and not line.squeezed.isdigit() and not line.drawn:
            run.append(line)
            continue
        kept.extend(_settle_run(run, header))
        run = []
        kept.append(line)
    kept.extend(_settle_run(run, header))
    return kept


def _settle_run(run: Sequence[Line], header: list[int]) -> list[Line]:
    if len(run) >= _VERTICAL_RUN:
        header.extend(line.number for line in run)
        return []
    return list(run)
