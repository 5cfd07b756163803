"""Target tables: the projects of a unit as rows of one drawn table, their cells merged downwards.

A merged cell's text stands in several rows around its middle. A project is known by its amount;
the indicator rows are divided among the projects in order, so that each project's weights sum to
the same, where they can.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from fiscograph.forms.schema import Form, SheetWords
from fiscograph.forms.segments import Segment
from fiscograph.forms.sheets.drawn_indicators import drawn_tail, raw_tail
from fiscograph.forms.sheets.fields import key_of_label, printed_label
from fiscograph.forms.sheets.indicators import IndicatorRow, indicator_row, settled_level2
from fiscograph.forms.sheets.sheet import Sheet, SheetField
from fiscograph.tables import Cell, Line, number_of, squeeze

_HAN = re.compile(r"[\u3400-\u9fff]")
# A fragment that begins with a dash is what recognition made of a rule, no text of the cell.
_STRAY = re.compile(r"[-—_|]\s")
_BODY = re.compile(r"\d{3,9}-")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line's cells by the key of their column; ``block`` counts the blank lines before it."""

    line: Line
    block: int
    cells: dict[str, Cell]


def is_target_table(lines: Sequence[Line], words: SheetWords) -> bool:
    """Whether a sheet is laid out as a table: one header names the project and the indicators."""
    return _header(lines, words) is not None


def _header(lines: Sequence[Line], words: SheetWords) -> tuple[int, dict[int, str]] | None:
    for at, line in enumerate(lines):
        keys = {
            index: words.indicator_columns.get(cell.squeezed) or key_of_label(cell.squeezed, words)
            for index, cell in enumerate(line.cells)
            if cell.text
        }
        named = {index: key for index, key in keys.items() if key is not None}
        if line.drawn and {"project_name", "name", "value"} <= set(named.values()):
            return at, named
    return None


def read_target_table(segment: Segment, form: Form, words: SheetWords) -> tuple[Sheet, ...]:
    """One sheet a project; a row of a whole department's amount makes none."""
    found = _header(segment.lines, words)
    if found is None:
        return ()
    at, columns = found
    rows = _rows(segment.lines[at + 1 :], columns, words)
    order = [columns[index] for index in sorted(columns)]
    indicators = _indicators(rows, order, words)
    anchors = _anchors(rows)
    groups = _divide([row for row, _ in indicators], anchors)
    names = _texts(rows, "project_name", anchors)
    goals = _texts(rows, "goals", anchors)
    bodies = _bodies(rows)
    label = printed_label(segment.lines[at].words, "total", words)
    sheets = _whole(segment, form, rows, bodies, label)
    for index, anchor in enumerate(anchors):
        total = anchor.cells["total"]
        fields = [
            _total(total, label),
            SheetField(
                key="project_name",
                label="项目名称",
                label_span=total.span,
                cells=tuple(names[index]),
            ),
            SheetField(
                key="goals", label="年度目标", label_span=total.span, cells=tuple(goals[index])
            ),
        ]
        for key, body in _bodies_of(anchor, bodies):
            fields.append(
                SheetField(key=key, label="单位名称", label_span=body[0].span, cells=body)
            )
        lines = {total.span.line, *(span.line for row in groups[index] for span in row.spans)}
        sheets.append(
            Sheet(
                form=form,
                title=segment.title,
                title_span=segment.title_span,
                unit=segment.unit,
                fields=tuple(fields),
                indicators=tuple(groups[index]),
                lines=tuple(sorted(lines | {cell.span.line for cell in names[index]})),
                header_lines=(segment.lines[at].number,),
            )
        )
    return tuple(sheets)


