"""Two-sided forms: income on the left, expenditure on the right of one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fiscograph.forms.grid import Column, NumberCell, Row
from fiscograph.forms.headers import flat_columns
from fiscograph.forms.headers_drawn import filled_cells
from fiscograph.forms.indicator_tail import part_of
from fiscograph.forms.labels import LabelReader, Meaning, plain_label
from fiscograph.forms.rows_read import (
    EMPTY,
    OUTSIDE,
    RowsRead,
    damaged_spans,
    is_column_numbers,
    is_money,
    number_cells,
    outside_last,
    torn_spans,
)
from fiscograph.forms.schema import Form
from fiscograph.forms.two_sided_bands import BandReader
from fiscograph.forms.two_sided_header import SIDES, column_specs, drawn_sides, sided
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

_ORDINAL = "行次"
# A part of the row above, which its form does not know.
_PART = re.compile(r"其中[:：]?")
_JOINED = re.compile(r"(?P<number>[1-9]\d{3,})\s+(?P<label>[\u3400-\u9fff(（].*)")
# So many numbers too many in rows are no accident of one of them.
_SCRAMBLED = 3
# So many labels below each other are no remark.
_LABELS = 3
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEVELS = {OUTSIDE: 0, "total": 0, "subtotal": 1, "stock": 1, "group": 1, "item": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    """One side of a line: its label, what that stands for, its numbers, the number of its line."""

    label: Cell
    meaning: Meaning
    numbers: tuple[NumberCell, ...]
    shifted: bool = False
    ordinal: tuple[Span, ...] = ()
    damaged: tuple[Span, ...] = ()


def read_two_sided(
    form: Form, lines: Sequence[Line], reader: LabelReader, first_end: int
) -> RowsRead:
    """Read both sides; each side's rows follow each other in printed order, income first.

    ``first_end`` is the last line of the first printing, whose header is read.
    """
    drawn = sum(line.drawn for line in lines) * 2 > len(lines)
    halves, header, columns = (
        _read_drawn(form, lines, reader) if drawn else _read_flat(form, lines, reader, first_end)
    )
    if not drawn and any(_loses(line, header) for line in lines):
        halves, header = _in_bands(form, lines, reader) or (halves, header)
    if any(half.meaning.side == "use" for half in halves):
        columns = (*columns, Column(key="budget", path=(SIDES["use"], "金额"), side="use"))
    rows = [
        row for side in SIDES for row in _rows_of([h for h in halves if h.meaning.side == side])
    ]
    return RowsRead(
        columns=columns,
        rows=tuple(rows),
        header=tuple(header),
        scrambled=not drawn and _is_scrambled(rows, columns),
    )


def _is_scrambled(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether rows hold more numbers than their side has columns: cells printed by columns."""
    width = {side: sum(column.side == side for column in columns) for side in SIDES}
    spare = [row for row in rows if len(row.numbers) > width[row.side] and not row.damaged]
    return sum(len(row.numbers) - width[row.side] for row in spare) >= _SCRAMBLED


def _rows_of(halves: Sequence[_Half]) -> list[Row]:
    rows = []
    grouped = any(half.meaning.role == "group" for half in halves)
    group: str | None = None
    for half in halves:
        meaning = half.meaning
        if meaning.key is None and meaning.role == "item" and _PART.match(squeeze(half.label.text)):
            meaning = replace(meaning, role=OUTSIDE)
        level = _LEVELS[meaning.role]
        if (meaning.role == "stock" and grouped) or meaning.role in {"group", "subtotal", "total"}:
            group = meaning.key
        key = meaning.key
        if meaning.role == "item" and meaning.side == "income" and group == "CARRY":
            key = f"CARRY/{meaning.key}"
        rows.append(
            Row(
                label=half.label.text,
                code=None,
                spans=(half.label.span, *half.ordinal),
                numbers=half.numbers,
                level=level,
                side=meaning.side,
                role=meaning.role,
                key=key,
                shifted=half.shifted,
                damaged=half.damaged,
            )
        )
    return list(outside_last(rows))


