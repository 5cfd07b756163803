"""Target sheets: fields with their texts and amounts, and rows of indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.budget import Unit
from fiscograph.forms.schema import Form, SheetWords
from fiscograph.forms.segments import Segment, unit_of
from fiscograph.forms.sheets.drawn_indicators import DrawnIndicators, with_levels
from fiscograph.forms.sheets.fields import (
    AMOUNTS,
    ELSE,
    OpenField,
    bare,
    is_unknown_label,
    key_of_label,
    labelled,
    named_late,
    settle_late,
    settle_terms,
    take_amount,
    take_unit,
    without_vertical,
)
from fiscograph.forms.sheets.funds import (
    MONEY,
    SPENT,
    WEIGHT,
    FundColumn,
    FundRow,
    fund_columns,
    fund_row,
)
from fiscograph.forms.sheets.indicators import (
    FlatIndicators,
    IndicatorRow,
    column_order,
)
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

_UNIT_IN_LABEL = re.compile(r"\((元|千元|万元|亿元)\)")
_LONGEST_LABEL = 14
_YEAR = re.compile(r"(20\d\d)年")
EVALUATION = "project-evaluation"
# Fields that hold one value, which no other cell of the line goes on with.
_SINGLE = AMOUNTS | {
    *("property", "project_type", "period", "duration", "starts", "ends"),
    *("unit", "department", "body", "division", "project_code", "execution_weight"),
}
# What a label that is not known stands for: its value belongs to no field before it.
_UNKNOWN = "unknown"
_SIDE_BY_SIDE = frozenset({"goals", "medium_goals", "achieved"})


def unit_in(label: str) -> Unit | None:
    """The unit that a label names in brackets, as in 资金总额（元）, or None."""
    match = _UNIT_IN_LABEL.search(squeeze(label))
    return Unit.from_printed(match[1]) if match is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetField:
    """A field of a sheet: its key, its printed label and the cells that it holds.

    ``group`` is the label that stands over it together with others (项目资金（万元）); ``term`` is
    ``medium`` for what holds for more years than this one; ``drawn`` says that a header of its own
    column, or the same order of labels and values, gives it its value; ``printed_unit`` is the unit
    that follows its number in running text; ``column`` the header over its number, where the sheet
    prints what was planned and what was ``spent`` side by side.
    """

    key: str
    label: str
    label_span: Span
    cells: tuple[Cell, ...]
    group: str = ""
    term: str | None = None
    drawn: bool = False
    printed_unit: Unit | None = None
    column: str = ""
    spent: bool = False

    @property
    def unit(self) -> Unit | None:
        """The unit that the label itself names, as in 资金总额（元）, else that of its group."""
        return self.printed_unit or unit_in(self.label) or unit_in(self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One printing of a target sheet; ``sums_projects`` where its amount is that of all projects of
    the table; ``year`` is the one that an evaluation says it is of.
    """

    form: Form
    title: str
    title_span: Span | None
    unit: Unit | None
    fields: tuple[SheetField, ...]
    indicators: tuple[IndicatorRow, ...]
    lines: tuple[int, ...]
    header_lines: tuple[int, ...]
    funds: tuple[Line, ...] = ()
    sums_projects: bool = False
    year: int | None = None

    def field(self, key: str) -> SheetField | None:
        """The field of this year by its key: the first that holds something, else the first."""
        found = [item for item in self.fields if item.key == key and item.term is None]
        return next((item for item in found if item.cells), found[0] if found else None)


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
        self.fields: list[OpenField] = []
        self.header: list[int] = [line.number for line in segment.furniture]
        self.funds: list[Line] = []
        self.flat: FlatIndicators | None = None
        self.ended: list[FlatIndicators] = []
        self.drawn: DrawnIndicators | None = None
        self.drawn_rows: list[IndicatorRow] = []
        self.broken: _Broken | None = None
        self.in_funds = False
        self.waiting: list[OpenField] = []
        self.under: dict[int, OpenField] = {}
        self.evaluated: tuple[FundColumn, ...] = ()
        self.fund_group = ""
        self.abreast: tuple[OpenField, ...] = ()

    def read(self) -> Sheet:
        lines = without_vertical(self.segment.lines, self.header)
        index = 0
        while index < len(lines):
            index += self._take(lines, index)
        self._end_drawn()
        rows = list(self.drawn_rows)
        for reader in (*self.ended, *([self.flat] if self.flat else [])):
            rows.extend(named_late(reader.rows, reader.pending, self.words))
        rows = with_levels(rows, self.words)
        settle_late(self.fields)
        settle_terms(self.fields)
        return Sheet(
            form=self.form,
            title=self.segment.title,
            title_span=self.segment.title_span,
            unit=self.segment.unit,
            fields=tuple(
                SheetField(
                    key=f.key,
                    label=f.label,
                    label_span=f.span,
                    cells=tuple(f.cells),
                    group=f.group,
                    term=f.term,
                    drawn=f.drawn,
                    printed_unit=f.printed_unit,
                    column=f.column,
                    spent=f.spent,
                )
                for f in self.fields
            ),
            indicators=tuple(rows),
            lines=self.segment.all_lines,
            header_lines=tuple(sorted(self.header)),
            funds=tuple(self.funds),
            year=self._year() if self.form.id == EVALUATION else None,
        )

    def _year(self) -> int | None:
        """The year that the title, or a line of its own below it, gives."""
        above = [squeeze(self.segment.title), *(line.squeezed for line in self.segment.furniture)]
        told = {int(year) for text in above for year in _YEAR.findall(text)}
        return told.pop() if len(told) == 1 else None

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
            key, label, used = broken
            self._open(key, label, line.words[0])
            return used
        if self.flat is not None and not self._has_field(line):
            if line.words and line.words[0].squeezed in self.words.sums:
                self.header.append(line.number)
            else:
                self.flat.take(line)
            return 1
        self._take_fields(line)
        return 1

    def _opens_funds(self, line: Line) -> bool:
        first = line.words[0].squeezed if line.words else ""
        return self._key_of(first) == "funds"

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
            self.flat = FlatIndicators(order, self.words, line.words)

    def _end_drawn(self) -> None:
        if self.drawn is not None:
            self.drawn_rows.extend(self.drawn.rows)
            self.drawn = None

    def _broken_label(self, lines: Sequence[Line], index: int) -> tuple[str, str, int] | None:
        """A label broken over the next lines, each a word of its own: its key, itself and how many
        lines it takes. The longest is taken, since its last piece may name the unit.
        """
        line = lines[index]
        if len(line.words) != 1 or line.drawn:
            return None
        label = bare(line.words[0].squeezed)
        found: tuple[str, str, int] | None = None
        for used, following in enumerate(lines[index + 1 : index + 4], start=2):
            if len(following.words) != 1:
                break
            label += bare(following.words[0].squeezed)
            key = self._key_of(label)
            if key is not None:
                found = key, label, used
        return found

    def _key_of(self, squeezed: str) -> str | None:
        return key_of_label(squeezed, self.words)

    def _has_field(self, line: Line) -> bool:
        first = line.words[0] if line.words else None
        if first is None:
            return False
        return self._key_of(first.squeezed) is not None or labelled(first, self.words) is not None

    def _take_fields(self, line: Line) -> None:
        readers = (self._take_evaluated, self._take_amounts_below, self._take_texts_below)
        if any(take(line) for take in readers):
            return
        for cell in line.cells:
            if not cell.text:
                continue
            squeezed = cell.squeezed
            key = self._key_of(squeezed)
            glued = labelled(cell, self.words) if key is None else None
            if self.broken is not None and squeezed == self.broken.rest:
                self._open(
                    self.words.fields[self.broken.label], self.broken.label, self.broken.cell
                )
                self.broken = None
                continue
            if key is not None:
                self._open(key, cell.text, cell)
            elif glued is not None:
                self._open(glued[0], glued[1].text, glued[1])
                if glued[0] not in AMOUNTS or not take_amount(self.fields[-1], glued[2]):
                    self.fields[-1].cells.append(glued[2])
            elif not line.drawn and self._starts_broken(cell, line):
                continue
            elif self.fields and unit_of(cell.text) is None:
                self._append(cell, line)

    def _append(self, cell: Cell, line: Line) -> None:
        """Give a cell to the last field. Where cells are drawn, a field of one value takes the
        first after its label, and an amount stands on its label's line: what follows has a label
        that is not known.
        """
        last = self.fields[-1]
        if take_unit(self.fields, cell):
            return
        if last.key in _SINGLE and is_unknown_label(cell):
            self._open(_UNKNOWN, cell.text, cell)
            return
        if line.drawn and last.key in _SINGLE and last.cells:
            return
        if last.key in AMOUNTS and take_amount(last, cell):
            return
        if line.drawn and last.key == "project_name" and last.cells and cell.number is not None:
            return
        beside = cell.number is not None and line.number == last.span.line
        if line.drawn and last.key in AMOUNTS and not beside:
            return
        last.cells.append(cell)

    def _take_texts_below(self, line: Line) -> bool:
        """Texts drawn under a row of their labels: 中期目标 and 年度目标 side by side."""
        if not line.drawn:
            return self._take_texts_in_order(line)
        indexed = [(index, cell) for index, cell in enumerate(line.cells) if cell.text]
        keys = [self._key_of(cell.squeezed) for _, cell in indexed]
        if len(keys) >= 2 and all(key in _SIDE_BY_SIDE for key in keys):
            self.under = {
                index: self._opened(key, cell)
                for (index, cell), key in zip(indexed, keys, strict=True)
                if key is not None
            }
            return True
        if not self.under or any(key is not None for key in keys):
            self.under = {}
            return False
        for index, cell in indexed:
            above = [at for at in self.under if at <= index]
            self.under[max(above, default=min(self.under))].cells.append(cell)
        return True

    def _take_texts_in_order(self, line: Line) -> bool:
        """Two texts printed under their two labels, which end a line: 预期目标 and 实际完成情况."""
        keys = [self._key_of(cell.squeezed) for cell in line.words]
        if len(keys) > 1 and all(key in _SIDE_BY_SIDE for key in keys) and keys[-1] == "achieved":
            for key, cell in zip(keys, line.words, strict=True):
                self._open(key or "", cell.text, cell)
            self.abreast = (self.fields[-2], self.fields[-1])
            return True
        abreast = self.abreast
        if len(abreast) != len(keys) or any(key is not None for key in keys):
            self.abreast = ()
            return False
        for item, cell in zip(abreast, line.words, strict=True):
            item.cells.append(cell)
        return True

    def _take_evaluated(self, line: Line) -> bool:
        """The funds of a self-evaluation: a header with what was planned and spent, and its rows."""
        columns = fund_columns(line, self.words)
        if columns:
            self.header.append(line.number)
            label, self.evaluated = line.words[0], columns
            self.fund_group = label.text if label is not columns[0].header else ""
            return True
        row = fund_row(line, self.evaluated, self.words) if self.evaluated else None
        if row is None:
            self.evaluated = ()
            return False
        for column, cell in row.cells:
            self._take_fund(row, column, cell)
        return True

    def _take_fund(self, row: FundRow, column: FundColumn, cell: Cell) -> None:
        if column.key in MONEY:
            spent = column.key == SPENT
            item = self._opened(row.key if spent and row.key else ELSE, row.label)
            item.spent, item.group, item.column, item.drawn = (
                spent,
                self.fund_group,
                column.header.text,
                True,
            )
        elif column.key == WEIGHT and row.key == "total":
            item = self._opened("execution_weight", column.header)
        else:
            return
        item.cells.append(cell)

    def _take_amounts_below(self, line: Line) -> bool:
        """Amounts printed under a row of their labels: the same count, in the same order."""
        keys = [self._key_of(cell.squeezed) for cell in line.words]
        numbers = [cell for cell in line.words if cell.number is not None]
        if sum(key in AMOUNTS for key in keys) >= 2 and not numbers:
            self.waiting = [
                self._opened(key, cell)
                for key, cell in zip(keys, line.words, strict=True)
                if key in AMOUNTS and key is not None
            ]
            return True
        waiting, self.waiting = self.waiting, []
        if not waiting or len(numbers) != len(waiting):
            return False
        for item, cell in zip(waiting, numbers, strict=True):
            item.cells.append(cell)
            item.drawn = True
        return True

    def _opened(self, key: str, cell: Cell) -> OpenField:
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
        if key == "tasks" and self.fields and self.fields[-1].key == "tasks":
            return
        medium = bare(squeeze(label)) in self.words.medium
        self.fields.append(
            OpenField(
                key=key,
                label=label,
                span=cell.span,
                group=self._group(key),
                term="medium" if medium else None,
            )
        )

    def _group(self, key: str) -> str:
        """The label of the amounts that a new one stands under: that of a total which prints no
        amount of its own, or which names the unit that its parts are printed in.
        """
        if key not in AMOUNTS or not self.fields:
            return ""
        last = self.fields[-1]
        if last.key == "total" and (not last.cells or unit_in(last.label) is not None):
            return last.label
        return last.group if last.key in AMOUNTS else ""
