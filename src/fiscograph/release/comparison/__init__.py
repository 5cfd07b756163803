"""Two releases told apart at the level that a person cares about.

Read are the CSV tables, row by row, and only the rows of filings whose graphs differ are kept, a
batch of filings at a time. A filing that only one release has is one change, which says how much
it holds, and its rows are not told one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fiscograph.release.comparison.matching import Change, Difference, Kind, change, matched
from fiscograph.release.comparison.sides import Side
from fiscograph.release.comparison.subjects import FILINGS, SUBJECTS, Row, Subject

__all__ = ["SUBJECTS", "Change", "Comparison", "Difference", "Kind", "Side", "compare"]

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``changes`` are in the order of :data:`SUBJECTS`, then of filings and of the print."""

    old: Side
    new: Side
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether both say the same, though their files may differ by who wrote them."""
        return not self.changes

    @property
    def counts(self) -> Mapping[str, Mapping[Kind, int]]:
        """How much appeared, vanished and changed, for each table in which anything did."""
        counted = Counter((one.table, one.kind) for one in self.changes)
        return {
            subject.table: {kind: counted[subject.table, kind] for kind in Kind}
            for subject in SUBJECTS
            if any(counted[subject.table, kind] for kind in Kind)
        }


def compare(old: Path, new: Path) -> Comparison:
    """Compare two release folders.

    Raises:
        NotAReleaseError: one of them holds no release.
        ManifestError: a manifest or a table is damaged.
    """
    left, right = Side.of(old), Side.of(new)
    if left.identity and left.identity == right.identity:
        return Comparison(old=left, new=right, changes=())
    changes = [*_filings(left, right)]
    for subject in SUBJECTS:
        if not subject.by_filing and subject is not FILINGS:
            changes += _changes(subject, [*left.rows(subject.table)], [*right.rows(subject.table)])
    both = sorted(
        filing
        for filing in left.graphs.keys() & right.graphs.keys()
        if left.graphs[filing] != right.graphs[filing]
    )
    for start in range(0, len(both), _BATCH):
        changes += _of_filings(frozenset(both[start : start + _BATCH]), left, right)
    place = {subject.table: number for number, subject in enumerate(SUBJECTS)}
    return Comparison(
        old=left, new=right, changes=tuple(sorted(changes, key=lambda one: _order(one, place)))
    )


def _filings(left: Side, right: Side) -> Iterator[Change]:
    """What became of whole filings; one that is not in both says how much it holds."""
    pairs = [*matched(FILINGS, left.filings(), right.filings())]
    gone = frozenset(old["filing"] for old, new in pairs if old and not new)
    come = frozenset(new["filing"] for old, new in pairs if new and not old)
    counted = [subject for subject in SUBJECTS if subject.by_filing]
    held = {subject.table: left.counts(subject, gone) for subject in counted if gone}
    holds = {subject.table: right.counts(subject, come) for subject in counted if come}
    for old, new in pairs:
        row: Row = new or old or {}
        told = change(FILINGS, old, new, row["filing"])
        if told is None:
            continue
        if told.kind is Kind.CHANGED:
            yield told
            continue
        more = tuple(
            Difference(
                column=subject.table,
                old=_number(held, subject, row) if told.kind is Kind.VANISHED else "",
                new=_number(holds, subject, row) if told.kind is Kind.APPEARED else "",
            )
            for subject in counted
        )
        yield replace(told, differences=(*told.differences, *more))


def _number(of: Mapping[str, Counter[str]], subject: Subject, row: Row) -> str:
    return str(of[subject.table][row["filing"]])


def _of_filings(wanted: frozenset[str], left: Side, right: Side) -> Iterator[Change]:
    for subject in SUBJECTS:
        if subject.by_filing:
            old, new = left.by_filing(subject, wanted), right.by_filing(subject, wanted)
            for filing in sorted(wanted):
                yield from _changes(subject, old.get(filing, ()), new.get(filing, ()), filing)


def _changes(
    subject: Subject, old: Sequence[Row], new: Sequence[Row], filing: str = ""
) -> Iterator[Change]:
    for before, after in matched(subject, old, new):
        told = change(subject, before, after, filing)
        if told is not None:
            yield told


def _order(one: Change, place: Mapping[str, int]) -> tuple[int, str, tuple[int, int], str]:
    """The same for a change and its mirror image, but for the name of what was renamed."""
    lines = sorted(int(line) for line in (one.old_line, one.new_line) if line.isdigit())
    first, last = (lines[0], lines[-1]) if lines else (0, 0)
    return place[one.table], one.filing, (first, last), one.name