def _rows(lines: Sequence[Line], columns: dict[int, str], words: SheetWords) -> list[_Row]:
    """Cells under their columns; a printing that lost columns on its left is moved as a whole."""
    rows: list[_Row] = []
    block = shift = 0
    home = {key: index for index, key in columns.items()}
    for line in lines:
        if line.gap:
            block, shift = block + 1, 0
        for index, cell in enumerate(line.cells):
            if cell.text and cell.squeezed in words.level1:
                if cell.squeezed not in words.level2 or index != home.get("level2"):
                    shift = home["level1"] - index
                break
        cells = {
            columns[index + shift]: cell
            for index, cell in enumerate(line.cells)
            if cell.text and index + shift in columns
        }
        # Where the amount column itself was lost, the name stands under it.
        lost = cells.get("total")
        if shift and lost is not None and lost.number is None and "project_name" not in cells:
            cells["project_name"] = cells.pop("total")
        rows.append(_Row(line=line, block=block, cells=cells))
    return rows


def _indicators(
    rows: Sequence[_Row], order: Sequence[str], words: SheetWords
) -> list[tuple[IndicatorRow, _Row]]:
    found: list[tuple[IndicatorRow, _Row]] = []
    for at, row in enumerate(rows):
        if "level1" not in row.cells or "value" not in row.cells:
            continue
        names = [*_fragments(rows, at, -1), row.cells["name"], *_fragments(rows, at, 1)]
        tail = drawn_tail(row.cells, order, words)
        level2 = row.cells.get("level2")
        read = indicator_row(
            row.cells["level1"].squeezed,
            settled_level2(level2.text, words) if level2 is not None else None,
            names,
            tail,
            words,
            raw=raw_tail(row.cells),
        )
        found.append((read, row))
    return found


def _fragments(rows: Sequence[_Row], at: int, step: int) -> list[Cell]:
    """The rows of a name above or below its row's own line, within one block.

    Fragments between two indicator rows of a block belong to the lower one.
    """
    found: list[Cell] = []
    index = at + step
    while 0 <= index < len(rows) and rows[index].block == rows[at].block:
        if "level1" in rows[index].cells:
            return found[::-1] if step < 0 else []
        if "name" in rows[index].cells:
            found.append(rows[index].cells["name"])
        index += step
    return found[::-1] if step < 0 else found


def _anchors(rows: Sequence[_Row]) -> list[_Row]:
    """The rows that print a project's amount; those before the first indicator row of a block
    without any indicator belong to the whole department.
    """
    amounts = _amounts(rows)
    return amounts[1:] if _sums_rest(amounts) else amounts


def _amounts(rows: Sequence[_Row]) -> list[_Row]:
    return [row for row in rows if "total" in row.cells and row.cells["total"].number is not None]


def _sums_rest(amounts: Sequence[_Row]) -> bool:
    """Whether the first amount is that of the whole department: it sums the projects'."""
    values = [row.cells["total"].number or Decimal(0) for row in amounts]
    return len(values) > 2 and values[0] == sum(values[1:])


def _divide(rows: Sequence[IndicatorRow], anchors: Sequence[_Row]) -> list[list[IndicatorRow]]:
    """Divide the indicator rows, in order, among the projects.

    Where each amount stands at the top of its project's rows, those down to the next are its own;
    elsewhere every project's weights sum to the same.
    """
    starts = [anchor.line.number for anchor in anchors]
    own = {row.span.line for row in rows}
    if anchors and set(starts) <= own and min(own) == starts[0]:
        return [
            [row for row in rows if start <= row.span.line < end]
            for start, end in pairwise([*starts, max(own) + 1])
        ]
    weights = [_weight(row) for row in rows]
    share = sum(weights) / len(anchors) if anchors else Decimal(0)
    groups: list[list[IndicatorRow]] = [[] for _ in anchors]
    at, filled = 0, Decimal(0)
    for row, weight in zip(rows, weights, strict=True):
        if groups:
            groups[at].append(row)
        filled += weight
        if filled >= share and at + 1 < len(anchors):
            even = filled == share
            at, filled = at + 1, Decimal(0)
            if not even:
                return _by_distance(rows, anchors)
    return groups


def _by_distance(rows: Sequence[IndicatorRow], anchors: Sequence[_Row]) -> list[list[IndicatorRow]]:
    groups: list[list[IndicatorRow]] = [[] for _ in anchors]
    for row in rows:
        nearest = min(
            range(len(anchors)),
            key=lambda index: abs(anchors[index].line.number - row.span.line),
        )
        groups[nearest].append(row)
    return groups


