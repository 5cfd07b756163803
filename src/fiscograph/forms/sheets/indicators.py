"""Rows of performance indicators, in each order in which their columns are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fiscograph.forms.schema import SheetWords
from fiscograph.forms.sheets.indicator_tail import Tail, flat_tail, settle, signed
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

_MARKED_NAME = re.compile(r"指标\d+[:：]?|\d+[.、．]|[①-⑳]|[(（]\d+[)）]")
_OF_YEAR = re.compile(r"\A20\d\d年度?(?=.)")
_SHORT = 6
_LEVELS = ("level1", "level2")
_LEVELS_AND_NAME = (*_LEVELS, "name")
_BEFORE_NAME = frozenset(_LEVELS_AND_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One row of a target sheet as printed; cells are None where nothing is printed.

    ``level1_printed`` says that the row prints its first level itself; else it is that of a row
    above, whose cell was merged downwards.
    """

    level1: str | None
    level2: str | None
    name: str
    operator: Cell | None
    value: Cell | None
    unit: Cell | None
    weight: Cell | None
    direction: str | None
    core: str | None
    spans: tuple[Span, ...]
    level1_printed: bool = True

    @property
    def span(self) -> Span:
        """Where the indicator is known by: its target, else its weight, else its name."""
        if self.value is not None:
            return self.value.span
        return self.weight.span if self.weight is not None else self.spans[0]


def column_order(line: Line, words: SheetWords) -> tuple[str, ...]:
    """The indicator columns that a header line names, in printed order; empty for other lines."""
    found = [key for _, key in columns_of(line.words, words)]
    return tuple(found) if len(found) >= 3 else ()


def columns_of(cells: Sequence[Cell], words: SheetWords) -> list[tuple[int, str]]:
    """The indicator columns that header cells name, each with its cell's index.

    A year before a column's name is left out: 2022年指标值. Where no cell names the name's column,
    绩效指标 right before the others does.
    """
    printed = [_OF_YEAR.sub("", cell.squeezed) for cell in cells]
    found = [
        (at, words.indicator_columns[text])
        for at, text in enumerate(printed)
        if text in words.indicator_columns
    ]
    if found and found[0][1] == "level2" and found[0][0]:
        before = found[0][0] - 1
        if printed[before] in words.name_else:
            found.insert(0, (before, "level1"))
    if found and not any(key == "name" for _, key in found):
        tail = next((at for at, key in found if key not in _BEFORE_NAME), None)
        if tail and printed[tail - 1] in words.name_else:
            found = sorted([*found, (tail - 1, "name")])
    return found


def _all_columns(header: Sequence[Cell], words: SheetWords) -> tuple[str, ...]:
    """The columns of a header from its first known one on, "" for each that is not known; none
    where all are known, or name or value is not.
    """
    known = dict(columns_of(header, words))
    keys = tuple(known.get(at, "") for at in range(min(known, default=0), len(header)))
    return keys if "" in keys and {"name", "value"} <= set(keys) else ()


def _may_be_blank(header: Sequence[Cell], columns: Sequence[str], words: SheetWords) -> bool:
    """Whether the last column of a row may print nothing: why the target was missed."""
    last = header[-1].squeezed if columns else ""
    return any(reason in last for reason in words.reasons)


