"""Sheets that stand interleaved on one page: two forms whose lines are mixed.

The titles stand late, each before the texts of its own sheet; the tables of indicators are printed
in two halves, the left one (levels, target, core) apart from the right one (name, weight, operator,
unit). The halves are matched by what can go together; tables are given to the sheet that their
words are nearest to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, permutations

from fiscograph.budget import Unit
from fiscograph.forms.rows_read import is_money
from fiscograph.forms.schema import Form, SheetWords
from fiscograph.forms.segments import Segment, unit_of
from fiscograph.forms.sheets.fields import key_of_label, printed_label
from fiscograph.forms.sheets.indicator_halves import Halves, bigrams, cut_cell, matched, right_half
from fiscograph.forms.sheets.sheet import Sheet, SheetField
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line

_PROJECT = re.compile(r"(?P<code>\d{8}[A-Z]\d{6,15})-(?P<name>\S+)")
_BODY = re.compile(r"(?P<body>\d{6,9}-[^\s\d]+)")
_PARAGRAPH = 25


def is_interleaved(segment: Segment) -> bool:
    """Whether several titles of one sheet stand late in one segment."""
    return segment.title_late and len(segment.titles) > 1


@dataclass(slots=True)
class _Part:
    """What the lines under one title tell of its sheet."""

    title: Line
    unit: Unit | None = None
    words: list[Cell] = field(default_factory=list)
    code: Cell | None = None
    name: Cell | None = None
    body: Cell | None = None
    amounts: list[Cell] = field(default_factory=list)
    total: Cell | None = None
    category: Cell | None = None
    weight: Cell | None = None
    texts: list[Cell] = field(default_factory=list)


def read_interleaved(segment: Segment, form: Form, words: SheetWords) -> tuple[Sheet, ...]:
    """Untangle the sheets of a segment; one sheet a title."""
    reader = _Reader(segment, words)
    reader.read()
    parts, tables = reader.parts, [table for table in reader.tables if table.left]
    owners = _owners(parts, tables)
    return tuple(
        _sheet(
            part,
            [t for t, owner in zip(tables, owners, strict=True) if owner == index],
            segment,
            form,
            words,
        )
        for index, part in enumerate(parts)
    )


class _Reader:
    def __init__(self, segment: Segment, words: SheetWords) -> None:
        self.segment, self.words = segment, words
        self.parts: list[_Part] = []
        self.tables: list[Halves] = []
        self.page_starts = _page_starts(segment)
        self.pending: list[Cell] = []
        self.before = ""
        self.types = [label for label, key in words.fields.items() if key == "project_type"]

    def read(self) -> None:
        titles = {line.number for line in self.segment.titles}
        lines = sorted(
            {line.number: line for line in (*self.segment.lines, *self.segment.titles)}.items()
        )
        for number, line in lines:
            while len(self.tables) < self._page_of(number) + 1:
                self.tables.append(Halves())
                self.pending = []
            if number in titles:
                self.parts.append(_Part(title=line))
            else:
                if self.parts:
                    self.parts[-1].words.extend(line.words)
                self._take(line)
            self.before = line.squeezed

    def _take(self, line: Line) -> None:
        if self._identify(line):
            return
        table = self.tables[-1]
        left = self._left(line)
        if left is not None:
            table.left.append(left)
            self.pending = []
            return
        if self._is_header(line):
            self.pending = []
            return
        right = right_half(line, self.pending, self.words)
        if right is not None:
            table.right.append(right)
            self.pending = []
            return
        if len(line.squeezed) > _PARAGRAPH or (self._texts and self._continues(line)):
            self._texts.extend(line.words)
            self.pending = []
            return
        numbers = [cell for cell in line.words if is_money(cell, whole=True)]
        if numbers and self.parts:
            part = self.parts[-1]
            if key_of_label(self.before, self.words) == "total" and part.total is None:
                part.total, numbers = numbers[0], numbers[1:]
            part.amounts.extend(numbers)
            self.pending = []
        else:
            self.pending.extend(line.words)

    @property
    def _texts(self) -> list[Cell]:
        # Text after a table's rows on a page without a title belongs to that table's sheet.
        if self.parts and not self._after_turn():
            return self.parts[-1].texts
        return self.tables[-1].texts

    def _after_turn(self) -> bool:
        """Whether the page has turned since the last title."""
        return self._page_of(self.parts[-1].title.number) != len(self.tables) - 1

    def _page_of(self, number: int) -> int:
        return sum(start <= number for start in self.page_starts) - 1

    def _continues(self, line: Line) -> bool:
        last = self._texts[-1].span.line
        return line.number - last == 1

    def _identify(self, line: Line) -> bool:
        """Read the line that names the project or the body; labels may be glued to it."""
        if not self.parts:
            return False
        part = self.parts[-1]
        text = line.text
        found = False
        match = _PROJECT.search(text)
        if match is not None and part.code is None:
            part.code = cut_cell(line, match, "code")
            part.name = cut_cell(line, match, "name")
            found = True
        body = _BODY.search(text)
        if body is not None and match is None and part.body is None:
            part.body = cut_cell(line, body, "body")
            found = True
        found = self._identify_type(line, part) or found
        unit = unit_of(text)
        part.unit = part.unit or unit
        return found or unit is not None

    def _identify_type(self, line: Line, part: _Part) -> bool:
        """The project's type, and the weight of execution that is printed into its line."""
        label = next((label for label in self.types if label in line.text), None)
        match = re.search(r"[\u3400-\u9fff]+", line.text.replace(label or "", " "))
        if label is None or match is None:
            return False
        start = line.text.index(match.group()) + 1
        span = Span(line=line.number, start=start, end=start + len(match.group()) - 1)
        part.category = Cell(text=match.group(), span=span)
        number = re.search(r"\d{1,3}", line.text)
        if number is not None:
            part.weight = Cell(
                text=number.group(),
                span=Span(line=line.number, start=number.start() + 1, end=number.end()),
            )
        return True

    def _left(self, line: Line) -> dict[str, Cell] | None:
        """A left half: 是 or 否 last, the target before it, the levels pending or before that."""
        words = list(line.words)
        if not words or words[-1].squeezed not in {"是", "否"}:
            return None
        levels = [*self.pending, *words[:-2]]
        found = {"core": words[-1], "value": words[-2]}
        start = next(
            (i for i in range(len(levels)) if levels[i].squeezed in self.words.level1), None
        )
        if start is None or len(words) < 2:
            return None
        found["level1"] = levels[start]
        rest = "".join(cell.squeezed for cell in levels[start + 1 :])
        if rest in self.words.level2:
            found["level2"] = replace(levels[start], text=rest)
        return found

    def _is_header(self, line: Line) -> bool:
        text = line.squeezed.rstrip(":")
        labels = {**self.words.fields, **self.words.indicator_columns}
        rest = text
        for label in sorted(labels, key=len, reverse=True):
            rest = rest.replace(label, "")
        if len(rest) <= 1:
            return True
        if text in self.words.level1:
            self.pending = []
            return False
        return False


