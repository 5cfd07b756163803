"""Statements: what the numbers of a filing's running texts tell, and which of them are labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.assembly.passages import Passage
from fiscograph.budget import Statement
from fiscograph.forms.narrative import ProseWords, Role, Telling, is_torn, read_prose
from fiscograph.provenance import Place, Span

# In a torn piece as short as this no digit names anything.
_SHORT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A statement with what its text tells besides, for the checks; ``passage`` counts the texts."""

    statement: Statement
    telling: Telling
    passage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Narration:
    """What the running texts of a filing tell.

    ``told`` are the statements in order of their places, one for each place, ``texts`` the texts
    that they are told in, ``spans`` all that
    their numbers take up; ``labels`` are the places of numbers that name, ``torn`` of those that are
    torn glyphs; ``folded`` are the pieces of each number that goes on in the next line.
    """

    told: tuple[Told, ...]
    texts: tuple[str, ...]
    spans: tuple[Span, ...]
    labels: tuple[Span, ...]
    torn: tuple[Span, ...]
    folded: tuple[tuple[Span, ...], ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(item.statement for item in self.told)


def narration_of(passages: Sequence[Passage], source: str, words: ProseWords) -> Narration:
    """Read every running text; a place that two texts hold is told once, by the first of them."""
    told: dict[Place, Told] = {}
    spans: list[Span] = []
    labels: list[Span] = []
    torn: list[Span] = []
    folded: list[tuple[Span, ...]] = []
    for index, passage in enumerate(passages):
        prose = read_prose(passage.text, passage.bounds, words)
        for figure in prose.figures:
            pieces = passage.spans(figure.start, figure.end)
            piece = _around(passage, figure.start)
            if len(pieces) > 1:
                folded.append(pieces)
            if figure.role.measures:
                spans.extend(pieces)
            elif is_torn(piece) and (figure.role is Role.UNREAD or len(piece) <= _SHORT):
                torn.extend(pieces)
            elif figure.role is Role.LABEL:
                labels.extend(pieces)
        for telling in prose.tellings:
            statement = _statement(passage, telling, source)
            told.setdefault(
                statement.place, Told(statement=statement, telling=telling, passage=index)
            )
    return Narration(
        told=tuple(told[place] for place in sorted(told)),
        texts=tuple(passage.text for passage in passages),
        spans=tuple(spans),
        labels=tuple(labels),
        torn=tuple(torn),
        folded=tuple(folded),
    )


def _around(passage: Passage, at: int) -> str:
    """The printed piece that holds a character."""
    offset, span = max(piece for piece in passage.pieces if piece[0] <= at)
    return passage.text[offset : offset + span.end - span.start + 1]


def _statement(passage: Passage, telling: Telling, source: str) -> Statement:
    first = passage.spans(telling.start, telling.end)[0]
    piece = passage.text[telling.start : telling.start + first.end - first.start + 1]
    lost = len(piece) - len(piece.rstrip(".,"))
    if lost:  # the stop of a number that is folded after it belongs to no token of the line
        first = Span(line=first.line, start=first.start, end=first.end - lost)
    return Statement(
        place=Place(source=source, span=first),
        kind=telling.kind,
        about=telling.about,
        value=telling.value,
        unit=telling.unit,
        year=telling.year,
        printed=passage.text[telling.start : telling.end],
        field=passage.field,
        project=passage.project,
        told_of=passage.told_of,
        direction=telling.direction,
        base=telling.base,
        approximate=telling.approximate,
    )
