"""Notes that say that a table has no numbers: below the wrong table, or below one that has some."""

from __future__ import annotations

from collections.abc import Iterator

from fiscograph.budget import Finding, Severity
from fiscograph.placement import PlacedGrid
from fiscograph.provenance import Span
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.words import load_words
from fiscograph.tables import squeeze

_NOTE_WITHIN = 8
_LONGEST_NOTE = 80


def prints_amounts(grid: PlacedGrid) -> bool:
    """Whether any number of a table was read."""
    return any(row.cells for row in grid.rows)


def note_of(region: tuple[int, int], evidence: Evidence) -> Span | None:
    """The note in a table, or shortly below it, that says that it has no numbers.

    Args:
        region: the first and the last line of the table.
        evidence: the filing.
    """
    words = load_words().empty
    first, last = region
    layout = evidence.layout
    starts = [
        lines[0]
        for lines in (*(g.lines for g in layout.grids), *(t.lines for t in layout.unknown))
        if lines[0] > last
    ]
    end = min([last + _NOTE_WITHIN, len(evidence.lines), *(start - 1 for start in starts)])
    for number in range(first, end + 1):
        own, following = _folded(number, end, evidence)
        begins = own and any(n in own + following and n not in following for n in words.notes)
        if begins:
            return _whole_line(number, evidence)
    return None


def _folded(number: int, end: int, evidence: Evidence) -> tuple[str, str]:
    """A line and the one after it, squeezed: a note may go on in the next."""
    following = squeeze(evidence.lines[number]) if number < end else ""
    return squeeze(evidence.lines[number - 1]), following


def _whole_line(number: int, evidence: Evidence) -> Span:
    line = evidence.lines[number - 1]
    printed = line.strip()
    start = line.index(printed) + 1
    return Span(line=number, start=start, end=start + len(printed) - 1)


def notes_of_other_tables(evidence: Evidence) -> Iterator[Finding]:
    """Notes below an empty table that speak of another fund than its title does."""
    words = load_words().empty
    tables = [
        *(
            (g.grid.title, g.grid.title_span, g.grid.lines)
            for g in evidence.grids
            if not prints_amounts(g)
        ),
        *((t.title, t.title_span, t.lines) for t in evidence.layout.unknown if not t.rows),
    ]
    for printed_title, span, lines in tables:
        title, note = printed_title.strip(), note_of((lines[0], lines[-1]), evidence)
        if note is None or span is None:
            continue
        own = words.topics_of(squeeze(title))
        others = words.topics_of("".join(_folded(note.line, len(evidence.lines), evidence)))
        if not own or not others or set(own) & set(others):
            continue
        yield Finding(
            rule="note-of-another-table",
            severity=Severity.NOTICE,
            place=evidence.at(note),
            message_zh=f"第{note.line}行：“{title}”下的说明讲的是{others[0]}，不是{own[0]}。",
            message_en=(
                f"Line {note.line}: the note below {title!r} speaks of {others[0]}, not of "
                f"{own[0]}."
            ),
            printed=evidence.printed(evidence.at(note)),
            expected=own[0],
            about=(evidence.at(span),),
        )


def said_empty(evidence: Evidence) -> Iterator[Finding]:
    """Tables that print amounts, and a note that they have none."""
    words = load_words().empty
    known: list[tuple[int, int, bool]] = [
        (grid.grid.lines[0], grid.grid.lines[-1], _has_money(grid)) for grid in evidence.grids
    ]
    known += [
        (table.lines[0], table.lines[-1], bool(table.rows)) for table in evidence.layout.unknown
    ]
    for first, last, money in known:
        if not money:
            continue
        starts = [start for start, _, _ in known if start > last]
        end = min([last, *(start - 1 for start in starts)])
        for number in range(first, end + 1):
            text = squeeze(evidence.lines[number - 1])
            if not any(note in text for note in words.notes) or len(text) > _LONGEST_NOTE:
                continue
            place = evidence.at(_whole_line(number, evidence))
            yield Finding(
                rule="table-said-empty",
                severity=Severity.WARNING,
                place=place,
                message_zh=f"第{number}行：注明此表无数据，而表中（第{first}行起）印有金额。",
                message_en=(
                    f"Line {number}: a note says that the table has no numbers, where amounts are "
                    f"printed in it from line {first}."
                ),
                printed=evidence.printed(place),
                expected=None,
                about=(),
            )


def _has_money(grid: PlacedGrid) -> bool:
    return any(cell.number.value for row in grid.rows for cell in row.cells)
