"""Indicator rows printed in two halves, and how they are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations

from fiscograph.forms.schema import SheetWords
from fiscograph.forms.sheets.indicator_tail import QUALITATIVE
from fiscograph.forms.sheets.indicators import IndicatorRow, indicator_row
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

_EXHAUSTIVE = 7


@dataclass(slots=True)
class Halves:
    """The halves of one table of indicators, and the text printed among them."""

    left: list[dict[str, Cell]] = field(default_factory=list)
    right: list[dict[str, Cell]] = field(default_factory=list)
    texts: list[Cell] = field(default_factory=list)


def right_half(line: Line, pending: Sequence[Cell], words: SheetWords) -> dict[str, Cell] | None:
    """A right half: an operator glued to unit or name, a weight, and the name around them."""
    pieces = _pieces(line, words)
    signs = [cell for cell in pieces if words.operators.get(cell.text)]
    if len(signs) != 1:
        return None
    weights = [cell for cell in pieces if re.fullmatch(r"\d{1,3}", cell.text)]
    qualitative = words.operators.get(signs[0].text) == QUALITATIVE
    units = [] if qualitative else _units(pieces, signs, weights)
    names = [c for c in pieces if c not in signs and c not in weights and c not in units[:1]]
    names = [*(pending if not _ends_label(pending, words) else ()), *names]
    if not names or not weights:
        return None
    found = {"operator": signs[0], "weight": weights[0]}
    if units:
        found["unit"] = units[0]
    start, end = names[0], names[-1]
    text = "".join(squeeze(cell.text) for cell in names)
    found["name"] = Cell(
        text=text,
        span=Span(
            line=start.span.line,
            start=start.span.start,
            end=end.span.end if end.span.line == start.span.line else start.span.end,
        ),
    )
    return found


def _units(pieces: Sequence[Cell], signs: Sequence[Cell], weights: Sequence[Cell]) -> list[Cell]:
    """Short pieces that may be the unit, the one nearest to operator or weight first."""
    anchors = [*signs, *weights]

    def distance(cell: Cell) -> int:
        return min(
            min(abs(cell.span.start - other.span.end), abs(other.span.start - cell.span.end))
            for other in anchors
        )

    short = [
        cell for cell in pieces if cell not in anchors and (cell.text == "%" or len(cell.text) <= 2)
    ]
    return sorted(short, key=distance)


def _ends_label(pending: Sequence[Cell], words: SheetWords) -> bool:
    return not pending or pending[-1].squeezed in {*words.fields, *words.indicator_columns}


def _pieces(line: Line, words: SheetWords) -> list[Cell]:
    """The words of a line with operators, units and weights cut apart where they are glued."""
    signs = "|".join(sorted((re.escape(sign) for sign in words.operators), key=len, reverse=True))
    pattern = re.compile(rf"{signs}|%|\d+(?=\s|$|[^\d.%年月])|[^\s%≥≤＝=<>≧≦\d]+|\d+")
    pieces = []
    for match in pattern.finditer(line.text):
        start = match.start() + 1
        pieces.append(
            Cell(
                text=match.group(),
                span=Span(line=line.number, start=start, end=start + len(match.group()) - 1),
            )
        )
    return pieces


def matched(table: Halves, words: SheetWords) -> list[IndicatorRow]:
    """The halves of a table put together: as printed, unless another order fits better."""
    left, right = table.left, table.right
    if len(left) != len(right):
        right = [*right, *([{}] * (len(left) - len(right)))][: len(left)]
    order: Sequence[int] = range(len(left))
    if len(left) <= _EXHAUSTIVE:
        order = min(
            permutations(range(len(left))),
            key=lambda way: (
                -sum(_affinity(left[i], right[at]) for i, at in enumerate(way)),
                sum(abs(i - at) for i, at in enumerate(way)),
            ),
        )
    rows = []
    for index, at in enumerate(order):
        tail = {
            **{k: v for k, v in right[at].items() if k != "name"},
            **{k: left[index][k] for k in ("value", "core")},
        }
        name = right[at].get("name")
        level2 = left[index].get("level2")
        rows.append(
            indicator_row(
                left[index]["level1"].squeezed,
                level2.text if level2 else None,
                [name] if name else [],
                dict(tail),
                words,
            )
        )
    return rows


def _affinity(left: dict[str, Cell], right: dict[str, Cell]) -> int:
    """How well two halves go together: kind of target, and words shared by level and name."""
    operator, name = right.get("operator"), right.get("name")
    if operator is None or name is None:
        return 0
    qualitative = operator.text == QUALITATIVE
    numeric = left["value"].number is not None
    score = 4 if qualitative != numeric else -4
    level2 = left.get("level2")
    satisfied = level2 is not None and "满意" in level2.text
    return score + (2 if satisfied == ("满意" in name.text) else -2)


def cut_cell(line: Line, match: re.Match[str], group: str) -> Cell:
    return Cell(
        text=match[group],
        span=Span(line=line.number, start=match.start(group) + 1, end=match.end(group)),
    )


def bigrams(text: str) -> set[str]:
    squeezed = squeeze(text)
    return {squeezed[i : i + 2] for i in range(len(squeezed) - 1)}
