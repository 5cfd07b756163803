"""Segments: which lines belong to one printing of one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from fiscograph.budget import Unit
from fiscograph.forms.schema import Form, FormBook, Grammar
from fiscograph.provenance import Span
from fiscograph.tables import Line, Page, squeeze

_LABEL = re.compile(
    r"\(?(?:(?:附件|附表|附|表|财预|部门|预算|决算|批复|公开)+表?)[一二三四五六七八九十\d]+"
    r"(?:[-—]\d+)*表?\)?:?\Z"
)
_PAGE_NUMBER = re.compile(
    r"[-—–·]+\d{1,4}[-—–·]+\Z|第?\d{1,4}页(?:,?\(?共\d{1,4}页\)?)?\Z|\d{1,4}/\d{1,4}\Z"
)
_PREFIX = (
    r"(?:(?:附件|附表|表)?[一二三四五六七八九十\d\-]+[、.:])?(?!详见|参见|见附)"
    r"(?P<body>(?:(?!一般公共|政府性基金|国有资本|财政拨款|采购|三公|项目支出)[^,。;:、?!])*?)"
)
# What a title carries besides: its own number, the year, the classification that it is by.
_SUFFIX = r"(?:\([^()]{1,16}\)|续表)*"
_SECTION = re.compile(r"第[一二三四五六七八九十]+部分")
_UNIT = re.compile(
    r"(?:金额)?(?:计量)?(?:单位|金额)[:\-－—]?\(?(?:人民币)?\(?(?P<unit>元|千元|万元|亿元)\)*"
)
_BODY_LINE = re.compile(
    r"(?:预算|编制|填报|公开|主管|预算主管)?(?:部门|单位)(?:名称)?(?:\(公章\))?:(?P<name>\D{0,40})"
)
_TITLE_LIMIT = 70
_PARAGRAPH = 60


@dataclass(slots=True)
class Segment:
    """The lines of one printing of a form, growing while the source is read."""

    form: Form | None = None
    title: str = ""
    title_span: Span | None = None
    title_late: bool = False
    labelled: bool = False
    unit: Unit | None = None
    lines: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    titles: list[Line] = field(default_factory=list)

    @property
    def all_lines(self) -> tuple[int, ...]:
        return tuple(sorted({line.number for line in (*self.lines, *self.furniture)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A line that prints the title of a form (``form`` None: of a form that is not known)."""

    form: Form | None
    line: Line
    complete: bool


def title_of(line: Line, book: FormBook) -> Title | None:
    """The title that a line prints, if it prints one and nothing else."""
    text = "".join(cell.squeezed for cell in line.words)
    if len(text) > _TITLE_LIMIT or ("支" not in text and "表" not in text and "经费" not in text):
        return None
    spaced_out = all(len(cell.text) <= 2 for cell in line.words[1:])
    if (len(line.words) > 6 and not spaced_out) or any(
        cell.number is not None for cell in line.words[1:]
    ):
        return None
    best: tuple[int, Form] | None = None
    for form in book.forms:
        for pattern in form.titles:
            match = re.fullmatch(f"{_PREFIX}(?P<title>{pattern.pattern}){_SUFFIX}", text)
            if match and (best is None or len(match["title"]) > best[0]):
                best = (len(match["title"]), form)
    complete = re.search(r"表(\(|\Z|续)", text) is not None
    if best is not None:
        return Title(form=best[1], line=line, complete=complete)
    if (
        text.endswith("表")
        and re.fullmatch(r"[^,。;:、?!]{4,60}表", text)
        and "表" not in text[:-1]
    ):
        return Title(form=None, line=line, complete=True)
    return None


def unit_of(text: str) -> Unit | None:
    """The unit that a line such as ``单位：万元`` names for its table."""
    match = _UNIT.search(squeeze(text))
    return None if match is None else Unit.from_printed(match["unit"])


def is_page_number(line: Line) -> bool:
    """Whether a line prints nothing but the number of its page: - 3 -, 第 3 页 共 20 页."""
    return _PAGE_NUMBER.match(line.squeezed) is not None


