"""Searching: a typed text in, ranked entries out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from fiscograph.search.entry import Kind
from fiscograph.search.index import KIND_BITS
from fiscograph.search.ranking import Asked, Found, Hit, Ranked, hit, name_likeness, ranked
from fiscograph.search.words import MOST_TYPED, Token, asked_tokens, key, terms
from fiscograph.tracing import normal_form

MOST_OF_KIND = 300
MOST_COUNTED = 10_000
_MOST_NEAR = 5
_NEAR_ENOUGH = 0.3
_COMPARED = 200
_NO_CODE: frozenset[int] = frozenset()
_KINDS = tuple(Kind)
# A number and nothing else, by its key: its parts are looked for, whatever stands between them.
_NUMBER = re.compile(
    r"(?P<code>[^\d.]{2,20}?(?<!令)(?<!公告)(?<!通告))(?P<year>(?:19|20)\d\d)年?第?0*(?P<serial>\d{1,6})号?"
)
_DASH = re.compile(r"\d\s*[-－—]\s*\d")
# What a reader would type the name of; the others only quote it.
_NAMED = tuple(
    kind
    for kind in Kind
    if kind not in {Kind.ROW, Kind.FINDING, Kind.CITATION, Kind.STATEMENT, Kind.TEXT, Kind.LINE}
)
_COLUMNS = "id, path, name, text, place"
# The last character in Unicode: behind every text that begins with what stands before it.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfKind:
    """The hits of one kind: ``count`` in all, ``more`` where it is only the count so far, and the
    best in their order, which are never more than some hundreds.
    """

    kind: Kind
    count: int
    more: bool
    best: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a text finds: by kind, the kind of the best hit first; ``near`` are names like it, where
    nothing holds the words.
    """

    asked: Asked
    kinds: tuple[OfKind, ...]
    near: tuple[Hit, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.kinds)

    @property
    def best(self) -> tuple[Ranked, ...]:
        """The best of all kinds in one order."""
        every = (one for group in self.kinds for one in group.best)
        return tuple(sorted(every, key=lambda one: one.order))

    def shown(self, some: Iterable[Ranked]) -> tuple[Hit, ...]:
        """Some of them with the asked words marked."""
        return tuple(hit(self.asked, one) for one in some)