def _read_flat(
    form: Form, lines: Sequence[Line], reader: LabelReader, first_end: int
) -> tuple[list[_Half], list[int], tuple[Column, ...]]:
    halves: list[_Half] = []
    header: list[Line] = []
    in_header = filling = False
    counted = any(word.squeezed == _ORDINAL for line in lines for word in line.words)
    for line in lines:
        if is_column_numbers(line):
            header.append(line)
            continue
        if (
            halves
            and not in_header
            and _is_number_line(line)
            and (filling or not halves[-1].numbers)
        ):
            # A form printed one cell a line: the number belongs to the label above it.
            halves[-1] = replace(
                halves[-1], numbers=(*halves[-1].numbers, *number_cells(line.words))
            )
            filling = True
            continue
        filling = False
        found = _flat_halves(line, reader)
        if found is not None and counted:
            found = [_without_ordinal(half) for half in found]
        if _heads_both(form, line):
            found, in_header = None, True
        elif in_header and found is not None and _is_fragment(line, found):
            found = None
        if found is None:
            header.append(line)
        else:
            in_header = False
            halves.extend(found)
    income, expenditure = column_specs(form)
    first = [line for line in header if line.number <= first_end]
    left = flat_columns(form, first, [income])[:1] or (Column(key=income.key, path=("预算数",)),)
    right = flat_columns(form, first, expenditure)
    if not right and all(len(half.numbers) < 2 for half in halves):
        # A header in words of its own (2024年预算), over one amount a row.
        right = (Column(key=expenditure[0].key, path=("预算数",)),)
    columns = (
        *(sided(column, "income") for column in left),
        *(sided(column, "expenditure") for column in right),
    )
    return _three_sides(halves), [line.number for line in header], columns


def _three_sides(halves: Sequence[_Half]) -> list[_Half]:
    """Halves with expenditure once more, by use or by economic class, on a side of its own.

    Several lines print two labels of expenditure then; what the form does not know of them belongs
    there, and sums nothing else.
    """
    seen: set[int] = set()
    repeated: set[int] = set()
    for at, half in enumerate(halves):
        line = half.label.span.line
        if half.meaning.side == "expenditure" and line in seen:
            repeated.add(at)
        if half.meaning.side == "expenditure":
            seen.add(line)
    if sum(halves[at].meaning.key is None for at in repeated) < _LABELS:
        return list(halves)
    return [
        replace(
            half,
            meaning=replace(
                half.meaning,
                side="use",
                role="total" if half.meaning.role == "total" else OUTSIDE,
                key=None,
            ),
        )
        if at in repeated or (half.meaning.side == "expenditure" and half.meaning.key is None)
        else half
        for at, half in enumerate(halves)
    ]


def _loses(line: Line, header: Sequence[int]) -> bool:
    """Whether a line that prints amounts was taken for a piece of the header."""
    return line.number in header and any(is_money(cell, whole=False) for cell in line.words)


def _in_bands(
    form: Form, lines: Sequence[Line], reader: LabelReader
) -> tuple[list[_Half], list[int]] | None:
    """The halves of a form whose labels are folded in aligned columns, page by page."""
    first = next(
        (
            line.number
            for line in lines
            if plain_label(line.words[0].text) != squeeze(line.words[0].text)
            and not any(_is_item_header(form, word) for word in line.words)
        ),
        None,
    )
    if first is None:
        return None
    body = [line for line in lines if line.number >= first]
    bands = BandReader(reader)
    pages = dict.fromkeys(line.page for line in body)
    if not all(bands.page([line for line in body if line.page == page]) for page in pages):
        return None
    if not bands.close():
        return None
    rows = sorted(bands.rows, key=lambda row: row.label.span.line)
    halves = [_Half(label=r.label, meaning=r.meaning, numbers=r.numbers) for r in rows]
    return halves, [line.number for line in lines if line.number < first]


def _is_item_header(form: Form, cell: Cell) -> bool:
    """Whether a cell heads the labels of a side."""
    text = squeeze(cell.text)
    return any(spec.kind == "label" and text in spec.aliases for spec in form.columns)


def _heads_both(form: Form, line: Line) -> bool:
    """Whether a line heads the labels of two sides: it is the last of the header."""
    return sum(_is_item_header(form, word) for word in line.words) >= 2


def _is_number_line(line: Line) -> bool:
    return len(line.words) == 1 and line.words[0].number is not None


def _is_fragment(line: Line, found: Sequence[_Half]) -> bool:
    """Whether a line under the header is a piece of it that only looks like an income label."""
    label = found[0].label.text
    return len(line.words) == len(found) == 1 and plain_label(label) == squeeze(label)


