"""Quotes of a filing's own lines: what is spoken of marked, contacts blacked out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fiscograph.budget import Bin, FilingFacts
from fiscograph.provenance import Place, Span

BLACK = "█"
_AROUND = 2
_FEW = 6
_SHOWN = 12
_LONG = 320
_WINDOW = 90
_TELEPHONE = 7
_NAME = re.compile(r"[\u3400-\u9fff·]{3,6}(?<![室科股部处局所站组课心务])")
# Control characters as the pictures that Unicode has of them: the places stay true.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) != "\t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters; ``mark`` is ``at`` for what a finding is about, ``with`` for what it
    is compared with, else empty.
    """

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedLine:
    """A line, or of a long one the part from ``start`` to ``end`` (from 1, inclusive)."""

    number: int
    pieces: tuple[Piece, ...]
    start: int
    end: int
    length: int

    @property
    def is_cut_before(self) -> bool:
        return self.start > 1

    @property
    def is_cut_after(self) -> bool:
        return self.end < self.length

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_marked(self) -> bool:
        return any(piece.mark for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Passages in order of their lines; those beyond the first dozen marked lines are ``more``."""

    passages: tuple[tuple[QuotedLine, ...], ...]
    more: tuple[tuple[QuotedLine, ...], ...]


class Source:
    """The lines of a filing as the report may show them.

    Args:
        facts: they tell the contacts.
        lines: the lines of the file that the facts were read from.
    """

    def __init__(self, facts: FilingFacts, lines: Sequence[str]) -> None:
        spans = [place.span for place in facts.contacts]
        spans += [row.place.span for row in facts.ledger if row.bin is Bin.CONTACT]
        self._secrets = _secrets(spans, lines)
        shown = [line.removesuffix("\r").translate(_PICTURES) for line in lines]
        for span in spans:
            if 1 <= span.line <= len(shown):
                shown[span.line - 1] = _blacked(shown[span.line - 1], span)
        self.lines = tuple(self.without_contacts(line) for line in shown)

    def without_contacts(self, text: str) -> str:
        """A text with the contacts that the filing prints blacked out, wherever they stand."""
        for secret in self._secrets:
            text = text.replace(secret, BLACK * len(secret))
        return text

    def text(self, number: int) -> str:
        """A line by its number, from 1; empty where there is none."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def quote(self, place: Place, about: Iterable[Place] = ()) -> Quote:
        """The lines of a finding with a few around them.

        Args:
            place: what the finding is about; a first character alone stands for the whole file.
            about: what it is compared with.
        """
        marks: dict[int, list[tuple[int, int, str]]] = {}
        if not is_whole(place):
            marks[place.line] = [(place.start, place.end, "at")]
        for other in about:
            marks.setdefault(other.line, []).append((other.start, other.end, "with"))
        around = _AROUND if len(marks) <= _FEW else 0
        shown: set[int] = set()
        for number in marks:
            shown |= {number, *self._near(number, _AROUND if number == place.line else around)}
        passages = self._passages(sorted(shown), marks)
        # The passage of the finding's own place comes first in the count, whatever its line.
        passages.sort(key=lambda passage: (not _holds(passage, place.line), passage[0].number))
        kept: list[tuple[QuotedLine, ...]] = []
        rest: list[tuple[QuotedLine, ...]] = []
        count = 0
        for passage in passages:
            (kept if count < _SHOWN else rest).append(passage)
            count += sum(line.is_marked for line in passage)
        return Quote(passages=_in_order(kept), more=_in_order(rest))

    def _near(self, number: int, around: int) -> Iterable[int]:
        """The next lines before and after that print something, at most ``around`` each way."""
        for step in (-1, 1):
            at, left = number + step, around
            while left and 1 <= at <= len(self.lines):
                if self.lines[at - 1].strip():
                    yield at
                    left -= 1
                at += step

    def _passages(
        self, numbers: Sequence[int], marks: Mapping[int, list[tuple[int, int, str]]]
    ) -> list[tuple[QuotedLine, ...]]:
        """Lines that follow each other, but for blank ones, together."""
        passages: list[list[QuotedLine]] = []
        last = 0
        for number in numbers:
            line = self._quoted(number, marks.get(number, ()))
            skipped = self.lines[last : number - 1]
            if passages and not any(text.strip() for text in skipped):
                passages[-1].append(line)
            else:
                passages.append([line])
            last = number
        return [tuple(passage) for passage in passages]

    def _quoted(self, number: int, marks: Sequence[tuple[int, int, str]]) -> QuotedLine:
        text = self.text(number)
        start, end = 1, len(text)
        if len(text) > _LONG:
            start = max(1, min((one for one, _, _ in marks), default=1) - _WINDOW)
            end = min(len(text), max((one for _, one, _ in marks), default=1) + _WINDOW)
        return QuotedLine(
            number=number,
            pieces=_pieces(text, start, end, marks),
            start=start,
            end=end,
            length=len(text),
        )


def is_whole(place: Place) -> bool:
    """Whether a place stands for the whole file, as that of a filing's own identity does."""
    return place.span == Span(line=1, start=1, end=1)


def _holds(passage: Sequence[QuotedLine], number: int) -> bool:
    return any(line.number == number for line in passage)


def _in_order(
    passages: Iterable[tuple[QuotedLine, ...]],
) -> tuple[tuple[QuotedLine, ...], ...]:
    return tuple(sorted(passages, key=lambda passage: passage[0].number))


def _secrets(spans: Iterable[Span], lines: Sequence[str]) -> tuple[str, ...]:
    """The telephone numbers of contacts and the names beside them, the longest first.

    What is shorter, or names an office, could be any word of the filing and is blacked out only
    where it is printed as a contact.
    """
    found = set()
    for span in spans:
        text = lines[span.line - 1][span.start - 1 : span.end] if span.line <= len(lines) else ""
        text = text.strip()
        digits = sum(char.isdigit() for char in text)
        if digits >= _TELEPHONE or _NAME.fullmatch(text):
            found.add(text)
    return tuple(sorted(found, key=lambda text: (-len(text), text)))


def _blacked(text: str, span: Span) -> str:
    length = min(span.end, len(text)) - span.start + 1
    return text[: span.start - 1] + BLACK * max(length, 0) + text[span.end :]


def _pieces(
    text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]
) -> tuple[Piece, ...]:
    """Cut a line at its marks; where two overlap, the one of the finding itself wins."""
    kinds = [""] * len(text)
    for first, last, mark in sorted(marks, key=lambda one: one[2] == "at"):
        for index in range(max(first - 1, 0), min(last, len(text))):
            kinds[index] = mark
    # Marks that touch are two numbers all the same.
    edges = {first - 1 for first, _, _ in marks}
    pieces: list[Piece] = []
    begun = start - 1
    for index in range(start - 1, end):
        following = index + 1
        if following == end or kinds[following] != kinds[index] or following in edges:
            pieces.append(Piece(text=text[begun:following], mark=kinds[index]))
            begun = following
    return tuple(pieces)
