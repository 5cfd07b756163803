"""Two-sided forms whose cells are drawn: the sides by the cells that their labels stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fiscograph.forms.grid import Column, NumberCell
from fiscograph.forms.headers.drawn import filled_cells
from fiscograph.forms.labels import LabelReader, Meaning, plain_label
from fiscograph.forms.rows_read import OUTSIDE, is_column_numbers, torn_spans
from fiscograph.forms.schema import Form
from fiscograph.forms.sheets.indicator_tail import part_of
from fiscograph.forms.two_sided.half import (
    HAN,
    LABELS,
    ORDINAL,
    Half,
    heads_both,
    is_damage,
    is_item_header,
)
from fiscograph.forms.two_sided.header import drawn_sides
from fiscograph.tables import Cell, Line, squeeze

_JOINED = re.compile(r"(?P<number>[1-9]\d{3,})\s+(?P<label>[\u3400-\u9fff(（].*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """Where the cells of a drawn form stand: the labels of expenditure, of a third side, the
    columns by cell, the numbers of lines.
    """

    split: int
    third: int
    by_index: dict[int, int]
    ordinals: frozenset[int]


def read_drawn_sides(
    form: Form, lines: Sequence[Line], reader: LabelReader
) -> tuple[list[Half], list[int], tuple[Column, ...]]:
    header_lines = []
    for line in lines:
        if any(cell.number is not None for cell in line.words):
            break
        header_lines.append(line)
        if heads_both(form, line):
            break
    width = max((len(line.cells) for line in header_lines), default=0)
    body = lines[len(header_lines) :]
    items = [
        index
        for index, cell in enumerate(header_lines[-1].cells if header_lines else ())
        if is_item_header(form, cell)
    ]
    split = items[1] if len(items) > 1 else _split_of(body, reader) or max(width // 2, 1)
    third = items[2] if len(items) > 2 else _third_of(body, split) or width
    columns, by_index = drawn_sides(
        form, [_up_to(line, third) for line in header_lines], third, split, filled_cells(body)
    )
    halves: list[Half] = []
    header = [line.number for line in header_lines]
    ordinals = frozenset(
        index
        for line in header_lines
        for index, cell in enumerate(line.cells)
        if squeeze(cell.text) == ORDINAL
    )
    sides = _Sides(split=split, third=third, by_index=by_index, ordinals=ordinals)
    for line in body:
        if is_column_numbers(line):
            header.append(line.number)
            continue
        found = _drawn_halves(_apart(line, reader), sides, reader)
        if not found and not _fold(halves, line, reader):
            header.append(line.number)
        halves.extend(found)
    return halves, header, columns


def _third_of(body: Sequence[Line], split: int) -> int | None:
    """Where labels stand to the right of expenditure's, in rows enough to be a side of their own."""
    places = Counter(
        index
        for line in body
        for index, cell in enumerate(line.cells)
        if index > split and len(HAN.findall(cell.text)) > 1
    )
    return min((index for index, count in places.items() if count >= LABELS), default=None)


def _up_to(line: Line, end: int) -> Line:
    return replace(line, cells=line.cells[:end])


def _split_of(body: Sequence[Line], reader: LabelReader) -> int | None:
    """Where the labels of expenditure stand in most rows, for a header that does not name them."""
    places = Counter(
        index
        for line in body
        for index, cell in enumerate(line.cells)
        if index and cell.text and cell.number is None
        if (meaning := reader.meaning(cell.text)) is not None and meaning.side == "expenditure"
    )
    most = max(places.values(), default=0)
    # Further right may stand expenditure once more, by use or by economic class, in more rows.
    return min((index for index, count in places.items() if 2 * count >= most), default=None)


def _drawn_halves(line: Line, sides: _Sides, reader: LabelReader) -> list[Half]:
    """The halves of a drawn line; a line that lost cells on its left is moved under its side.

    From the third side's cell on stand the labels of expenditure by use.
    """
    split, third, by_index, ordinals = sides.split, sides.third, sides.by_index, sides.ordinals
    labels = [
        (index, cell)
        for index, cell in enumerate(line.cells)
        if cell.text and cell.number is None and not cell.is_torn and not is_damage(cell.text)
    ]
    halves = []
    for place, (index, cell) in enumerate(labels):
        side = "income" if index == 0 and len(line.cells) > split else None
        if index == split:
            side = "expenditure"
        meaning = _known_side(cell.text, side, reader)
        if meaning is None:
            continue
        if meaning.side == "either":
            meaning = replace(meaning, side="income" if index < split else "expenditure")
        if index >= third and meaning.side == "expenditure":
            # By use or by economic class: what the form does not know there sums nothing else.
            role = meaning.role if meaning.role == "total" else OUTSIDE
            meaning = replace(meaning, side="use", role=role, key=None)
        home = 0 if meaning.side == "income" else third if index >= third else split
        end = labels[place + 1][0] if place + 1 < len(labels) else len(line.cells)
        numbers = []
        for at in range(index + 1, end):
            value = line.cells[at].number
            if value is None or at - index + home in ordinals:
                continue
            column = by_index.get(at - index + home)
            numbers.append(
                NumberCell(
                    text=line.cells[at].text,
                    value=value,
                    span=line.cells[at].span,
                    column=column,
                )
            )
        halves.append(
            Half(
                label=cell,
                meaning=meaning,
                numbers=tuple(numbers),
                shifted=index != home,
                damaged=torn_spans(line.cells[index + 1 : end]),
                ordinal=tuple(
                    line.cells[at].span
                    for at in range(index + 1, end)
                    if at - index + home in ordinals and line.cells[at].text
                ),
            )
        )
    return halves


def _apart(line: Line, reader: LabelReader) -> Line:
    """A drawn line in which a lost boundary joined a whole number to the label of the other side."""
    cells: list[Cell] = []
    for cell in line.cells:
        match = _JOINED.fullmatch(cell.text)
        if match is None or reader.meaning(match["label"], None) is None:
            cells.append(cell)
        else:
            cells += [part_of(cell, *match.span("number")), part_of(cell, *match.span("label"))]
    return line if len(cells) == len(line.cells) else replace(line, cells=tuple(cells))


def _known_side(text: str, side: str | None, reader: LabelReader) -> Meaning | None:
    """The meaning of a label, which outweighs the place: a row may have lost cells on its left."""
    free = reader.meaning(text, None)
    if side == "income" and free is not None and free.side == "expenditure":
        return free
    return reader.meaning(text, side) or free


def _fold(halves: list[Half], line: Line, reader: LabelReader) -> bool:
    words = line.words
    if len(words) != 1 or not halves:
        return False
    last = halves[-1]
    whole = plain_label(last.label.text) + squeeze(words[0].text)
    open_end = last.meaning.key is None and not last.numbers and whole.endswith("支出")
    if reader.class_code(whole) is None and not open_end:
        return False
    halves[-1] = replace(last, label=replace(last.label, text=last.label.text + words[0].text))
    return True
