"""Titles of tables that are cut off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from fiscograph.budget import Finding, Severity
from fiscograph.forms.segments import unit_of
from fiscograph.provenance import Place, Span
from fiscograph.reconciliation.findings.announced import announced_tables
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.tables import squeeze

_ENDS = re.compile(r"表(?:\([^()]*\)|续表?)*\Z")
_PAIRS = ("()", "《》", "〈〉", "[]", "【】")
_LEAST_NAME, _LEAST_LEFT, _SHARED_BY = 6, 4, 3
_OPEN = re.compile(r"[^,。;:、()]{4,50}表\([^()]{1,20}\Z")
_WORDS = re.compile(r"[^\d\W]{2,40}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    text: str
    span: Span

    @property
    def squeezed(self) -> str:
        return squeeze(self.text)


def titles_cut_off(evidence: Evidence) -> Iterator[Finding]:
    """Titles without their end, without their beginning, or with half a pair of brackets.

    A table that is continued over pages raises one finding for its title.
    """
    titles = _titles(evidence)
    name = _common_beginning([title.squeezed for title in titles])
    once = {title.squeezed: title for title in titles}
    for title in _cut_unread(evidence, name):
        once.setdefault(title.squeezed, title)
    for title in once.values():
        reason = _fault(title, name, evidence)
        if reason is None:
            continue
        zh, en = reason
        again = [
            Place(source=evidence.source, span=Span(line=number, start=1, end=len(line.rstrip())))
            for number, line in enumerate(evidence.lines, start=1)
            if number != title.span.line and squeeze(line) == title.squeezed
        ]
        yield Finding(
            rule="title-cut-off",
            severity=Severity.NOTICE,
            place=evidence.at(title.span),
            message_zh=f"第{title.span.line}行：表题“{title.text}”不完整，{zh}。",
            message_en=f"Line {title.span.line}: the title {title.text!r} is cut off; {en}.",
            printed=title.text,
            expected=None,
            about=tuple(again),
        )


def _titles(evidence: Evidence) -> list[_Title]:
    """The printed titles of all tables, each text once, in reading order."""
    layout = evidence.layout
    printed = [
        *((grid.title_span, grid.title) for grid in layout.grids),
        *((table.title_span, table.title) for table in layout.unknown),
        *((sheet.title_span, sheet.title) for sheet in layout.sheets),
    ]
    found = {span: text.strip() for span, text in printed if span is not None and text.strip()}
    # The funds within a sheet are titled by their field, which is no title of a table.
    fields = {field.label_span for sheet in evidence.layout.sheets for field in sheet.fields}
    once: dict[str, _Title] = {}
    for span in sorted(found):
        if span not in fields:
            once.setdefault(squeeze(found[span]), _Title(text=found[span], span=span))
    return list(once.values())


def _cut_unread(evidence: Evidence, name: str) -> Iterator[_Title]:
    """Lines that stand where titles stand, and were not read as one because they are cut off.

    Such a line begins as most titles do and is followed by the table's unit, or it opens a bracket
    after the title that is closed nowhere.
    """
    listed = {entry.span.line for entry in announced_tables(evidence.pages)}
    for page in evidence.pages:
        for line, following in zip(page.lines, [*page.lines[1:], None], strict=True):
            text = line.squeezed
            rest = text.removeprefix(name) if name and text.startswith(name) else ""
            headed = following is not None and unit_of(following.text) is not None
            cut = headed and not _ENDS.search(text) and _WORDS.match(rest) is not None
            if line.number in listed or not (cut or _OPEN.match(text)):
                continue
            span = Span(
                line=line.number, start=line.words[0].span.start, end=line.words[-1].span.end
            )
            yield _Title(text=line.text.strip(), span=span)


def _fault(title: _Title, name: str, evidence: Evidence) -> tuple[str, str] | None:
    text = title.squeezed
    if not _ENDS.search(text):
        if _goes_on(title, evidence):
            return None
        if _OPEN.match(text):
            return "括号不成对", "its bracket is not closed"
        return "末尾缺“表”字，标题在印出前被截断", "it does not end as the title of a table does"
    for pair in _PAIRS:
        if text.count(pair[0]) != text.count(pair[1]):
            return f"“{pair}”不成对", f"the brackets {pair} do not match"
    lost = _lost_beginning(text, name)
    # What is left of a title is no form's title of its own: 财政拨款收支总表 has lost nothing.
    if lost and not _is_of_a_form(text, evidence):
        return (
            f"开头缺“{lost}”，他表均以“{name}”开头",
            f"its beginning {lost!r} is lost, by which the other titles begin",
        )
    return None


def _is_of_a_form(text: str, evidence: Evidence) -> bool:
    forms = {grid.form.id: grid.form for grid in evidence.layout.grids}
    return any(pattern.fullmatch(text) for form in forms.values() for pattern in form.titles)


def _goes_on(title: _Title, evidence: Evidence) -> bool:
    """Whether the next lines go on with the title up to its end."""
    text = title.squeezed
    for line in evidence.lines[title.span.line : title.span.line + 3]:
        following = squeeze(line)
        if not following:
            continue
        text += following
        if _ENDS.search(text):
            return True
        if len(following) > _LEAST_NAME:
            return False
    return False


def _common_beginning(titles: Sequence[str]) -> str:
    """The name that most titles begin with: that of the department."""
    shared: Counter[str] = Counter()
    for at, one in enumerate(titles):
        for other in titles[at + 1 :]:
            begin = _shared_beginning(one, other)
            if len(begin) >= _LEAST_NAME:
                shared[begin] += 1
    best = [begin for begin, count in shared.most_common() if count >= _SHARED_BY]
    if not best:
        return ""
    covering = Counter({begin: sum(t.startswith(begin) for t in titles) for begin in best})
    most = max(covering.values())
    return max((begin for begin in best if covering[begin] == most), key=len)


def _shared_beginning(one: str, other: str) -> str:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(char for char, _ in same)


def _lost_beginning(title: str, name: str) -> str:
    """What of the common beginning a title has lost; empty where it begins with all or none."""
    if not name or title.startswith(name):
        return ""
    for at in range(1, len(name) - _LEAST_LEFT + 1):
        if title.startswith(name[at:]):
            return name[:at]
    return ""
