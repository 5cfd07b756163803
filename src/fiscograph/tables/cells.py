"""A line and its candidate cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from fiscograph.provenance import Span

_QUOTES = str.maketrans("", "", "“”„‟«»「」『』\"'‘’`")
# Other characters that draw a rule between cells, each in the place of one.
_RULES = str.maketrans(dict.fromkeys("｜│┃║¦", "|"))
# So many lines with rules are a table's.
_SEVERAL = 3
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[+\-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# What a number looks like that lost digits: none before its point, or groups of other than three.
_TORN = re.compile(r"[+\-]?(?:\. ?\d{1,2}|(?=[\d,]*\d)(?=\d*,)[\d,]+(?:\.\d*)?)")
# What is left of a number that lost all of them, or that did not fit its cell.
_LOST = re.compile(r"[,.]{2,}|#{2,}")
# Optical recognition splits the decimals off: "98. 92" is one word.
_WORD = re.compile(r"[+\-]?\d[\d,]*\. \d{1,2}(?=\s|$)|\S+")
_AMOUNT = r"(?:\d[\d,]*\.\s?\d{2}|\d{1,3}(?:,\d{3})+)"
_MIXED = re.compile(
    rf"(?P<number>{_AMOUNT})\s+(?P<text>[^\d\s%].*)\Z"
    rf"|(?P<text2>.*[^\d\s,.，:：(（])\s+(?P<number2>{_AMOUNT})\Z"
)
# Every step asks for the words and numbers of the same cells again; a filing has some 10,000.
_REMEMBERED = 1 << 15


@lru_cache(_REMEMBERED)
def squeeze(text: str) -> str:
    """NFKC without white space and quotes: the form in which printed words are compared.

    >>> squeeze("收 入 总 计"), squeeze('一般公共预算“三公”经费（万元）')
    ('收入总计', '一般公共预算三公经费(万元)')
    """
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)
    return unicodedata.normalize("NFKC", folded)


@lru_cache(_REMEMBERED)
def number_of(text: str) -> Decimal | None:
    """The number that a cell prints, or None where it prints no plain number.

    >>> number_of("2,627.17"), number_of("98. 92"), number_of("95%"), number_of("2023年")
    (Decimal('2627.17'), Decimal('98.92'), None, None)
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("，", ",")
    plain = plain.replace("−", "-")
    if _NUMBER.fullmatch(plain) is None:
        return None
    return Decimal(plain.replace(",", ""))


@lru_cache(_REMEMBERED)
def is_torn(text: str) -> bool:
    """Whether a cell prints what is left of a number that lost digits, and no number.

    >>> is_torn(".42"), is_torn("2,79.59"), is_torn("2,793.59"), is_torn("0.42"), is_torn(",.")
    (True, True, False, False, False)
    """
    plain = unicodedata.normalize("NFKC", text).replace("，", ",").replace("−", "-")
    return _TORN.fullmatch(plain) is not None and number_of(text) is None


def is_lost(text: str) -> bool:
    """Whether a word prints that there was a number, and nothing of it.

    >>> is_lost(",."), is_lost("####"), is_lost("."), is_lost("-"), is_lost("0.42")
    (True, True, False, False, False)
    """
    return _LOST.fullmatch(unicodedata.normalize("NFKC", text)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A candidate cell: its text without outer white space and its place.

    An empty drawn cell has ``text`` "" and a span of no characters (``end`` < ``start``).
    """

    text: str
    span: Span

    @property
    def number(self) -> Decimal | None:
        return number_of(self.text) if self.text else None

    @property
    def is_torn(self) -> bool:
        """Whether the cell prints what is left of a number that lost digits."""
        return is_torn(self.text)

    @property
    def squeezed(self) -> str:
        return squeeze(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a source. ``drawn`` says that the source itself draws the cell boundaries;
    ``page`` is the page that it stands on, from 1. ``words`` are the cells that print something;
    ``squeezed`` is the squeezed text of the cells: what draws their boundaries is no text.
    """

    number: int
    text: str
    cells: tuple[Cell, ...]
    drawn: bool
    gap: int
    page: int = 1
    words: tuple[Cell, ...] = field(init=False, compare=False)
    squeezed: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Every step asks for them.
        words = tuple(cell for cell in self.cells if cell.text)
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "squeezed", "".join([cell.squeezed for cell in words]))


def split_line(
    number: int, text: str, gap: int = 0, page: int = 1, *, open_rules: bool = False
) -> Line:
    """Split a line at what draws its cells: tabs, else ``|`` rules, else white space.

    Args:
        number: the line's number, from 1.
        text: the line.
        gap: how many blank lines stand before it.
        page: the page that it stands on, from 1.
        open_rules: whether rules stand between cells only, and none around a row.
    """
    ruled = text.translate(_RULES)
    drawn = True
    if "\t" in text:
        cells = _drawn(number, text, "\t")
    elif open_rules and "|" in ruled:
        cells = _drawn(number, ruled, "|", around=False)
    elif ruled.count("|") >= 2 and ruled.lstrip().startswith("|"):
        cells = _drawn(number, ruled, "|")
    else:
        words = _WORD.finditer(text.rstrip())
        cells, drawn = [_cell(number, word.group(), word.start()) for word in words], False
    return Line(number=number, text=text, cells=tuple(cells), drawn=drawn, gap=gap, page=page)


def is_open_ruled(lines: Sequence[str]) -> bool:
    """Whether a text rules its cells apart with ``|`` and draws no rule around a row.

    The first and the last cell of a row may be empty, so that no line tells it alone.
    """
    ruled = [
        line.strip()
        for text in lines
        if (line := text.translate(_RULES)).count("|") >= 2 and "\t" not in line
    ]
    around = sum(line.startswith("|") and line.endswith("|") for line in ruled)
    return len(ruled) >= _SEVERAL and 2 * around < len(ruled)


def _drawn(number: int, text: str, boundary: str, *, around: bool = True) -> list[Cell]:
    cells: list[Cell] = []
    start = 0
    for piece in text.split(boundary):
        cells.extend(_split_mixed(number, piece, start))
        start += len(piece) + 1
    if boundary == "|" and around:
        cells = cells[1:-1] if not cells[-1].text else cells[1:]
    return cells


def _split_mixed(number: int, piece: str, start: int) -> list[Cell]:
    """A drawn cell in two where a lost boundary joined an amount to the next label."""
    cell = _cell(number, piece, start)
    match = _MIXED.match(cell.text)
    if match is None or "\n" in cell.text:
        return [cell]
    cut = match.end("number") if match["number"] else match.end("text2")
    offset = cell.span.start - 1
    first, rest = cell.text[:cut], cell.text[cut:]
    return [_cell(number, first, offset), _cell(number, rest, offset + cut)]


def _cell(number: int, piece: str, start: int) -> Cell:
    """A cell from a piece of a line that begins ``start`` characters (from 0) into it."""
    text = piece.strip()
    lead = len(piece) - len(piece.lstrip()) if text else 0
    first = start + lead + 1
    return Cell(text=text, span=Span(line=number, start=first, end=first + len(text) - 1))