def understood(typed: str) -> Asked:
    """What a typed text asks for; a document number in any style is brought to its one form.

    >>> understood("渝财社[2022] 155").number_key
    '渝财社2022155号'
    """
    typed = typed[:MOST_TYPED]
    number = normal_form(typed)
    asked = key(typed)
    alone = None if number is None or _DASH.search(typed) else _NUMBER.fullmatch(asked)
    return Asked(
        typed=typed,
        terms=terms(typed) if alone is None else (alone["code"], alone["year"], alone["serial"]),
        key=asked,
        number_key="" if number is None else key(number),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """The index of a release, opened for each question: it never changes."""

    file: Path

    def search(self, typed: str, kinds: Iterable[Kind] = _KINDS) -> Answer:
        """The entries of some kinds that hold every word of a text, wherever in name or text.

        Args:
            typed: any text; only its letters and digits count.
            kinds: the kinds that are wanted.
        """
        asked = understood(typed)
        if not asked.terms:
            return Answer(asked=asked, kinds=(), near=())
        with self.opened() as connection:
            search = _Search(connection=connection, asked=asked)
            found = [search.of_kind(kind) for kind in kinds]
            near = () if any(one.count for one in found) else search.near()
        groups = sorted((one for one in found if one.count), key=lambda one: one.best[0].order)
        return Answer(asked=asked, kinds=tuple(groups), near=near)

    def suggest(self, typed: str, most: int, kinds: Iterable[Kind] = _NAMED) -> tuple[Hit, ...]:
        """Names that a reader may be typing, each once: those of a code, those that begin so, then
        those that hold the words; of some ``kinds``, without those that only quote a name.
        """
        asked = understood(typed)
        if not asked.terms:
            return ()
        found: dict[str, Ranked] = {}
        with self.opened() as connection:
            search = _Search(connection=connection, asked=asked)
            wanted = [kind for kind in _NAMED if kind in set(kinds)]
            for one in (one for kind in wanted for one in search.named(kind, most)):
                found.setdefault(one.found.name, one)
        best = sorted(found.values(), key=lambda one: one.order)[:most]
        return tuple(hit(asked, one) for one in best)

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The file, to read."""
        address = f"{self.file.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            yield connection


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    connection: sqlite3.Connection
    asked: Asked

    def of_kind(self, kind: Kind) -> OfKind:
        by_code = self._by_code(kind)
        holding = self._count(kind)
        found = self._found(kind, by_code)
        order = ranked(self.asked, found.values(), by_code)
        count = max(holding, len(found))
        return OfKind(
            kind=kind,
            count=count,
            more=holding >= MOST_COUNTED,
            best=tuple(order),
        )

    def named(self, kind: Kind, most: int) -> list[Ranked]:
        """The best entries of a kind whose name or code holds what was asked; the text of an
        organization is its other names.
        """
        by_code = self._by_code(kind)
        held = self._words(kind, most, in_name=kind is not Kind.ORGANIZATION)
        numbers = [*by_code, *self._by_name(kind, most), *held]
        return ranked(self.asked, self._read(numbers).values(), by_code)[:most]

    def near(self) -> tuple[Hit, ...]:
        """Names like the typed text: those that still hold its pairs of characters when one, two or
        three neighbouring ones are left out.
        """
        tokens = self._tokens()
        found: dict[int, Found] = {}
        for width in (1, 2, 3):
            for at in range(len(tokens) - width + 1):
                rest = (*tokens[:at], *tokens[at + width :])
                if rest:
                    found.update(self._read(self._matching(rest, _COMPARED)))
        found.update(self._near_codes())
        scored = sorted(
            (-name_likeness(self.asked, one), one.number)
            for one in found.values()
            if one.kind in _NAMED
        )
        best: dict[str, Found] = {}
        for score, number in scored:
            if -score >= _NEAR_ENOUGH:
                best.setdefault(found[number].name, found[number])
        nearest = list(best.values())[:_MOST_NEAR]
        return tuple(
            hit(self.asked, one) for like in nearest for one in ranked(self.asked, [like], _NO_CODE)
        )

    def _near_codes(self) -> Mapping[int, Found]:
        """The entries whose code begins as the typed number does, its serial left out."""
        begins = self.asked.number_key.rstrip("号").rstrip("0123456789")
        years = self.asked.number_key[: len(begins) + 4] if begins else ""
        if not years:
            return {}
        rows = self.connection.execute(
            "SELECT id FROM code_key WHERE key >= ? AND key < ? LIMIT ?",
            (years, years + _LAST, _COMPARED),
        )
        return self._read([number for (number,) in rows])

    def _found(self, kind: Kind, by_code: frozenset[int]) -> Mapping[int, Found]:
        numbers = [
            *by_code,
            *self._by_name(kind, MOST_OF_KIND),
            *self._words(kind, MOST_OF_KIND, in_name=True),
            *self._words(kind, MOST_OF_KIND, in_name=False),
        ]
        return self._read(numbers)

    def _by_code(self, kind: Kind) -> frozenset[int]:
        found: set[int] = set()
        for code in self.asked.codes:
            rows = self.connection.execute(
                "SELECT id FROM code_key WHERE key = ? AND id BETWEEN ? AND ? LIMIT ?",
                (code, *_numbers(kind), MOST_OF_KIND),
            )
            found.update(number for (number,) in rows)
        return frozenset(found)

    def _by_name(self, kind: Kind, most: int) -> list[int]:
        """Those whose name is the typed text, then those that begin with it."""
        asked = self.asked.key
        same = self.connection.execute(
            "SELECT id FROM name_key WHERE key = ? AND id BETWEEN ? AND ? LIMIT ?",
            (asked, *_numbers(kind), most),
        )
        begin = self.connection.execute(
            "SELECT id FROM name_key WHERE key > ? AND key < ? AND id BETWEEN ? AND ? LIMIT ?",
            (asked, asked + _LAST, *_numbers(kind), most),
        )
        return [number for rows in (same, begin) for (number,) in rows]

    def _tokens(self) -> tuple[Token, ...]:
        every = (token for term in self.asked.terms for token in asked_tokens(term))
        return tuple(dict.fromkeys(every))

    def _words(self, kind: Kind, most: int, *, in_name: bool) -> list[int]:
        words = _match(self._tokens(), in_name=in_name)
        rows = self.connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",
            (words, *_numbers(kind), most),
        )
        return [number for (number,) in rows]

    def _matching(self, tokens: tuple[Token, ...], most: int) -> list[int]:
        rows = self.connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?",
            (_match(tokens, in_name=True), most),
        )
        return [number for (number,) in rows]

    def _count(self, kind: Kind) -> int:
        counting = (
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? "
            "AND rowid BETWEEN ? AND ? LIMIT ?)"
        )
        words = _match(self._tokens(), in_name=False)
        row = self.connection.execute(counting, (words, *_numbers(kind), MOST_COUNTED)).fetchone()
        return int(row[0])

    def _read(self, numbers: Iterable[int]) -> Mapping[int, Found]:
        found = {}
        for number in dict.fromkeys(numbers):
            row = self.connection.execute(
                f"SELECT {_COLUMNS} FROM entry WHERE id = ?",  # noqa: S608  a constant
                (number,),
            ).fetchone()
            found[number] = Found(
                number=row[0],
                kind=_KINDS[row[0] >> KIND_BITS],
                path=row[1],
                name=row[2],
                text=row[3],
                where=row[4],
            )
        return found


def _numbers(kind: Kind) -> tuple[int, int]:
    """The first and the last number that an entry of a kind may have."""
    first = kind.order << KIND_BITS
    return first, first + (1 << KIND_BITS) - 1


def _match(tokens: tuple[Token, ...], *, in_name: bool) -> str:
    """A query of FTS5: every token as a string in quotes, so that no character is syntax."""
    strings = (f'"{one.text}"{"*" if one.prefix else ""}' for one in tokens)
    every = " AND ".join(strings)
    return f"name : ({every})" if in_name else every
