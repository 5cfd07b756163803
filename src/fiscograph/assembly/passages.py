"""The running texts of a filing, folded lines joined, each character with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from fiscograph.assembly.mentions import NARRATIVE
from fiscograph.budget import TextField
from fiscograph.filings import token_bounds
from fiscograph.forms.grid import Grid
from fiscograph.forms.layout import Layout
from fiscograph.forms.recognition import Unknown
from fiscograph.forms.sheets.sheet import Sheet
from fiscograph.provenance import Place, Span
from fiscograph.tables import Line

_END = ("。", "！", "!", "？", "?")
# A line with one of these is no heading: it goes on in the next line.
_CLAUSES = re.compile(r"[，,；;。]|[、（(]\s*\Z|[：:]\s*\S|[：:]\s*\Z")
# No paragraph begins with an amount or a mark.
_GOES_ON = re.compile(r"\s*(?:[\d,.]+\s*(?:[百千万亿]?元|[%％])|[，。；、：,;:%％）)])")
_ITEM = re.compile(
    r"\s*\d{1,3}\s{2,}[\u3400-\u9fff]|\s*(?:[-—]\s+)?(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]{1,3}[）)、]"
    r"|[（(]?\d{1,2}(?:[）)、．]|\.(?!\d)))"
)
_CELL = re.compile(r"[^\s](?:[^\t|]*[^\s|])?")
_SENTENCE = re.compile(r"[。；，].*\d")
_DIGIT_END, _DIGIT_START = re.compile(r"[\d,.]\Z"), re.compile(r"\A[\d,.]")
# What a fold may leave between the two halves of a number besides its digits.
_STOPS = frozenset({"", ",", "."})
_FULL, _SHORT = 0.9, 0.7
# A line of prose that a number may be folded over is as long as this.
_FOLDED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A running text: its field, whose it is (see ``Statement``), and where each piece stands.

    ``pieces`` pairs the offset of each printed piece in ``text`` with its place; ``bounds`` are the
    first and last character (from 0, exclusive) of each number: the tokens of its lines, those that
    a fold parts joined again.
    """

    field: str
    text: str
    pieces: tuple[tuple[int, Span], ...]
    bounds: tuple[tuple[int, int], ...]
    project: str | None = None
    told_of: str | None = None

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the characters ``start`` to ``end`` (from 0, exclusive) are printed."""
        found = []
        for offset, span in self.pieces:
            first = max(start, offset)
            last = min(end, offset + span.end - span.start + 1)
            if first < last:
                at = span.start + first - offset
                found.append(Span(line=span.line, start=at, end=at + last - first - 1))
        return tuple(found)


def passages_of(
    layout: Layout,
    owned: Iterable[tuple[str | None, str, Sequence[TextField]]],
    consumed: Iterable[Span],
    contacts: Iterable[Place],
    lines: Sequence[str],
) -> tuple[Passage, ...]:
    """Every running text of a filing.

    Args:
        layout: the forms of the source and the lines outside of them.
        owned: for each project budget (None: the whole department) its key, name and texts.
        consumed: what rows, fields and indicators took.
        contacts: the places of names and telephone numbers, which no phrase may hold.
        lines: all lines of the source.
    """
    lines = _without(contacts, lines)
    found = [
        passage
        for key, name, texts in owned
        for text in texts
        if (passage := _of_field(text, key, name, lines)) is not None
    ]
    spans = [*consumed, *(span for passage in found for _, span in passage.pieces)]
    whole, cells = _left_over(layout, spans, lines)
    told = [replace(line, text=lines[line.number - 1]) for line in layout.narrative]
    found.extend(_paragraphs(sorted((*told, *whole), key=lambda line: line.number), lines))
    found.extend(p for span in cells for p in _as_passage([(_text_at(lines, span), span)], lines))
    return tuple(found)


def _without(contacts: Iterable[Place], lines: Sequence[str]) -> list[str]:
    """The lines with blanks for the contacts: every other character keeps its place."""
    blanked = list(lines)
    for place in contacts:
        text = blanked[place.line - 1]
        blank = " " * (place.end - place.start + 1)
        blanked[place.line - 1] = text[: place.start - 1] + blank + text[place.end :]
    return blanked


def _left_over(
    layout: Layout, taken: Iterable[Span], lines: Sequence[str]
) -> tuple[list[Line], list[Span]]:
    """Lines within tables and sheets that no row, field or header took, and drawn cells of others."""
    by_line: dict[int, list[Span]] = {}
    for span in taken:
        by_line.setdefault(span.line, []).append(span)
    seen = {line.number for line in layout.narrative}
    whole: list[Line] = []
    cells: list[Span] = []
    headers = [grid.header_lines for grid in layout.grids]
    headers += [sheet.header_lines for sheet in layout.sheets]
    seen.update(n for numbers in headers for n in numbers if not is_prose(lines[n - 1]))
    tables: list[Grid | Unknown | Sheet] = [*layout.grids, *layout.unknown, *layout.sheets]
    for numbers in [table.lines for table in tables]:
        for number in numbers:
            if number in seen:
                continue
            seen.add(number)
            text = lines[number - 1]
            if number not in by_line:
                whole.append(Line(number=number, text=text, cells=(), drawn=False, gap=0))
            else:
                cells.extend(_cells_besides(number, text, by_line[number]))
    return whole, cells


def is_prose(text: str) -> bool:
    """Whether a line that was taken for a header is a sentence."""
    return len(text.strip()) > _FOLDED and _SENTENCE.search(text) is not None and "\t" not in text


def _cells_besides(number: int, text: str, taken: Sequence[Span]) -> Iterator[Span]:
    """The drawn cells of a line that nothing was read of."""
    for match in _CELL.finditer(text):
        span = Span(line=number, start=match.start() + 1, end=match.end())
        if not any(one.start <= span.end and span.start <= one.end for one in taken):
            yield span


def _text_at(lines: Sequence[str], span: Span) -> str:
    return lines[span.line - 1][span.start - 1 : span.end]


def _of_field(text: TextField, key: str | None, name: str, lines: Sequence[str]) -> Passage | None:
    parts = [(_text_at(lines, place.span), place.span) for place in text.parts]
    return _joined(parts, (text.field, key, name), lines)


def _joined(
    parts: Sequence[tuple[str, Span]],
    owner: tuple[str, str | None, str | None],
    lines: Sequence[str],
) -> Passage | None:
    """Pieces as one text: nothing between lines, unless digits would run into one another.

    Args:
        parts: the pieces with their places.
        owner: the field of the text, the key of its project budget and its name.
        lines: all lines of the source.
    """
    text, pieces = "", []
    bounds: list[tuple[int, int]] = []
    before: Span | None = None
    for printed, span in parts:
        folded = before is not None and _runs_on(text, printed, before, span)
        if before is not None and not folded:
            text += " "
        offset = len(text)
        pieces.append((offset, span))
        text += printed
        for start, end in _tokens_of(span, lines):
            first, last = offset + start, offset + end
            if folded and start == 0 and bounds and text[bounds[-1][1] : offset] in _STOPS:
                first = bounds.pop()[0]
            bounds.append((first, last))
        before = span
    if not text.strip():
        return None
    field, key, name = owner
    return Passage(
        field=field,
        text=text,
        pieces=tuple(pieces),
        bounds=tuple(bounds),
        project=key,
        told_of=name,
    )


def _tokens_of(span: Span, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The tokens of a line that begin in one of its pieces, counted from the piece's start."""
    first = span.start - 1
    for start, end in token_bounds(lines[span.line - 1]):
        if first <= start < span.end:
            yield start - first, min(end, span.end) - first


