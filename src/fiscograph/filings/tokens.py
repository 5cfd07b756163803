"""Numeric tokens: what the ledger counts (DESIGN: numeric token)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fiscograph.filings.text import SourceText
from fiscograph.provenance import Place, Span

# A run of letters and digits that holds a digit; inner "," and "." join digits; optical
# recognition leaves one space after "." in an amount, which only counts before what ends an amount.
_CORE = r"[A-Za-z]*[0-9][0-9A-Za-z]*"
_OCR_SPACE = r"\. [0-9]{1,2}(?=\s|$|%|元|万|千|亿|[^\w.,])"
_TOKEN = re.compile(
    rf"(?P<sign>(?<![^\s(（\[:：,，;；、=＝≥≤<>])[+\-－−](?=[0-9]))?{_CORE}"
    rf"(?:[,.][0-9][0-9A-Za-z]*|{_OCR_SPACE})*[%％]?"
)
_NON_ASCII_DIGIT = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericToken:
    """One numeric token, as printed; ``place`` says where."""

    text: str
    place: Place


def numeric_tokens(source: SourceText) -> tuple[NumericToken, ...]:
    """All numeric tokens of a source in reading order, one per run and line.

    ``,.`` and ``#####`` are damage and no tokens. Hyphen-joined digits are one token per run.
    """
    return tuple(_tokens_of(source))


def _tokens_of(source: SourceText) -> Iterator[NumericToken]:
    for number, line in enumerate(source.lines, start=1):
        for start, end in token_bounds(line):
            span = Span(line=number, start=start + 1, end=end)
            yield NumericToken(
                text=line[start:end], place=Place(source=source.file.sha256, span=span)
            )


def token_bounds(line: str) -> list[tuple[int, int]]:
    """Start and end (counted from 0, end exclusive) of each numeric token of a line.

    >>> token_bounds("附件4-1 98. 92 50011023T000003175737 ≧95% -3.5")
    [(2, 3), (4, 5), (6, 12), (13, 34), (36, 39), (40, 44)]
    """
    return [match.span() for match in _TOKEN.finditer(_with_ascii_digits(line))]


def _with_ascii_digits(line: str) -> str:
    """The line with every decimal digit of Unicode as its ASCII digit: same length, same places."""
    if not _NON_ASCII_DIGIT.search(line):
        return line
    return "".join(
        str(int(char)) if char.isdecimal() and not char.isascii() else char for char in line
    )
