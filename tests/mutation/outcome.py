"""A variant read and held against its truth."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.golden.disclosed import facts_of, written
from tests.mutation.certainty import is_sure
from tests.mutation.draft import (
    Draft,
    Rendered,
    Tracked,
    Truth,
    printed_yuan,
    rendered,
    side_of,
)

from fiscograph.budget import FilingFacts, Outcome, Placement, PrintedAmount, label_key
from fiscograph.errors import FilingError
from fiscograph.pipeline import read_filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a variant's reading gets wrong: its kind, where, and both readings."""

    kind: str
    line: int
    printed: str
    true: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One variant: how many amounts came out how, and what went wrong, in reading order.

    ``right`` counts amounts that the original is sure of; ``open`` those that it leaves open itself;
    ``excused`` those that the variant truly leaves open, and the reader says so; ``refused`` is the reader's refusal; ``news`` the rules of the findings that
    the original does not have.
    """

    right: int = 0
    open: int = 0
    excused: int = 0
    faults: tuple[Fault, ...] = ()
    refused: str | None = None
    news: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """How many faults of a kind there are."""
        return sum(fault.kind == kind for fault in self.faults)


def compared(draft: Draft, *, excused: frozenset[str] = frozenset()) -> Compared:
    """Read a variant and compare it.

    Args:
        draft: the variant.
        excused: marks of the amounts that the variant truly leaves open: the reader may say so, and
            may not be sure of them.
    """
    variant = rendered(draft)
    with tempfile.TemporaryDirectory() as folder:
        try:
            read = read_filing(written(Path(folder), variant.text, draft.name, declared=False))
        except FilingError as error:
            return Compared(refused=error.reason)
    exempt = {id(draft.amounts[mark]) for mark in excused}
    return _compared(variant, read, news_of(draft.name, read), exempt)


def news_of(name: str, read: FilingFacts) -> tuple[str, ...]:
    """The rules of the findings and failing checks beyond those of the filing as disclosed."""
    before = facts_of(name)
    news = Counter(f.rule for f in read.findings) - Counter(f.rule for f in before.findings)
    failing = _failing(read) - _failing(before)
    return tuple(sorted({*news, *failing}))


def _failing(read: FilingFacts) -> Counter[str]:
    return Counter(f"check {c.rule}" for c in read.checks if c.outcome is Outcome.FAILS)


def _compared(
    variant: Rendered, read: FilingFacts, news: tuple[str, ...], exempt: set[int]
) -> Compared:
    places = {(a.place.line, a.place.start, a.place.end): a for a in read.printed_amounts}
    # what the narrative prints of a column is evidence that brute force does not weigh
    told_yuan = {tracked.yuan for tracked in variant.amounts.values() if tracked.truth is None}
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    for place, tracked in variant.amounts.items():
        if tracked.truth is None:
            continue
        kind = _kind(tracked.truth, places.get(place), exempt=id(tracked) in exempt)
        if kind in {"right", "open"} and id(tracked) in exempt and place in places:
            told = tracked.yuan in told_yuan
            kind = "overclaimed" if is_sure(places[place]) and not told else kind
        if kind == "right" and places[place].amount.yuan != printed_yuan(tracked):
            kind = "wrong value"
        counts[kind] += 1
        if kind not in {"right", "open", "excused"}:
            faults.append(_fault(kind, place, tracked, places.get(place)))
    for place, amount in places.items():
        if place not in variant.amounts and amount.placement is not Placement.UNPLACED:
            faults.append(
                Fault(
                    kind="invented",
                    line=place[0],
                    printed=amount.printed,
                    true="-",
                    read=_told(amount),
                )
            )
    return Compared(
        right=counts["right"],
        open=counts["open"],
        excused=counts["excused"],
        faults=tuple(sorted(faults, key=lambda f: (f.line, f.printed))),
        news=news,
    )


def _kind(truth: Truth, read: PrintedAmount | None, *, exempt: bool) -> str:
    if not truth.sure:
        return "wrong" if read is not None and _beyond(truth, read) else "open"
    if read is None or read.placement is Placement.UNPLACED:
        return "lost"
    if not is_sure(read):
        return "excused" if exempt else "chosen"
    same_path = read.column == truth.column and read.column_key != truth.column_key
    if read.column_key is None or same_path:
        return "unnamed"
    same_column = read.column_key == truth.column_key and side_of(read) == truth.side
    if not same_column or read.fiscal_year != truth.year:
        return "wrong"
    return "right" if _same_row(truth, read) else "wrong row"


def _beyond(truth: Truth, read: PrintedAmount) -> bool:
    """Whether a reading is sure of a column that the original, itself unsure, rules out."""
    allowed = read.column_key == truth.column_key or read.column in truth.open_to
    return is_sure(read) and _same_row(truth, read) and not allowed


def _same_row(truth: Truth, read: PrintedAmount) -> bool:
    if truth.row_code or read.row_code:
        return truth.row_code == read.row_code and _close(truth.row_label, read.row_label)
    return _close(truth.row_label, read.row_label)


def _close(one: str, other: str) -> bool:
    return label_key(one) == label_key(other)


def _fault(
    kind: str, place: tuple[int, int, int], tracked: Tracked, read: PrintedAmount | None
) -> Fault:
    truth = tracked.truth
    assert truth is not None
    true = f"{truth.form} {truth.row_code or ''} {truth.row_label} / {truth.side}{truth.column_key}"
    return Fault(
        kind=kind,
        line=place[0],
        printed=tracked.printed,
        true=true,
        read="-" if read is None else _told(read),
    )


def _told(read: PrintedAmount) -> str:
    column = f"{side_of(read)}{read.column_key}"
    row = f"{read.row_code or ''} {read.row_label[:40]}"
    return f"{read.form} {row} / {column} {read.placement.value} +{len(read.rivals)}"
