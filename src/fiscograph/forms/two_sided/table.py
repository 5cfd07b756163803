"""Two-sided forms: income on the left, expenditure on the right of one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from fiscograph.forms.grid import Column, Row
from fiscograph.forms.headers.flat import flat_columns, line_of_all
from fiscograph.forms.labels import TOTAL_LABELS, LabelReader, Meaning, is_part, plain_label
from fiscograph.forms.rows_read import (
    EMPTY,
    OUTSIDE,
    RowsRead,
    damaged_spans,
    is_column_numbers,
    is_money,
    number_cells,
    outside_last,
)
from fiscograph.forms.schema import Form
from fiscograph.forms.two_sided.bands import BandReader
from fiscograph.forms.two_sided.drawn import read_drawn_sides
from fiscograph.forms.two_sided.half import (
    LABELS,
    ORDINAL,
    Half,
    heads_both,
    is_damage,
    is_item_header,
)
from fiscograph.forms.two_sided.header import SIDES, column_specs, sided
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

# So many numbers too many in rows are no accident of one of them.
_SCRAMBLED = 3
# Of so many lines with amounts in ten each prints one cell.
_MOSTLY = 9
_LEVELS = {OUTSIDE: 0, "total": 0, "subtotal": 1, "stock": 1, "group": 1, "item": 2}


def read_two_sided(
    form: Form, lines: Sequence[Line], reader: LabelReader, first_end: int
) -> RowsRead:
    """Read both sides; each side's rows follow each other in printed order, income first.

    ``first_end`` is the last line of the first printing, whose header is read.
    """
    drawn = sum(line.drawn for line in lines) * 2 > len(lines)
    halves, header, columns = (
        read_drawn_sides(form, lines, reader)
        if drawn
        else _read_flat(form, lines, reader, first_end)
    )
    if not drawn and not _is_of_cells(lines) and any(_loses(line, header) for line in lines):
        bands = _in_bands(form, lines, reader)
        if bands is not None:
            halves, header = bands
            over = [line for line in lines if line.number in set(header)]
            columns = _columns_of(form, [li for li in over if li.number <= first_end], halves)
        if _is_counted(lines):
            halves = [_without_ordinal(half) for half in halves]
    if any(half.meaning.side == "use" for half in halves):
        columns = (*columns, Column(key="budget", path=(SIDES["use"], "金额"), side="use"))
    rows = [
        row for side in SIDES for row in _rows_of([h for h in halves if h.meaning.side == side])
    ]
    return RowsRead(
        columns=columns,
        rows=tuple(rows),
        header=tuple(header),
        in_order=not drawn and _are_in_order(form, columns, lines),
        scrambled=not drawn
        and (_is_scrambled(rows, columns) or _is_torn_apart(lines, halves, header)),
    )


def _are_in_order(form: Form, columns: Sequence[Column], lines: Sequence[Line]) -> bool:
    """Whether one line of the header tells the order of expenditure's columns."""
    keys = {column.key for column in columns if column.side == "expenditure"}
    found = [spec for spec in column_specs(form)[1] if spec.key in keys]
    return len(found) < 2 or line_of_all(found, lines) is not None