class FlatIndicators:
    """Reads indicator rows from lines whose cells are not drawn.

    A row's text may be folded over lines; it ends with its tail: the columns after the name in the
    order of the header, or 定性 with a weight.
    """

    def __init__(
        self, order: Sequence[str], words: SheetWords, header: Sequence[Cell] = ()
    ) -> None:
        self.words = words
        self.columns = _all_columns(header, words)
        self.blank = _may_be_blank(header, self.columns, words)
        self.tail = tuple(key for key in order if key not in _BEFORE_NAME)
        self.levelled = "level1" in order
        self.head = tuple(key for key in order if key in _BEFORE_NAME)
        self.pending: list[Cell] = []
        self.level1: str | None = None
        self.level2: str | None = None
        self.rows: list[IndicatorRow] = []
        self._last: tuple[list[Cell], Tail, str | None, str | None] | None = None

    def take(self, line: Line) -> bool:
        """Read a line; returns whether it ended a row."""
        cells = list(line.words)
        if not self.pending and (placed := self._placed(cells)):
            texts, tail = placed
            self._last = None
            self.rows.append(_with_spans(self._row(texts, tail), cells))
            return True
        tail, count = self._tail(cells)
        if not tail:
            if self.pending or not self._mended(cells):
                self.pending.extend(cells)
            return False
        texts = self._gathered([*self.pending, *cells[: len(cells) - count]])
        self.pending = []
        if texts or self.rows:
            self._last = (texts, tail, self.level1, self.level2)
            self.rows.append(self._row(texts, tail))
        return True

    def _placed(self, cells: Sequence[Cell]) -> tuple[list[Cell], Tail] | None:
        """A row under a header with columns that are not known: one word for each of its columns,
        but for the levels that a row above prints.
        """
        columns = self.columns
        lost = self._levels_lost(cells)
        if self.blank and len(columns) - len(cells) == lost + 1:
            columns = columns[:-1]
        if not columns or len(columns) - len(cells) != lost or columns[:lost] != _LEVELS[:lost]:
            return None
        found = dict(zip(columns[lost:], cells, strict=True))
        texts = [found[key] for key in _LEVELS_AND_NAME if key in found]
        return texts, {key: cell for key, cell in found.items() if key in self.tail}

    def _levels_lost(self, cells: Sequence[Cell]) -> int:
        """How many levels a row leaves to the rows above it."""
        if not self._levels_in(cells):
            return len(_LEVELS)
        own = cells[0].squeezed in self.words.level2
        alone = len(cells) < 2 or not is_level(cells[1].text, self.words)
        return 1 if own and alone else 0

    def _tail(self, cells: Sequence[Cell]) -> tuple[Tail, int]:
        if self.tail == ("value",):
            return self._bare_value(cells)
        return flat_tail(cells, self.tail, self.words)

    def _bare_value(self, cells: Sequence[Cell]) -> tuple[Tail, int]:
        """The last word of a row whose header prints nothing after the value.

        A value in words is known by standing behind a name; without one it could be the rest of a
        name that goes on.
        """
        if not cells:
            return {}, 0
        last, before = cells[-1], [*self.pending, *cells[:-1]]
        levels = self._levels_in(before)
        named = before[levels:]
        told = last.text[0].isdigit() or signed(last, self.words) is not None
        worded = last.squeezed in self.words.qualities or (
            len(cells) > 1 and len(named) == 1 and not _MARKED_NAME.match(last.text)
        )
        if named and (told or worded):
            return {"value": last}, 1
        return {}, 0

    def _gathered(self, texts: list[Cell]) -> list[Cell]:
        """The words of a row before its tail: levels folded over lines are put together, and the
        label that runs down beside the whole table is left out.
        """
        while len(texts) > 1 and texts[0].squeezed in self.words.margin:
            texts = texts[1:]
        count = sum(cell.span.line == texts[0].span.line for cell in texts) if texts else 0
        merged, rest = _joined_levels(texts[:count], list(texts[count:]), self.words)
        return [*merged, *rest]

    def _levels_in(self, cells: Sequence[Cell]) -> int:
        """How many of the first words print levels."""
        count = 0
        for cell in cells:
            if not is_level(cell.text, self.words):
                break
            count += 1
        return count

    def _mended(self, cells: Sequence[Cell]) -> bool:
        """Read the rest of a row's levels and name that goes on below its own line.

        In a layout that keeps its columns, ``满意度指 服务对象满意 群众满意度 95 ≥ % 10`` goes on
        with ``标 度指标``.
        """
        if self._last is None or not self.levelled or not cells:
            return False
        texts, tail, level1, level2 = self._last
        merged, rest = _joined_levels(texts, list(cells), self.words)
        if len(rest) == len(cells):
            return False
        rest = [cell for cell in rest if cell.squeezed not in self.words.margin]
        self.level1, self.level2 = level1, level2
        read = self._row([*merged, *rest], tail)
        self.rows[-1] = _with_spans(read, cells)
        self._last = None
        return True

    def _row(self, texts: Sequence[Cell], tail: Mapping[str, Cell | None]) -> IndicatorRow:
        names = list(texts)
        printed = bool(names) and self._opens_level1(names)
        if printed:
            self.level1, self.level2 = names.pop(0).text, None
        taken, level2 = self._level2(names)
        if level2 is None and printed and self._fills_columns(texts):
            taken, level2 = 1, names[0].squeezed
        # A row that prints no level of its own stands under the levels above it.
        if (level2 is not None and (taken < len(names) or not self.levelled)) or (
            level2 is not None and self.level2 is None
        ):
            self.level2, names = level2, names[taken:]
        value = tail.get("value")
        if not names and value is not None and not any(char.isdigit() for char in value.text):
            # Without a name, the word that stands before the weight is no value but the name.
            names, tail = [value], {**tail, "value": None}
        row = indicator_row(self.level1, self.level2, names, tail, self.words)
        return replace(row, level1_printed=printed)

    def _opens_level1(self, names: Sequence[Cell]) -> bool:
        """Whether the first word is a level of the first order."""
        first = names[0].squeezed
        if first not in self.words.level1:
            return False
        if len(names) == 1 and not first.endswith("指标"):
            return False  # 效益 alone may be what is measured
        if first not in self.words.second or self.level1 is None:
            return True
        return self._level2(names[1:])[1] is not None

    def _fills_columns(self, texts: Sequence[Cell]) -> bool:
        """Whether a row prints one word on one line for each column before its tail."""
        one_line = len({cell.span.line for cell in texts}) == 1
        return self.head == _LEVELS_AND_NAME and len(texts) == len(self.head) and one_line

    def _level2(self, names: Sequence[Cell]) -> tuple[int, str | None]:
        for count in range(min(3, len(names)), 0, -1):
            joined = "".join(cell.squeezed for cell in names[:count])
            # A mark alone is no part of a level, though it adds nothing to compare.
            if joined in self.words.level2 and names[count - 1].squeezed:
                return count, joined
        return 0, None


