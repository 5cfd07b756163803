"""Rows of performance indicators, in each order in which their columns are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.forms.schema import SheetWords
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

_NUMBER = re.compile(r"[+\-]?[\d,]+(?:\.\d+)?%?\Z")
_CRAMMED = re.compile(r"(?P<value>[\d.,]+)\s+(?P<unit>\S+)\s+(?P<weight>\d+)\Z")
_SIGNED = re.compile(r"(?P<sign>[≥≤≧≦＝=><＞＜])\s*(?P<value>\S.*)\Z")
QUALITATIVE = "定性"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One row of a target sheet as printed; cells are None where nothing is printed."""

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

    @property
    def span(self) -> Span:
        """Where the indicator is known by: its target, else its weight, else its name."""
        if self.value is not None:
            return self.value.span
        return self.weight.span if self.weight is not None else self.spans[0]


def column_order(line: Line, words: SheetWords) -> tuple[str, ...]:
    """The indicator columns that a header line names, in printed order; empty for other lines."""
    found = [
        words.indicator_columns[word.squeezed]
        for word in line.words
        if word.squeezed in words.indicator_columns
    ]
    return tuple(found) if len(found) >= 3 else ()


class FlatIndicators:
    """Reads indicator rows from lines whose cells are not drawn.

    A row's text may be folded over lines; it ends with its tail: the columns after the name in the
    order of the header, or 定性 with a weight.
    """

    def __init__(self, order: Sequence[str], words: SheetWords) -> None:
        self.words = words
        tail = [key for key in order if key not in {"level1", "level2", "name"}]
        self.tail = tuple(tail)
        self.levelled = "level1" in order
        self.pending: list[Cell] = []
        self.level1: str | None = None
        self.level2: str | None = None
        self.rows: list[IndicatorRow] = []
        self.unread: list[Cell] = []

    def take(self, line: Line) -> bool:
        """Read a line; returns whether it ended a row."""
        cells = list(line.words)
        tail = self._tail(cells)
        if tail is None:
            self.pending.extend(cells)
            return False
        count = sum(cell is not None for cell in tail.values())
        texts = [*self.pending, *cells[: len(cells) - count]]
        self.pending = []
        if texts or self.rows:
            self.rows.append(self._row(texts, tail))
        return True

    def _tail(self, cells: Sequence[Cell]) -> dict[str, Cell | None] | None:
        full = self._match(cells, self.tail)
        if full is not None:
            return full
        qualitative = [key for key in self.tail if key in {"operator", "weight", "core"}]
        short = self._match(cells, qualitative)
        if short is not None and short.get("operator") is not None:
            operator = short["operator"]
            if operator is not None and self._sign(operator) == QUALITATIVE:
                return {**dict.fromkeys(self.tail), **short}
        return None

    def _sign(self, cell: Cell) -> str | None:
        return self.words.operators.get(cell.text) or self.words.operators.get(cell.squeezed)

    def _match(self, cells: Sequence[Cell], keys: Sequence[str]) -> dict[str, Cell | None] | None:
        if len(cells) < len(keys) or not keys:
            return None
        found: dict[str, Cell | None] = {}
        for key, cell in zip(keys, cells[len(cells) - len(keys) :], strict=True):
            if not self._fits(key, cell):
                return None
            found[key] = cell
        return found

    def _fits(self, key: str, cell: Cell) -> bool:
        text = cell.squeezed
        if key in {"weight", "value"}:
            return _NUMBER.match(text) is not None
        if key == "operator":
            return self._sign(cell) is not None
        if key == "core":
            return text in {"是", "否"}
        if key == "direction":
            return text.endswith("指标")
        return _NUMBER.match(text) is None and self._sign(cell) is None

    def _row(self, texts: Sequence[Cell], tail: dict[str, Cell | None]) -> IndicatorRow:
        names = list(texts)
        if names and names[0].squeezed in self.words.level1:
            self.level1, self.level2 = names.pop(0).text, None
        taken, level2 = self._level2(names)
        # A row that prints no level of its own stands under the levels above it.
        if (level2 is not None and (taken < len(names) or not self.levelled)) or (
            level2 is not None and self.level2 is None
        ):
            self.level2, names = level2, names[taken:]
        return indicator_row(self.level1, self.level2, names, tail)

    def _level2(self, names: Sequence[Cell]) -> tuple[int, str | None]:
        for count in range(min(3, len(names)), 0, -1):
            joined = "".join(cell.squeezed for cell in names[:count])
            if joined in self.words.level2:
                return count, joined
        return 0, None


def indicator_row(
    level1: str | None,
    level2: str | None,
    names: Sequence[Cell],
    tail: dict[str, Cell | None],
) -> IndicatorRow:
    """Put a row together; a crammed value such as ``5 % 30`` is taken apart."""
    cells = [cell for cell in (*names, *tail.values()) if cell is not None]
    value, unit, weight = tail.get("value"), tail.get("unit"), tail.get("weight")
    operator, direction, core = tail.get("operator"), tail.get("direction"), tail.get("core")
    crammed = _CRAMMED.match(value.text) if value is not None else None
    if crammed is not None and value is not None:
        # What was crammed into one cell moved the cells after it one to the left.
        if weight is not None and weight.text.endswith("指标"):
            direction = weight
        unit, weight = _part(value, crammed, "unit"), _part(value, crammed, "weight")
        value = _part(value, crammed, "value")
    signed = _SIGNED.match(value.text) if value is not None and operator is None else None
    if signed is not None and value is not None:
        operator, value = _part(value, signed, "sign"), _part(value, signed, "value")
    return IndicatorRow(
        level1=level1,
        level2=level2,
        name=joined_text(names),
        operator=operator,
        value=value,
        unit=unit,
        weight=weight,
        direction=direction.text if direction is not None else None,
        core=core.text if core is not None else None,
        spans=tuple(cell.span for cell in cells),
    )


def _part(cell: Cell, match: re.Match[str], group: str) -> Cell:
    start = cell.span.start + match.start(group)
    return Cell(
        text=match[group],
        span=Span(line=cell.span.line, start=start, end=start + len(match[group]) - 1),
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