def _is_scrambled(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether rows hold more numbers than their side has columns: cells printed by columns."""
    width = {side: sum(column.side == side for column in columns) for side in SIDES}
    spare = [row for row in rows if len(row.numbers) > width[row.side] and not row.damaged]
    return sum(len(row.numbers) - width[row.side] for row in spare) >= _SCRAMBLED


def _rows_of(halves: Sequence[Half]) -> list[Row]:
    rows = []
    grouped = any(half.meaning.role == "group" for half in halves)
    group: str | None = None
    for half in halves:
        meaning = half.meaning
        if meaning.key is None and meaning.role == "item" and is_part(half.label.text):
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
) -> tuple[list[Half], list[int], tuple[Column, ...]]:
    halves: list[Half] = []
    header: list[Line] = []
    in_header = filling = False
    counted = _is_counted(lines)
    filled: set[int] = set()
    start = _first_label(form, lines)
    for line in (part for one in lines for part in _leading_number_apart(one)):
        if is_column_numbers(line) or line.number < start:
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
            filled.add(len(halves) - 1)
            continue
        filling = False
        found = _flat_halves(line, reader)
        if found is not None and counted:
            found = [_without_ordinal(half) for half in found]
        if heads_both(form, line):
            found, in_header = None, True
        elif in_header and found is not None and _is_fragment(line, found):
            found = None
        if found is None:
            header.append(line)
        else:
            in_header = False
            halves.extend(found)
    if _is_of_cells(lines):
        halves = _first_on_the_left(halves)
    if counted:
        halves = [_without_ordinal(h) if at in filled else h for at, h in enumerate(halves)]
    columns = _columns_of(form, [li for li in header if li.number <= first_end], halves)
    return _three_sides(halves), [line.number for line in header], columns


def _columns_of(form: Form, first: Sequence[Line], halves: Sequence[Half]) -> tuple[Column, ...]:
    """The columns of both sides, by the header of the first printing."""
    income, expenditure = column_specs(form)
    left = flat_columns(form, first, [income])[:1] or (Column(key=income.key, path=("预算数",)),)
    right = flat_columns(form, first, expenditure)
    if not right and all(len(half.numbers) < 2 for half in halves):
        # A header in words of its own (2024年预算), over one amount a row.
        right = (Column(key=expenditure[0].key, path=("预算数",)),)
    return (
        *(sided(column, "income") for column in left),
        *(sided(column, "expenditure") for column in right),
    )


def _is_of_cells(lines: Sequence[Line]) -> bool:
    """Whether a form is printed one cell a line: each amount begins a line and is its only one."""
    amounts = [[is_money(c, whole=False) for c in line.words] for line in lines]
    lines_of = [found for found in amounts if any(found)]
    alone = sum(found[0] and sum(found) == 1 for found in lines_of)
    return bool(lines_of) and alone * 10 >= len(lines_of) * _MOSTLY


def _first_label(form: Form, lines: Sequence[Line]) -> int:
    """Of a form printed one cell a line, the line behind its header: behind the last word of it
    that stands before an amount. Words of a header may look like labels.
    """
    if not _is_of_cells(lines):
        return 0
    specs = column_specs(form)
    heads = {alias for spec in (specs[0], *specs[1]) for alias in (*spec.aliases, *spec.last)}
    before = list(takewhile(lambda li: not any(is_money(c, whole=False) for c in li.words), lines))
    last = [
        line.number
        for line in before
        if len(line.words) == 1
        and plain_label(line.words[0].text) not in TOTAL_LABELS
        and (line.squeezed in heads or is_item_header(form, line.words[0]))
    ]
    return last[-1] + 1 if last else 0


def _first_on_the_left(halves: Sequence[Half]) -> list[Half]:
    """Of two totals of one name, printed one after the other, the first is that of income."""
    totals = [
        at
        for at, half in enumerate(halves)
        if half.meaning.role == "total" and squeeze(half.label.text) in {"合计", "总计"}
    ]
    if len(totals) != 2 or any(halves[at].meaning.side != "expenditure" for at in totals):
        return list(halves)
    first = halves[totals[0]]
    left = replace(first, meaning=replace(first.meaning, side="income"))
    return [*halves[: totals[0]], left, *halves[totals[0] + 1 :]]


def _leading_number_apart(line: Line) -> tuple[Line, ...]:
    """A line that begins with an amount and goes on with a label, in two: the amount belongs to the
    label above.
    """
    words = line.words
    if len(words) < 2 or not is_money(words[0], whole=False) or words[1].number is not None:
        return (line,)
    return replace(line, cells=words[:1]), replace(line, cells=words[1:])


def _is_torn_apart(lines: Sequence[Line], halves: Sequence[Half], header: Sequence[int]) -> bool:
    """Whether a form printed one cell a line has pieces of words between its rows: then its cells
    stand in another order, and no number belongs to the label above it.
    """
    if not halves or not _is_of_cells(lines):
        return False
    first, last = halves[0].label.span.line, halves[-1].label.span.line
    return any(
        first < line.number < last and line.number in header and not is_column_numbers(line)
        for line in lines
    )


def _is_counted(lines: Sequence[Line]) -> bool:
    """Whether a form counts its lines (行次)."""
    return any(word.squeezed == ORDINAL for line in lines for word in line.words)


def _three_sides(halves: Sequence[Half]) -> list[Half]:
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
    if sum(halves[at].meaning.key is None for at in repeated) < LABELS:
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
) -> tuple[list[Half], list[int]] | None:
    """The halves of a form whose labels are folded in aligned columns, page by page."""
    first = next(
        (
            line.number
            for line in lines
            if plain_label(line.words[0].text) != squeeze(line.words[0].text)
            and not any(is_item_header(form, word) for word in line.words)
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
    rows = bands.settled()
    halves = [Half(label=r.label, meaning=r.meaning, numbers=r.numbers) for r in rows]
    return _three_sides(halves), [line.number for line in lines if line.number < first]


def _is_number_line(line: Line) -> bool:
    """Whether a line prints one number and nothing else, were it a dash for none."""
    only = line.words[0]
    return len(line.words) == 1 and (only.number is not None or only.text in EMPTY)


def _is_fragment(line: Line, found: Sequence[Half]) -> bool:
    """Whether a line under the header is a piece of it that only looks like an income label."""
    label = found[0].label.text
    return len(line.words) == len(found) == 1 and plain_label(label) == squeeze(label)


def _flat_halves(line: Line, reader: LabelReader) -> list[Half] | None:
    """The halves of a flat line, or None where it prints no row."""
    groups: list[tuple[list[Cell], list[Cell]]] = []
    for word in line.words:
        dash = word.text in EMPTY and bool(groups)
        if dash or word.number is not None or word.is_torn or is_damage(word.text):
            if not groups:
                return None
            groups[-1][1].append(word)
        elif groups and not groups[-1][1]:
            groups[-1][0].append(word)
        else:
            groups.append(([word], []))
    halves: list[Half] = []
    for texts, numbers in groups:
        labelled = _labels(texts, reader)
        if labelled is None:
            return None
        for index, (cell, meaning) in enumerate(labelled):
            own = numbers if index == len(labelled) - 1 else []
            halves.append(
                Half(
                    label=cell,
                    meaning=meaning,
                    numbers=number_cells(own),
                    damaged=damaged_spans(own),
                )
            )
    return _distinct_sides(halves)


def _without_ordinal(half: Half) -> Half:
    """A half whose first number is that of its line (行次), which every line of such a form prints."""
    first = half.numbers[0] if half.numbers else None
    if first is None or not first.text.isdigit():
        return half
    return replace(half, numbers=half.numbers[1:], ordinal=(first.span,))


def _distinct_sides(halves: list[Half]) -> list[Half] | None:
    """Labels such as 合计 stand on either side: the first one on the left."""
    sided = []
    for index, half in enumerate(halves):
        if half.meaning.side != "either":
            sided.append(half)
            continue
        side = "income" if index == 0 and len(halves) > 1 else "expenditure"
        sided.append(replace(half, meaning=replace(half.meaning, side=side)))
    return sided or None


def _labels(texts: Sequence[Cell], reader: LabelReader) -> list[tuple[Cell, Meaning]] | None:
    """Words between numbers as labels: each as few words as are known; None where some are not.

    Labels without numbers stand right before the next one; a spaced label is several words.
    """
    found: list[tuple[Cell, Meaning]] = []
    start = 0
    while start < len(texts):
        # A label spaced out character by character is one: 本 年 收 入 合 计.
        apart = next((at for at in range(start, len(texts)) if len(texts[at].text) > 1), len(texts))
        # What is enumerated begins a label, and is no piece of the one before.
        last = next((at for at in range(start + 1, len(texts)) if _is_enumerated(texts[at])), None)
        ends = [*range(apart, start + 1, -1), *range(start + 1, (last or len(texts)) + 1)]
        for end in ends:
            cell = _joined(texts[start:end])
            meaning = _known(cell.text, reader)
            if meaning is not None:
                found.append((cell, meaning))
                start = end
                break
        else:
            if start + 1 == len(texts) or not is_part(texts[start].text):
                return None
            # A part that is printed without a number, beside a label of the other side.
            start += 1
    return found


def _is_enumerated(cell: Cell) -> bool:
    return plain_label(cell.text) not in {squeeze(cell.text), ""}


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