def _joined_levels(
    first: Sequence[Cell], later: list[Cell], words: SheetWords
) -> tuple[list[Cell], list[Cell]]:
    """The words of a line, of which the first are levels broken off, with their rests from later
    lines; and what is left of those.
    """
    merged = list(first)
    for at, cell in enumerate(merged[:2]):
        for index, rest in enumerate(later[:2]):
            # One character is broken off only where a line ends and the next goes on.
            if len(cell.text) < 2 and (at < len(merged) - 1 or index):
                continue
            joined = cell.text + rest.text
            if len(rest.text) <= _SHORT and is_level(joined, words):
                merged[at] = Cell(text=joined, span=cell.span)
                del later[index]
                break
    return merged, later


def _with_spans(row: IndicatorRow, cells: Sequence[Cell]) -> IndicatorRow:
    spans = (*row.spans, *(cell.span for cell in cells if cell.span not in row.spans))
    return replace(row, spans=spans)


def indicator_row(
    level1: str | None,
    level2: str | None,
    names: Sequence[Cell],
    tail: Mapping[str, Cell | None],
    words: SheetWords,
    *,
    raw: Iterable[Cell] = (),
) -> IndicatorRow:
    """Put a row together; a sign or a unit that is printed with the value is taken apart.

    ``raw`` are the cells as drawn, where those of the tail are parts of them.
    """
    settled = settle(tail, words)
    cells = [cell for cell in (*names, *tail.values(), *raw) if cell is not None]
    return IndicatorRow(
        level1=level1,
        level2=level2,
        name=joined_text(names),
        operator=settled.operator,
        value=settled.value,
        unit=settled.unit,
        weight=settled.weight,
        direction=settled.direction.text if settled.direction is not None else None,
        core=settled.core.text if settled.core is not None else None,
        spans=tuple(dict.fromkeys(cell.span for cell in cells)),
    )


def joined_text(cells: Sequence[Cell]) -> str:
    """Pieces of a text joined: a space only between two pieces that meet in ASCII letters."""
    text = ""
    for cell in cells:
        piece = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", cell.text)
        if text and piece and text[-1].isascii() and piece[0].isascii() and text[-1].isalpha():
            text += " "
        text += piece
    return text


def settled_level2(text: str, words: SheetWords) -> str:
    """A level as the words know it, also where other print runs through it; else as printed."""
    squeezed = squeeze(text)
    if squeezed in words.level2:
        return squeezed
    return next((level for level in words.level2 if level in squeezed), squeezed)


def is_level(text: str, words: SheetWords) -> bool:
    """Whether a text is an indicator level of the first or second order."""
    squeezed = squeeze(text)
    return squeezed in words.level1 or squeezed in words.level2
