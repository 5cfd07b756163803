"""Tables that a list of contents announces and that are nowhere printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fiscograph.budget import Finding, Severity
from fiscograph.forms.titles import title_of
from fiscograph.provenance import Span
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.tables import Line, Page, pages_of, squeeze

_ENTRY = re.compile(
    r"[-—·•]*(?:\(?(?:附件|附表|表)?(?:[一二三四五六七八九十]+|\d+(?:-\d+)*)\)?[、.:,])"
    r"(?P<title>\D.*)\Z"
)
_TITLE = re.compile(r"(?P<title>.*?表)(?:\([^()]*\))*[.·…]*\d*\Z")
# What one printing of a title adds to another: the year, whose it is, that it is the year's budget.
_ADDED = re.compile(r"20\d\d年?度?|部门|单位|预算|决算|情况|[,、]")
_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_ENTRIES, _LIKE, _LONGEST = 3, 0.75, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An entry of a list of contents: the title of a table, with its lines."""

    title: str
    span: Span
    last_line: int


def announced_tables(pages: Sequence[Page]) -> tuple[Announced, ...]:
    """The tables of a list of contents: three entries or more that follow on each other.

    An entry may be folded over lines; an entry that is no table's ends nothing.
    """
    printed = [line for page in pages for line in page.lines]
    runs: list[list[Announced]] = [[]]
    at = 0
    while at < len(printed):
        entry, used = _entry(printed, at)
        if entry is not None:
            runs[-1].append(entry)
        elif used == 0:
            runs.append([])
        at += max(used, 1)
    return tuple(entry for run in runs if len(run) >= _ENTRIES for entry in run)


def _entry(printed: Sequence[Line], at: int) -> tuple[Announced | None, int]:
    """The entry that begins at a line, and how many lines it takes; 0 for a line that is none."""
    line = printed[at]
    match = _ENTRY.match(line.squeezed)
    if match is None or any(cell.number is not None and "." in cell.text for cell in line.words):
        return None, 0
    text = match["title"]
    following = printed[at + 1].squeezed if at + 1 < len(printed) else ""
    folded = text + following if _folds(text, following) else ""
    for used, whole in enumerate((_TITLE.match(text), _TITLE.match(folded)), start=1):
        if whole is not None:
            words, last = line.words, printed[at + used - 1].number
            span = Span(line=line.number, start=words[0].span.start, end=words[-1].span.end)
            return Announced(title=whole["title"], span=span, last_line=last), used
    return None, 1


def _folds(text: str, following: str) -> bool:
    """Whether an entry may go on in the next line: no entry of its own and no part's heading."""
    if not following or _ENTRY.match(following) or _PART.search(text + following):
        return False
    return len(text) + len(following) <= _LONGEST


def tables_not_printed(evidence: Evidence) -> Iterator[Finding]:
    """Announced tables of which neither a form, nor a title, nor the words stand elsewhere."""
    announced = announced_tables(evidence.pages)
    if not announced:
        return
    listed = {n for entry in announced for n in range(entry.span.line, entry.last_line + 1)}
    rest = "".join(
        squeeze(line) for number, line in enumerate(evidence.lines, start=1) if number not in listed
    )
    titles = [squeeze(title) for title, _ in evidence.layout.titles]
    forms = _forms(evidence)
    for entry in announced:
        if entry.title in rest or _form_of(entry, evidence) in forms:
            continue
        if any(_alike(entry.title, title) for title in titles if title != entry.title):
            continue
        line = entry.span.line
        yield Finding(
            rule="table-not-printed",
            severity=Severity.WARNING,
            place=evidence.at(entry.span),
            message_zh=f"第{line}行：目录列有“{entry.title}”，正文中没有这张表。",
            message_en=(
                f"Line {line}: the contents announce the table {entry.title!r}, which is nowhere "
                "printed."
            ),
            printed=entry.title,
            expected=None,
            about=(),
        )


def _forms(evidence: Evidence) -> set[str]:
    """The forms of all tables that are printed."""
    return {
        *(grid.form.id for grid in evidence.layout.grids if grid.lines),
        *(sheet.form.id for sheet in evidence.layout.sheets),
    }


def _form_of(entry: Announced, evidence: Evidence) -> str | None:
    printed = [line for page in pages_of([entry.title]) for line in page.lines]
    title = title_of(printed[0], evidence.book) if printed else None
    return title.form.id if title is not None and title.form is not None else None


def _alike(one: str, other: str) -> bool:
    """Whether two titles share most of their pairs of characters, without what printings add."""
    left, right = _pairs(one), _pairs(other)
    return bool(left and right) and 2 * len(left & right) / (len(left) + len(right)) >= _LIKE


def _pairs(title: str) -> set[str]:
    bare = _ADDED.sub("", title)
    return {bare[at : at + 2] for at in range(len(bare) - 1)}
