"""Lines counted in a column of their own (序号): their numbers are no codes and no amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fiscograph.forms.grid import Row
from fiscograph.provenance import Span
from fiscograph.tables import Line

_HEADER = frozenset({"序号", "行次"})
# So many lines counted from one are no accident.
_LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Lines without the numbers that count them, and the places of these by line."""

    lines: tuple[Line, ...]
    places: Mapping[int, Span]

    def told(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Rows with the number of their line among the places of their label."""
        return tuple(
            replace(row, spans=(*row.spans, self.places[row.line]))
            if row.line in self.places
            else row
            for row in rows
        )


def without_ordinals(lines: Sequence[Line]) -> Counted:
    """Lines of flat text without their ordinals, where a header says that they are counted.

    Each counted line begins with one more than the last, from 1, and goes on with other words.
    """
    if not any(word.squeezed in _HEADER for line in lines for word in line.words):
        return Counted(lines=tuple(lines), places={})
    expected = 1
    places: dict[int, Span] = {}
    for line in lines:
        if not line.drawn and len(line.words) > 1 and line.words[0].text == str(expected):
            places[line.number] = line.words[0].span
            expected += 1
    if len(places) < _LEAST:
        return Counted(lines=tuple(lines), places={})
    return Counted(
        lines=tuple(
            replace(line, cells=line.words[1:]) if line.number in places else line for line in lines
        ),
        places=places,
    )
