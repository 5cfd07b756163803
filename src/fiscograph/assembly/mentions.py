"""Citations of a filing: which field mentions which document, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fiscograph.assembly.linking import Read, linked
from fiscograph.assembly.policy_keys import policy_key
from fiscograph.assembly.texts import passage_of, text_field
from fiscograph.budget import (
    Citation,
    CodeLists,
    DocumentRelation,
    Filing,
    MentionKind,
    PerformanceIndicator,
    TextField,
)
from fiscograph.citations import CodeBook, Mention, Tie, mentions_in, ties_in
from fiscograph.provenance import Place, Span
from fiscograph.tables import Cell, Line

WHOLE, NARRATIVE, INDICATOR, ELSEWHERE = "整体", "说明", "绩效指标", "表内文字"
# A line that may hold a number or a title: only such lines are read again outside of texts.
_MAY_CITE = re.compile(
    r"《|[12][\d０-９]{3}\s*年?\s*[〕﹞\]】）)〉>］＞」]\s*第?\s*\d|号令|令\s*第|公告"
)
_FOLD = "\x00"
# A number that a fold cuts: in its year, before its serial number, or within that.
_OPEN_NUMBER = re.compile(
    r"[〔﹝\[【（(]\s*(?:[12]\d{0,3})?\x00\d{0,4}\s*[〕﹞\]】）)]|"
    r"[\u4e00-\u9fff]\x00[〔﹝\[【（(]\s*[12]\d{3}\s*[〕﹞\]】）)]\s*第?\s*\d|"
    r"[12]\d{3}\s*[〕﹞\]】）)]\s*第?\s*\d{0,5}\x00\s*\d{0,5}\s*号"
)
_BEGINS_WITH_YEAR = re.compile(r"\s*[〔﹝\[【（(]\s*[12]\d{3}\s*[〕﹞\]】）)]\s*第?\s*\d")
_MOST_FOLDS, _BLANKS = 6, 3

Citing = tuple[str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The citations of a filing by place, and what its sentences say of two documents."""

    citations: tuple[Citation, ...]
    relations: tuple[DocumentRelation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    filing: Filing
    lines: Sequence[str]
    book: CodeBook

    def read(self, text: TextField, citing: Citing, *, narrative: bool = False) -> Read | None:
        """The citations of one text; None where it has none."""
        mentions = tuple(
            one for one in mentions_in(text.text, self.book) if one.narrative or not narrative
        )
        if not mentions:
            return None
        return Read(
            citations=tuple(self._citation(one, text, citing) for one in mentions),
            mentions=mentions,
            ties=ties_in(text.text, mentions),
        )

    def _citation(self, mention: Mention, text: TextField, citing: Citing) -> Citation:
        place, printed = passage_of(text, mention.start, mention.end, self.lines)
        span = mention.number_span
        return Citation(
            place=place,
            field=text.field,
            project=citing[0],
            cited_by=citing[1],
            printed=printed,
            number=mention.number,
            title=mention.title,
            policy=policy_key(mention, self.filing.region, self.book),
            score=mention.score,
            kind=mention.kind,
            printed_number=None if span is None else passage_of(text, *span, self.lines)[1],
            serial=mention.serial,
        )


def citations_of(
    filing: Filing,
    projects: Iterable[tuple[str, str, Sequence[TextField]]],
    targets: Sequence[TextField],
    narrative: Sequence[Line],
    indicators: Sequence[PerformanceIndicator],
    *,
    lines: Sequence[str],
    lists: CodeLists,
) -> Cited:
    """Every mention of a document in project names, sheets, targets, narrative, and anywhere else.

    Args:
        filing: the filing; its region qualifies codes that any district could use.
        projects: key, what it is cited by (code, else name) and texts of each project budget.
        targets: the texts of the whole department.
        narrative: the lines outside of tables.
        indicators: the rows of the target sheets, whose own words may cite.
        lines: all lines of the source.
        lists: the issuers and the signs of regions.
    """
    source = filing.sources[0].sha256
    reader = _Reader(
        filing=filing, lines=lines, book=CodeBook(issuers=lists.issuers, signs=lists.signs)
    )
    names: dict[str, str] = {}
    texts: list[TextField] = []
    found: list[Read | None] = []
    for key, cited_by, own in projects:
        names[key] = cited_by
        texts.extend(own)
        found.extend(reader.read(text, (key, cited_by)) for text in own)
    texts.extend(targets)
    found.extend(reader.read(text, (None, WHOLE)) for text in targets)
    prose = _paragraphs(narrative, source)
    texts.extend(prose)
    found.extend(reader.read(text, (None, NARRATIVE), narrative=True) for text in prose)
    found.extend(_elsewhere(reader, texts, indicators, names))
    reads = [read for read in found if read is not None]
    citations, relations = linked(reads)
    return Cited(citations=_distinct(citations), relations=relations)


def _distinct(found: Sequence[Citation]) -> tuple[Citation, ...]:
    """One printing may be read under two fields; a place and what it cites are one mention."""
    unique = {(c.place, c.number, c.title): c for c in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda c: (c.place, c.field, c.printed)))