def _page_starts(segment: Segment) -> list[int]:
    """The first line of each page of a segment: a wide gap stands before it."""
    lines = sorted((*segment.lines, *segment.furniture), key=lambda line: line.number)
    starts = [lines[0].number]
    for before, line in pairwise(lines):
        if line.number - before.number > 3:
            starts.append(line.number)
    return starts


def _owners(parts: Sequence[_Part], tables: Sequence[Halves]) -> list[int]:
    """For each table the part whose words it shares most, each part once where that is possible."""
    counts = range(len(parts))
    if not tables or len(tables) > len(parts):
        return [0] * len(tables)
    return list(
        max(
            permutations(counts, len(tables)),
            key=lambda way: sum(
                _likeness(parts[part], table) for part, table in zip(way, tables, strict=True)
            ),
        )
    )


def _likeness(part: _Part, table: Halves) -> int:
    about = "".join(cell.text for cell in ([part.name] if part.name else []) + part.texts)
    told = "".join(
        cell.text for cell in [*(r["name"] for r in table.right if "name" in r), *table.texts]
    )
    return len(bigrams(about) & bigrams(told))


def _sheet(
    part: _Part, tables: Sequence[Halves], segment: Segment, form: Form, words: SheetWords
) -> Sheet:
    texts = [*part.texts, *(cell for table in tables for cell in table.texts)]
    rows = [row for table in tables for row in matched(table, words)]
    printed: list[tuple[str, str, Sequence[Cell | None]]] = [
        ("project_code", "项目编码", [part.code]),
        ("project_name", "项目名称", [part.name]),
        ("unit", "编制单位", [part.body]),
        ("total", "当年预算", [part.total or part.amounts[0]] if part.amounts else []),
        ("own", "本级安排", part.amounts[0 if part.total else 1 :][:1]),
        ("project_type", "项目分类", [part.category]),
        ("execution_weight", "预算执行率权重", [part.weight]),
        *_text_fields(texts),
    ]
    fields = []
    for key, label, cells in printed:
        kept = tuple(cell for cell in cells if cell is not None)
        if kept:
            told = key == "total" and part.total is not None
            printed_as = printed_label(part.words, key, words)
            fields.append(
                SheetField(
                    key=key,
                    label=printed_as.text if printed_as else label,
                    label_span=printed_as.span if printed_as else kept[0].span,
                    cells=kept,
                    drawn=told,
                )
            )
    spans = [cell.span for item in fields for cell in item.cells]
    lines = {part.title.number, *(span.line for span in spans)}
    lines |= {span.line for row in rows for span in row.spans}
    title = part.title.words
    return Sheet(
        form=form,
        title=part.title.text.strip(),
        title_span=Span(line=part.title.number, start=title[0].span.start, end=title[-1].span.end),
        unit=part.unit or segment.unit or unit_of(segment.title),
        fields=tuple(fields),
        indicators=tuple(rows),
        lines=tuple(sorted(lines)),
        header_lines=(part.title.number,),
    )


def _text_fields(cells: Sequence[Cell]) -> list[tuple[str, str, Sequence[Cell | None]]]:
    """The paragraphs of a sheet as overview, legal basis and goals, in the form's order.

    A paragraph is what stands on consecutive lines; the one that cites documents is the basis.
    """
    paragraphs: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda c: (c.span.line, c.span.start)):
        if paragraphs and cell.span.line - paragraphs[-1][-1].span.line <= 1:
            paragraphs[-1].append(cell)
        else:
            paragraphs.append([cell])
    found: list[tuple[str, str, Sequence[Cell | None]]] = []
    for paragraph in paragraphs:
        text = "".join(cell.text for cell in paragraph)
        if text.startswith("《") or re.search(r"[〔﹝\[【]\s*\d{4}", text):
            found.append(("basis", "立项依据", paragraph))
        elif not any(key == "overview" for key, _, _ in found):
            found.append(("overview", "项目概述", paragraph))
        else:
            found.append(("goals", "当年绩效目标", paragraph))
    return found