def is_furniture(line: Line) -> bool:
    """Whether a line only labels a table or names its unit or department."""
    text = line.squeezed
    if _LABEL.fullmatch(text) or _UNIT.fullmatch(text):
        return True
    return _BODY_LINE.fullmatch(_UNIT.sub("", text)) is not None


def body_of(line: Line) -> str | None:
    """The name that a line such as ``编制部门：…`` gives, without the unit that may follow it."""
    match = _BODY_LINE.fullmatch(_UNIT.sub("", line.squeezed))
    return (match["name"] or None) if match is not None else None


def segments_of(pages: Iterable[Page], book: FormBook) -> tuple[list[Segment], list[Line]]:
    """Cut the pages of a source into segments.

    Returns:
        the segments in reading order, and the lines outside of every segment (the narrative).
    """
    cutter = _Cutter(book)
    for page in pages:
        lines = [line for line in page.lines if not is_page_number(line)]
        for index, line in enumerate(lines):
            following = lines[index + 1] if index + 1 < len(lines) else None
            cutter.take(line, following, page.number)
    return cutter.segments, cutter.loose


class _Cutter:
    def __init__(self, book: FormBook) -> None:
        self.book = book
        self.segments: list[Segment] = []
        self.loose: list[Line] = []
        self.current: Segment | None = None

    def take(self, line: Line, following: Line | None, page: int) -> None:
        if self._closes(line):
            self.current = None
            self.loose.append(line)
            return
        if _LABEL.fullmatch(line.squeezed):
            self._label().furniture.append(line)
        elif (title := self._title(line, following)) is not None:
            self._entitle(title)
        elif self.current is None:
            self.loose.append(line)
            return
        else:
            self._add(self.current, line)
        if self.current is not None and page not in self.current.pages:
            self.current.pages.append(page)

    def _add(self, current: Segment, line: Line) -> None:
        unit = unit_of(line.text)
        if unit is not None and current.unit is None:
            current.unit = unit
        if is_furniture(line):
            current.furniture.append(line)
        else:
            current.lines.append(line)

    def _closes(self, line: Line) -> bool:
        """Whether a line ends the table before it: a new part of the filing, or a paragraph."""
        if self.current is None:
            return _SECTION.match(line.squeezed) is not None
        if _SECTION.match(line.squeezed):
            return True
        form = self.current.form
        in_sheet = form is not None and form.grammar in {Grammar.SHEET, Grammar.PROJECT_LIST}
        if in_sheet or line.drawn or self.current.labelled:
            return False
        text = line.squeezed
        return len(text) > _PARAGRAPH and "。" in text and not text.startswith("备注")

    def _title(self, line: Line, following: Line | None) -> Title | None:
        title = title_of(line, self.book)
        if title is None:
            return None
        if title.form is None and self.current is not None:
            form = self.current.form
            if form is not None and form.grammar in {Grammar.SHEET, Grammar.PROJECT_LIST}:
                return None
        if not title.complete and (following is None or unit_of(following.text) is None):
            return None
        return title

    def _entitle(self, title: Title) -> None:
        current = self.current
        late = current is not None and bool(current.lines)
        if current is not None and current.title_late and title.form is current.form:
            current.titles.append(title.line)
            current.lines.append(title.line)
            return
        if current is None or (late and not (current.labelled and current.title_span is None)):
            current = self._open(labelled=False)
            late = False
        words = title.line.words
        span = Span(line=title.line.number, start=words[0].span.start, end=words[-1].span.end)
        if current.title_span is None or title.form is not None:
            current.form, current.title = title.form, title.line.text.strip()
            current.title_span, current.title_late = span, late
        current.titles.append(title.line)
        current.furniture.append(title.line)

    def _label(self) -> Segment:
        """The segment that a label belongs to: the one just entitled, else a new one."""
        current = self.current
        if current is not None and current.title_span is not None and not current.lines:
            return current
        return self._open_if_used(labelled=True)

    def _open_if_used(self, *, labelled: bool) -> Segment:
        if self.current is None or self.current.lines or self.current.title_span is not None:
            return self._open(labelled=labelled)
        self.current.labelled = labelled
        return self.current

    def _open(self, *, labelled: bool) -> Segment:
        self.current = Segment(labelled=labelled)
        self.segments.append(self.current)
        return self.current