def _runs_on(text: str, printed: str, before: Span, span: Span) -> bool:
    """Whether a piece continues the text without anything between.

    In one line white space parts pieces. Over two lines it does where digits meet, unless a full
    line of prose breaks within a number.
    """
    if before.line == span.line:
        return False
    if not (_DIGIT_END.search(text) and _DIGIT_START.search(printed)):
        return True
    plain = re.sub(r"[\d.,\s%]", "", printed)
    return before.end - before.start + 1 >= _FOLDED and bool(plain)


def _paragraphs(loose: Sequence[Line], lines: Sequence[str]) -> list[Passage]:
    """Lines outside of tables as paragraphs."""
    found: list[Passage] = []
    for block in _blocks(loose):
        widths = [_width(line.text) for line in block]
        usual = quantiles([*widths, *widths], n=4)[2]
        parts: list[tuple[str, Span]] = []
        following = [*block[1:], None]
        for line, width, after in zip(block, widths, following, strict=True):
            if parts and _ITEM.match(line.text):
                found.extend(_as_passage(parts, lines))
                parts = []
            parts.append(_trimmed(line))
            goes_on = after is not None and _GOES_ON.match(after.text) is not None
            if not goes_on and _ends(parts[-1][0], width, usual):
                found.extend(_as_passage(parts, lines))
                parts = []
        found.extend(_as_passage(parts, lines))
    return found


def _blocks(loose: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that follow one another, with nothing but blank lines between."""
    block: list[Line] = []
    for line in loose:
        if block and line.number - block[-1].number > 1 + max(line.gap, 1):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _trimmed(line: Line) -> tuple[str, Span]:
    text = line.text.replace("\f", " ")
    lead = len(text) - len(text.lstrip())
    stripped = text.strip()
    span = Span(line=line.number, start=lead + 1, end=lead + len(stripped))
    return stripped, span


def _ends(text: str, width: int, usual: float) -> bool:
    """Whether a paragraph ends with a line: a sentence's end before the margin, or a short line."""
    if text.endswith(_END):
        return not _FULL * usual <= width <= usual / _FULL
    limit = _FULL if _ITEM.match(text) else _SHORT
    return width < limit * usual and _CLAUSES.search(text) is None


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text.strip())


def _as_passage(parts: Sequence[tuple[str, Span]], lines: Sequence[str]) -> list[Passage]:
    passage = _joined(parts, (NARRATIVE, None, None), lines)
    return [] if passage is None else [passage]