def _flat_halves(line: Line, reader: LabelReader) -> list[_Half] | None:
    """The halves of a flat line, or None where it prints no row."""
    groups: list[tuple[list[Cell], list[Cell]]] = []
    for word in line.words:
        dash = word.text in EMPTY and bool(groups)
        if dash or word.number is not None or word.is_torn or _is_damage(word.text):
            if not groups:
                return None
            groups[-1][1].append(word)
        elif groups and not groups[-1][1]:
            groups[-1][0].append(word)
        else:
            groups.append(([word], []))
    halves: list[_Half] = []
    for texts, numbers in groups:
        labelled = _labels(texts, reader)
        if labelled is None:
            return None
        for index, (cell, meaning) in enumerate(labelled):
            own = numbers if index == len(labelled) - 1 else []
            halves.append(
                _Half(
                    label=cell,
                    meaning=meaning,
                    numbers=number_cells(own),
                    damaged=damaged_spans(own),
                )
            )
    return _distinct_sides(halves)


def _without_ordinal(half: _Half) -> _Half:
    """A half whose first number is that of its line (行次), which every line of such a form prints."""
    first = half.numbers[0] if half.numbers else None
    if first is None or not first.text.isdigit():
        return half
    return replace(half, numbers=half.numbers[1:], ordinal=(first.span,))


def _distinct_sides(halves: list[_Half]) -> list[_Half] | None:
    """Labels such as 合计 stand on either side: the first one on the left."""
    sided = []
    for index, half in enumerate(halves):
        if half.meaning.side != "either":
            sided.append(half)
            continue
        side = "income" if index == 0 and len(halves) > 1 else "expenditure"
        sided.append(replace(half, meaning=replace(half.meaning, side=side)))
    return sided or None


def _is_damage(text: str) -> bool:
    return not any(char.isalnum() for char in text) and any(char in ",.#" for char in text)


def _labels(texts: Sequence[Cell], reader: LabelReader) -> list[tuple[Cell, Meaning]] | None:
    """Words between numbers as labels: each as few words as are known; None where some are not.

    Labels without numbers stand right before the next one; a spaced label is several words.
    """
    found: list[tuple[Cell, Meaning]] = []
    start = 0
    while start < len(texts):
        for end in range(start + 1, len(texts) + 1):
            cell = _joined(texts[start:end])
            meaning = _known(cell.text, reader)
            if meaning is not None:
                found.append((cell, meaning))
                start = end
                break
        else:
            return None
    return found


def _known(text: str, reader: LabelReader) -> Meaning | None:
    """A meaning that the forms' data or the code list gives; no guess by ending in headers."""
    meaning = reader.meaning(text, None)
    if meaning is not None and meaning.key is None and squeeze(text) == plain_label(text):
        return None
    return meaning


def _joined(cells: Sequence[Cell]) -> Cell:
    return Cell(
        text=" ".join(cell.text for cell in cells),
        span=Span(line=cells[0].span.line, start=cells[0].span.start, end=cells[-1].span.end),
    )


def _read_drawn(
    form: Form, lines: Sequence[Line], reader: LabelReader
) -> tuple[list[_Half], list[int], tuple[Column, ...]]:
    header_lines = []
    for line in lines:
        if any(cell.number is not None for cell in line.words):
            break
        header_lines.append(line)
        if _heads_both(form, line):
            break
    width = max((len(line.cells) for line in header_lines), default=0)
    body = lines[len(header_lines) :]
    items = [
        index
        for index, cell in enumerate(header_lines[-1].cells if header_lines else ())
        if _is_item_header(form, cell)
    ]
    split = items[1] if len(items) > 1 else _split_of(body, reader) or max(width // 2, 1)
    third = items[2] if len(items) > 2 else _third_of(body, split) or width
    columns, by_index = drawn_sides(
        form, [_up_to(line, third) for line in header_lines], third, split, filled_cells(body)
    )
    halves: list[_Half] = []
    header = [line.number for line in header_lines]
    ordinals = frozenset(
        index
        for line in header_lines
        for index, cell in enumerate(line.cells)
        if squeeze(cell.text) == _ORDINAL
    )
    for line in body:
        if is_column_numbers(line):
            header.append(line.number)
            continue
        found = _drawn_halves(_apart(line, reader), split, by_index, reader, ordinals, third)
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
        if index > split and len(_HAN.findall(cell.text)) > 1
    )
    return min((index for index, count in places.items() if count >= _LABELS), default=None)


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


def _drawn_halves(
    line: Line,
    split: int,
    by_index: dict[int, int],
    reader: LabelReader,
    ordinals: frozenset[int],
    third: int,
) -> list[_Half]:
    """The halves of a drawn line; a line that lost cells on its left is moved under its side.

    From the cell ``third`` on stand the labels of expenditure by use.
    """
    labels = [
        (index, cell)
        for index, cell in enumerate(line.cells)
        if cell.text and cell.number is None and not cell.is_torn and not _is_damage(cell.text)
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
            _Half(
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


def _fold(halves: list[_Half], line: Line, reader: LabelReader) -> bool:
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