def _elsewhere(
    reader: _Reader,
    texts: Iterable[TextField],
    indicators: Iterable[PerformanceIndicator],
    names: Mapping[str, str],
) -> list[Read | None]:
    """Numbers and titles in lines that no text has read: indicators, notes, headings, unknown
    tables. What is vague counts in texts alone.
    """
    owners = {one.place.line: one.project for one in indicators}
    hits = [at for at, line in enumerate(reader.lines, 1) if _MAY_CITE.search(line)]
    if not hits:
        return []
    covered: dict[int, list[Place]] = {}
    for text in texts:
        for part in text.parts:
            covered.setdefault(part.line, []).append(part)
    found: list[Read | None] = []
    done = 0
    for number in hits:
        if number <= done or not _MAY_CITE.search(_left(reader.lines, number, covered)):
            continue
        first = _head(reader.lines, number, covered)
        field = INDICATOR if number in owners else ELSEWHERE
        text, done = _folded(reader, first, covered, field)
        done = max(done, number)
        project = owners.get(number)
        cited_by = names[project] if project else WHOLE if number in owners else NARRATIVE
        read = reader.read(text, (project, cited_by))
        found.append(None if read is None else _certain(read))
    return found


def _head(lines: Sequence[str], number: int, covered: Mapping[int, Sequence[Place]]) -> int:
    """The line before, where a line begins with the bracket after a code; else the line itself."""
    if number not in covered and _BEGINS_WITH_YEAR.match(lines[number - 1]):
        for at in range(number - 1, max(0, number - _BLANKS), -1):
            if at in covered:
                break
            if lines[at - 1].strip():
                return at
    return number


def _folded(
    reader: _Reader, first: int, covered: Mapping[int, Sequence[Place]], field: str
) -> tuple[TextField, int]:
    """The rest of a line with the lines in which its title or number goes on; the last of them."""
    source = reader.filing.sources[0].sha256
    pieces = [_left(reader.lines, first, covered)]
    numbers = [first]
    following = (
        at for at in range(first + 1, len(reader.lines) + 1) if reader.lines[at - 1].strip()
    )
    for at in following:
        piece = _left(reader.lines, at, covered)
        if len(pieces) == _MOST_FOLDS or at in covered or not _goes_on("".join(pieces), piece):
            break
        pieces.append(piece)
        numbers.append(at)
    parts = tuple(
        Place(source=source, span=Span(line=at, start=1, end=len(piece)))
        for at, piece in zip(numbers, pieces, strict=True)
    )
    return TextField(field=field, text="".join(pieces), parts=parts), numbers[-1]


def _goes_on(text: str, following: str) -> bool:
    """Whether a line ends within a title or within a number that the next line ends."""
    if text.rfind("《") > text.rfind("》"):
        return True
    return _OPEN_NUMBER.search(text.rstrip() + _FOLD + following.lstrip()) is not None


def _left(lines: Sequence[str], number: int, covered: Mapping[int, Sequence[Place]]) -> str:
    return _without(lines[number - 1], covered.get(number, ()))


def _certain(read: Read) -> Read:
    kept = [at for at, mention in enumerate(read.mentions) if mention.kind is not MentionKind.VAGUE]
    at_new = {old: new for new, old in enumerate(kept)}
    return Read(
        citations=tuple(read.citations[at] for at in kept),
        mentions=tuple(read.mentions[at] for at in kept),
        ties=tuple(
            Tie(kind=tie.kind, subject=at_new[tie.subject], object=at_new[tie.object])
            for tie in read.ties
        ),
    )


def _without(line: str, parts: Iterable[Place]) -> str:
    """The line with what texts have read of it blanked out: same length, same places."""
    chars = list(line)
    for part in parts:
        for at in range(part.start - 1, min(part.end, len(chars))):
            chars[at] = "\t"
    return "".join(chars)


def _paragraphs(lines: Sequence[Line], source: str) -> list[TextField]:
    """The narrative as texts: lines joined until a sentence ends at a line's end."""
    texts: list[TextField] = []
    cells: list[Cell] = []
    for line in lines:
        cells.extend(line.words)
        if line.squeezed.endswith(("。", "；")) or line.drawn:
            texts.append(text_field(NARRATIVE, cells, source))
            cells = []
    if cells:
        texts.append(text_field(NARRATIVE, cells, source))
    return texts
