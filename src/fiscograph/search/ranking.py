"""Which of the entries that hold the asked words comes first, and where the words stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from fiscograph.search.entry import Kind
from fiscograph.search.words import WIDE, fold, key

_AROUND = 40
_LONGEST_NAME = 160
_MOST_MARKS = 50
Spans = tuple[tuple[int, int], ...]


class Rank(IntEnum):
    """How well an entry fits, the best first."""

    CODE = 0  # its code or number is what was asked
    NAME = 1  # its name is
    PREFIX = 2  # its name begins so
    IN_NAME = 3  # every word stands in its name
    IN_TEXT = 4  # every word stands in its name or text
    PIECES = 5  # every pair of characters does, the words do not


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry as the index keeps it; ``number`` is its number there."""

    number: int
    kind: Kind
    path: str
    name: str
    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An entry with its rank; ``length`` is that of its folded name."""

    found: Found
    rank: Rank
    length: int

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Rank, then kind, then the shorter name, then the numbers of the index."""
        return self.rank, self.found.kind.order, self.length, self.found.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry as it is shown. ``excerpt`` is a piece of its text, the whole where that is short;
    the marks are where the asked words stand in name and excerpt (from 0, end exclusive).
    """

    kind: Kind
    path: str
    name: str
    excerpt: str
    where: str
    rank: Rank
    name_marks: Spans
    excerpt_marks: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A typed text: its terms, its key, and the key of the document number that it is."""

    typed: str
    terms: tuple[str, ...]
    key: str
    number_key: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for one in (self.number_key, self.key) if one))


def ranked(asked: Asked, found: Iterable[Found], by_code: frozenset[int]) -> list[Ranked]:
    """The entries in their order; ``by_code`` are those found by a code."""
    every = (_ranked(asked, one, one.number in by_code) for one in found)
    return sorted(every, key=lambda one: one.order)


def _ranked(asked: Asked, one: Found, has_code: bool) -> Ranked:
    name = fold(one.name).text
    rank = Rank.CODE if has_code else _rank(asked, name, one.text)
    return Ranked(found=one, rank=rank, length=len(name))


def _rank(asked: Asked, name: str, text: str) -> Rank:
    joined = name.replace(" ", "")
    if joined == asked.key:
        return Rank.NAME
    if joined.startswith(asked.key):
        return Rank.PREFIX
    missing = [term for term in asked.terms if term not in name]
    if not missing:
        return Rank.IN_NAME
    folded = fold(text).text
    return Rank.IN_TEXT if all(term in folded for term in missing) else Rank.PIECES


def hit(asked: Asked, one: Ranked) -> Hit:
    """An entry with the asked words marked in it."""
    found = one.found
    excerpt, marks = _excerpt(found.text, _spans(found.text, asked.terms), 2 * _AROUND)
    name, name_marks = _excerpt(found.name, _spans(found.name, asked.terms), _LONGEST_NAME)
    return Hit(
        kind=found.kind,
        path=found.path,
        name=name,
        excerpt=excerpt,
        where=found.where,
        rank=one.rank,
        name_marks=name_marks,
        excerpt_marks=marks,
    )


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms stand in a text; where none does, their pairs of Chinese characters."""
    folded = fold(text)
    found = _occurrences(folded.text, terms)
    if not found:
        pairs = (term[at : at + 2] for term in terms for at in range(len(term) - 1))
        found = _occurrences(folded.text, (pair for pair in pairs if min(pair) >= WIDE))
    places = [(folded.places[start], folded.places[end - 1] + 1) for start, end in found]
    return _merged(places)


def _occurrences(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word)
        while at >= 0 and len(found) < _MOST_MARKS:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return found


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _excerpt(text: str, spans: list[tuple[int, int]], longest: int) -> tuple[str, Spans]:
    """A piece of a text around its first span; dots say that it goes on."""
    if len(text) <= longest + _AROUND:
        return text, tuple(spans)
    start = max(0, (spans[0][0] if spans else 0) - _AROUND)
    end = min(len(text), start + longest)
    opening, closing = "…" if start else "", "…" if end < len(text) else ""
    shift = len(opening) - start
    inside = (
        (max(one, start) + shift, min(other, end) + shift)
        for one, other in spans
        if one < end and other > start
    )
    return opening + text[start:end] + closing, tuple(inside)


def likeness(one: str, other: str) -> float:
    """How alike two keys are, from 0 to 1: the share of the pairs of characters they have in
    common (Dice).

    >>> likeness("就业补助", "就业补住")
    0.6667
    """
    pairs = [{key_[at : at + 2] for at in range(max(1, len(key_) - 1))} for key_ in (one, other)]
    both = len(pairs[0]) + len(pairs[1])
    return round(2 * len(pairs[0] & pairs[1]) / both, 4) if both else 0.0


def name_likeness(asked: Asked, one: Found) -> float:
    """How alike a typed text and the name of an entry are."""
    return likeness(asked.key, key(one.name))
