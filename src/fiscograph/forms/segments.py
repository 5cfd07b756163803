"""Segments: which lines belong to one printing of one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fiscograph.budget import Unit
from fiscograph.forms.contents import contents_of
from fiscograph.forms.schema import Form, FormBook, Grammar
from fiscograph.forms.titles import (
    LABEL,
    SECTION,
    Title,
    ends_with_unit,
    is_furniture,
    is_page_number,
    refers,
    title_of,
    unit_of,
)
from fiscograph.provenance import Span
from fiscograph.tables import Line, Page

__all__ = ["Segment", "segments_of", "unit_of"]

# What a heading of the narrative ends with; a table ends before it.
_HEADING = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]+\)?[、.]?)?[^,。;:]{2,40}(?:情况的?说明|情况分析|名词解释|概况|主要职能|机构设置)\Z"
)
# A numbered heading of the narrative: 二、情况说明. Rows are numbered otherwise.
_SECTION_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、[^,。;:]{0,36}(?:情况的?说明|情况分析|名词解释|概况|主要职能|机构设置)\Z"
)
_NUMBERED_SENTENCE = re.compile(
    r"(?:\(?[一二三四五六七八九十]+\)?[、.]?|\(?\d{1,2}[)、.])(?=\D).*[,。]"
)
_PARAGRAPH = 60
# So much of a folded title stands on its second line.
_TITLE_END = 8


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

    @property
    def label(self) -> str:
        """The label that the table carries (表二), squeezed; "" without one."""
        texts = (line.squeezed for line in self.furniture)
        return next((text for text in texts if LABEL.fullmatch(text)), "")


def segments_of(pages: Iterable[Page], book: FormBook) -> tuple[list[Segment], list[Line]]:
    """Cut the pages of a source into segments.

    Returns:
        the segments in reading order, and the lines outside of every segment (the narrative).
    """
    cutter = _Cutter(book)
    placed = [
        (line, page.number) for page in pages for line in page.lines if not is_page_number(line)
    ]
    lines = [line for line, _ in placed]
    listed = contents_of(lines, book)
    for index, (line, page_number) in enumerate(placed):
        if line.number in listed:
            cutter.leave(line)
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        same_page = following is not None and placed[index + 1][1] == page_number
        cutter.take(line, following if same_page else None, page_number)
    return cutter.segments, cutter.loose


class _Cutter:
    def __init__(self, book: FormBook) -> None:
        self.book = book
        self.segments: list[Segment] = []
        self.loose: list[Line] = []
        self.current: Segment | None = None
        self.folded: Line | None = None

    def leave(self, line: Line) -> None:
        """A line that belongs to no table and ends the one before it."""
        self.current = None
        self.loose.append(line)

    def take(self, line: Line, following: Line | None, page: int) -> None:
        if line is self.folded and self.current is not None:
            self.current.furniture.append(line)
            return
        if self._closes(line):
            self.leave(line)
            return
        if LABEL.fullmatch(line.squeezed):
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
        sheet = current.form is not None and current.form.grammar is Grammar.SHEET
        if is_furniture(line) or (not sheet and ends_with_unit(line)):
            current.furniture.append(line)
        else:
            current.lines.append(line)

    def _closes(self, line: Line) -> bool:
        """Whether a line ends the table before it: a new part of the filing, or a paragraph."""
        section = SECTION.match(line.squeezed) is not None
        if section or self.current is None:
            return section
        form = self.current.form
        if _SECTION_HEADING.match(line.squeezed) and not line.drawn and self.current.lines:
            return form is None or form.grammar is not Grammar.SHEET
        in_sheet = form is not None and form.grammar in {Grammar.SHEET, Grammar.PROJECT_LIST}
        if in_sheet or line.drawn or self.current.labelled:
            return False
        text = line.squeezed
        if any(cell.number is not None for cell in line.words):
            return False
        if self.current.lines and (_HEADING.fullmatch(text) or _NUMBERED_SENTENCE.match(text)):
            return True
        return len(text) > _PARAGRAPH and "。" in text and not text.startswith("备注")

    def _title(self, line: Line, following: Line | None) -> Title | None:
        title = title_of(line, self.book)
        if following is not None and (title is None or not title.complete):
            whole = _unfolded_title(line, following, self.book)
            if whole is not None:
                self.folded = following
                return whole
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


def _unfolded_title(line: Line, following: Line, book: FormBook) -> Title | None:
    """A title of a form whose last characters stand on the next line: …支出预算 | 表."""
    end = following.squeezed
    if line.drawn or following.drawn or len(end) > _TITLE_END or not end.endswith("表"):
        return None
    if refers(end) or title_of(following, book) is not None:
        return None
    whole = title_of(replace(line, cells=(*line.words, *following.words)), book)
    if whole is None or whole.form is None or not whole.complete:
        return None
    return Title(form=whole.form, line=line, complete=True)
