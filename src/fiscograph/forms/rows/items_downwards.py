"""Forms of one row that are printed turned: its columns stand below each other (三公 by item)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from fiscograph.forms.grid import Column, NumberCell, Row
from fiscograph.forms.headers.flat import NO_AMOUNT, YEAR
from fiscograph.forms.labels import plain_label
from fiscograph.forms.rows_read import (
    RowsRead,
    is_column_numbers,
    torn_spans,
    trailing_numbers,
)
from fiscograph.forms.schema import PRIOR, Form, Grammar
from fiscograph.tables import Cell, Line, header_paths

# So many labels of a form's columns below each other are no header.
_LEAST = 3
_COMPARED = re.compile(r"比|较|增|减|变动|%")
_WHOLE = re.compile(
    r"(?:小计|合计|总计|金额|本年|当年|年初|三公经费|财政拨款|预算|决算|数|安排|费用?)+"
)
_LABELS = frozenset({"项目", "内容", "项目名称", "支出项目", "单位名称"})
_PRIOR = re.compile(r"上年|上年度|去年")
_BUDGET = re.compile(r"预算")
_FINAL = re.compile(r"决算|执行")


@dataclass(slots=True)
class _Item:
    """A label with the numbers beside it, each with its drawn cell."""

    key: str
    label: str
    texts: list[Cell]
    numbers: list[tuple[int | None, Cell]] = field(default_factory=list)


def read_downwards(form: Form, lines: Sequence[Line]) -> RowsRead | None:
    """The one row of a form whose columns are printed as lines; None where they are not.

    Args:
        form: a form of one row whose items are the keys of its columns.
        lines: the table's lines.

    Returns:
        one row, each number in the column of its line's label; where the columns beside the labels
        cannot be told apart, the numbers have no column of the form.
    """
    if form.grammar is not Grammar.ITEM_COLUMNS or not form.items:
        return None
    items, header = _items(form, lines)
    if len({item.key for item in items}) < _LEAST or not any(item.numbers for item in items):
        return None
    values = _values(items, header)
    columns: list[Column] = []
    numbers: list[NumberCell] = []
    used: set[tuple[str, int | None]] = set()
    for at, value in enumerate(values):
        for item in items:
            key = value.prefix + item.key if value.known else ""
            if (key, value.year) in used:
                key = ""
            used.add((key, value.year))
            cell = _number_at(item, at, value)
            if cell is not None and cell.number is not None:
                numbers.append(
                    NumberCell(
                        text=cell.text, value=cell.number, span=cell.span, column=len(columns)
                    )
                )
            path = (value.text, item.label) if value.text else (item.label,)
            columns.append(Column(key=key, path=path, year=value.year))
    row = Row(
        label="",
        code=None,
        spans=tuple(cell.span for item in items for cell in item.texts),
        numbers=tuple(numbers),
        level=0,
        role="total",
        damaged=tuple(
            span for item in items for span in torn_spans([cell for _, cell in item.numbers])
        ),
    )
    return RowsRead(
        columns=tuple(columns), rows=(row,), header=tuple(line.number for line in header)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """A column of numbers beside the labels: its drawn cell, its header, and what that tells."""

    cell: int | None
    text: str
    year: int | None = None
    prefix: str = ""
    known: bool = True


def _items(form: Form, lines: Sequence[Line]) -> tuple[list[_Item], list[Line]]:
    items: list[_Item] = []
    header: list[Line] = []
    folded: set[int] = set()
    for line, following in zip_longest(lines, lines[1:]):
        if line.number in folded:
            continue
        numbers = [
            (at if line.drawn else None, cell)
            for at, cell in enumerate(line.cells)
            if cell.number is not None or cell.is_torn
        ]
        texts = [cell for cell in line.words if cell.number is None and not cell.is_torn]
        if not line.drawn:
            text, trailing = trailing_numbers(line)
            texts, numbers = list(text), [(None, cell) for cell in trailing]
        named = [cell for cell in texts if not cell.text.isdigit()]
        if not named:
            texts = []
        label = "".join(cell.text for cell in named)
        key = form.items.get(plain_label(label))
        rest = _rest(form, label, following)
        if rest:
            folded.add(rest[0].span.line)
            named, texts = [*named, *rest], [*texts, *rest]
            label = "".join(cell.text for cell in named)
            key = form.items.get(plain_label(label))
        if key is not None and any(other.key == key for other in items):
            key = None
        if is_column_numbers(line):
            header.append(line)
        elif key is not None:
            own = [cell for cell in texts if cell in named]
            first = min(cell.span.start for cell in named)
            # What is counted before the label is the number of its line.
            kept = [(at, cell) for at, cell in numbers if cell.span.start > first]
            items.append(_Item(key=key, label=label, texts=own, numbers=kept))
        elif items and not texts and numbers and _takes(items, len(numbers)):
            items[-1].numbers.extend(numbers)
        else:
            header.append(line)
    return items, header


def _rest(form: Form, label: str, following: Line | None) -> list[Cell]:
    """The words of the next line that complete a folded label: 公务用车购置 | 及运行费."""
    if not label or following is None or any(c.number is not None for c in following.words):
        return []
    piece = plain_label("".join(cell.text for cell in following.words))
    whole = plain_label(label) + piece
    return list(following.words) if whole in form.items and piece not in form.items else []


def _takes(items: Sequence[_Item], more: int) -> bool:
    """Whether numbers on a line of their own are those of the label above them."""
    most = max((len(item.numbers) for item in items[:-1]), default=0)
    return len(items[-1].numbers) + more <= most or len(items) == 1


def _values(items: Sequence[_Item], header: Sequence[Line]) -> list[_Value]:
    """The columns of numbers, left to right, with what their headers tell."""
    first = min(cell.span.line for item in items for cell in item.texts)
    above = [line for line in header if line.number < first]
    cells = sorted({at for item in items for at, _ in item.numbers if at is not None})
    if cells:
        paths = header_paths([line for line in above if line.drawn], cells[-1] + 1)
        texts = ["".join(dict.fromkeys(paths[at])) for at in cells]
    else:
        width = max(len(item.numbers) for item in items)
        cells = list(range(width))
        full = all(len(item.numbers) in {0, width} for item in items)
        told = [words for line in above if len(words := _headers(line)) == width] if full else []
        texts = told[-1] if told else [f"第{at + 1}列" if width > 1 else "" for at in cells]
    return [_value(at, text, texts) for at, text in zip(cells, texts, strict=True)]


def _headers(line: Line) -> list[str]:
    """The words of a line that may head numbers."""
    return [
        word.squeezed
        for word in line.words
        if word.squeezed not in NO_AMOUNT and word.squeezed not in _LABELS
    ]


def _value(cell: int, text: str, texts: Sequence[str]) -> _Value:
    """What a header tells: the year, budget or final account; several that tell nothing are unknown."""
    year = YEAR.search(text)
    rest = YEAR.sub("", text)
    both = any(_BUDGET.search(t) for t in texts) and any(_FINAL.search(t) for t in texts)
    alone = len(texts) == 1
    known = alone or (
        bool(year or rest)
        and not _COMPARED.search(text)
        and not _PRIOR.search(text)
        and (not rest or _WHOLE.fullmatch(rest) is not None)
    )
    return _Value(
        cell=cell,
        text=text,
        year=int(year[1]) if year else None,
        prefix=PRIOR if both and _BUDGET.search(text) else "",
        known=known,
    )


def _number_at(item: _Item, at: int, value: _Value) -> Cell | None:
    for place, (drawn, cell) in enumerate(item.numbers):
        if (drawn if drawn is not None else place) == (value.cell if drawn is not None else at):
            return cell
    return None