def _weight(row: IndicatorRow) -> Decimal:
    weight = number_of(row.weight.text.rstrip("%分")) if row.weight is not None else None
    return weight or Decimal(0)


def _texts(rows: Sequence[_Row], key: str, anchors: Sequence[_Row]) -> list[list[Cell]]:
    """The text of a merged cell of each project: the runs of rows around its amount."""
    lines = {anchor.line.number for anchor in anchors}
    runs: list[list[Cell]] = []
    last = None
    for row in rows:
        cell = row.cells.get(key)
        if cell is None or not _HAN.search(cell.text) or _STRAY.match(cell.text):
            continue
        if last is None or row.line.number - last > 2:
            runs.append([cell])
        elif row.line.number in lines and any(c.span.line in lines for c in runs[-1]):
            runs[-1], rest = _shared(runs[-1], lines)
            runs.append([*rest, cell])
        else:
            runs[-1].append(cell)
        last = row.line.number
    found: list[list[Cell]] = [[] for _ in anchors]
    for run in runs:
        nearest = min(
            range(len(anchors)),
            key=lambda index: min(abs(anchors[index].line.number - c.span.line) for c in run),
            default=None,
        )
        if nearest is not None:
            found[nearest].extend(run)
    return found


def _shared(run: Sequence[Cell], lines: set[int]) -> tuple[list[Cell], list[Cell]]:
    """The cells of a project and those of the next, whose rows follow without a gap.

    Around an amount in the middle of its cell there are as many rows below as above; under one at
    the top of its cell all rows are its own.
    """
    above = next(index for index, cell in enumerate(run) if cell.span.line in lines)
    own = 2 * above + 1 if above else len(run)
    return list(run[:own]), list(run[own:])


def _bodies(rows: Sequence[_Row]) -> list[tuple[Cell, ...]]:
    """The coded bodies that the table names, their rows joined: 189-达州市…, 189001-达州市…"""
    cells = [row.cells["body"] for row in rows if "body" in row.cells]
    found: list[list[Cell]] = []
    for cell in cells:
        if _BODY.match(squeeze(cell.text)):
            found.append([cell])
        elif found and _HAN.search(cell.text) and not cell.text[0].isdigit():
            found[-1].append(cell)
    return [tuple(body) for body in found]


def _bodies_of(
    anchor: _Row, bodies: Sequence[tuple[Cell, ...]]
) -> list[tuple[str, tuple[Cell, ...]]]:
    """The unit of a project, the last body printed down to its row; and its department, whose code
    begins the unit's.
    """
    above = [body for body in bodies if body[0].span.line <= anchor.line.number]
    if not bodies:
        return []
    unit = above[-1] if above else bodies[0]
    code = _code(unit)
    wider = [body for body in bodies if code.startswith(_code(body)) and _code(body) != code]
    return [("unit", unit), *(("department", body) for body in wider[:1])]


def _code(body: Sequence[Cell]) -> str:
    return squeeze(body[0].text).partition("-")[0]


def _total(cell: Cell, label: Cell | None) -> SheetField:
    """An amount of the table under the header that its column prints, which may name the unit."""
    return SheetField(
        key="total",
        label=label.text if label is not None else "预算数",
        label_span=label.span if label is not None else cell.span,
        cells=(cell,),
        drawn=True,
    )


def _whole(
    segment: Segment,
    form: Form,
    rows: Sequence[_Row],
    bodies: Sequence[tuple[Cell, ...]],
    label: Cell | None,
) -> list[Sheet]:
    """The amount of the whole department, where the table prints one, as a sheet of no project."""
    amounts = _amounts(rows)
    if not _sums_rest(amounts):
        return []
    total = amounts[0].cells["total"]
    fields = [_total(total, label)]
    if bodies:
        fields.append(
            SheetField(
                key="department", label="单位名称", label_span=bodies[0][0].span, cells=bodies[0]
            )
        )
    return [
        Sheet(
            form=form,
            title=segment.title,
            title_span=segment.title_span,
            unit=segment.unit,
            fields=tuple(fields),
            indicators=(),
            lines=(total.span.line,),
            header_lines=(),
            sums_projects=True,
        )
    ]
