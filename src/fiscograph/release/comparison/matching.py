"""Which rows of two tables are of one thing, and what is said of it differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from fiscograph.release.comparison.subjects import Row, Subject


class Kind(Enum):
    """What became of a thing from one release to the other."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One column in which the two releases differ; empty where there is no value."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not the same in both releases.

    ``filing`` is empty for what filings share; ``name`` is the thing's as the newer release has it,
    where it is still there; ``old_line`` and ``new_line`` are where it is printed, the first line
    of several, or empty.
    """

    table: str
    kind: Kind
    filing: str
    name: str
    differences: tuple[Difference, ...]
    old_line: str = ""
    new_line: str = ""


def matched(
    subject: Subject, old: Sequence[Row], new: Sequence[Row]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Every row of both sides once, paired with the row of the same thing where there is one.

    What is equal in every respect is paired first, so that of three things with one name the one
    that is gone is told, and not that the others moved up.
    """
    left, right = sorted(old, key=_order), sorted(new, key=_order)
    whole = tuple(dict.fromkeys((*(c for key in subject.keys for c in key), *subject.compared)))
    for columns in (whole, *subject.keys):
        pairs, left, right = _paired(left, right, partial(_key, subject, columns))
        yield from pairs
    yield from ((row, None) for row in left)
    yield from ((None, row) for row in right)


def change(subject: Subject, old: Row | None, new: Row | None, filing: str) -> Change | None:
    """What a pair says, None where it says nothing."""
    differences = tuple(
        Difference(column=column, old=_cell(old, column), new=_cell(new, column))
        for column in subject.compared
        if _told(subject, old, new, column)
    )
    one = new or old
    if one is None or (old and new and not differences):
        return None
    kind = Kind.CHANGED if old and new else Kind.APPEARED if new else Kind.VANISHED
    return Change(
        table=subject.table,
        kind=kind,
        filing=filing,
        name=subject.name(one),
        differences=differences,
        old_line=_line(old),
        new_line=_line(new),
    )


def _told(subject: Subject, old: Row | None, new: Row | None, column: str) -> bool:
    if old is None or new is None:
        return bool(_cell(old, column) or _cell(new, column))
    # A column that only one of two program versions writes says nothing about the filing.
    known = column in old and column in new
    return known and subject.said(old, column) != subject.said(new, column)


def _paired(
    left: Iterable[Row], right: Iterable[Row], key: Callable[[Row], tuple[str, ...] | None]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs of one key, the first with the first; and what is left of both sides."""
    waiting: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in right:
        if (its := key(row)) is not None:
            waiting[its].append(row)
    pairs: list[tuple[Row, Row]] = []
    alone: list[Row] = []
    for row in left:
        its = key(row)
        if its is not None and waiting.get(its):
            pairs.append((row, waiting[its].pop(0)))
        else:
            alone.append(row)
    taken = {id(row) for _, row in pairs}
    return pairs, alone, [row for row in right if id(row) not in taken]


def _key(subject: Subject, columns: Iterable[str], row: Row) -> tuple[str, ...] | None:
    key = tuple(subject.said(row, column) for column in columns)
    return key if any(key) else None


def _order(row: Row) -> tuple[int, int, tuple[str, ...]]:
    """The order of the print, then of the text."""
    start = row.get("start", "")
    line = _line(row)
    return (
        int(line) if line.isdigit() else 0,
        int(start) if start.isdigit() else 0,
        tuple(row.values()),
    )


def _line(row: Row | None) -> str:
    if row is None:
        return ""
    return row.get("line") or row.get("lines", "").partition("|")[0]


def _cell(row: Row | None, column: str) -> str:
    return row.get(column, "") if row else ""
