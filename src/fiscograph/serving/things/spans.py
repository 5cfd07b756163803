"""Which page shows a line of a source: a long text is shown in spans of lines, each a page.

The page of a line follows from its number alone, so that whoever links to a line need not know how
long the text is. The first span is the source's own page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Lines; with their marks they weigh some 60 kB where filings are dense.
LINES = 400
MOST_LINES = 2000
_LOCATOR = re.compile(r"L([1-9][0-9]{0,8})(?:C[0-9]+)?\Z")
_SPAN = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Lines from ``first`` to ``last``, both counted from 1 and both in it."""

    first: int = 1
    last: int = LINES

    @classmethod
    def of(cls, line: int) -> Span:
        """The span in which a line is shown.

        >>> Span.of(400), Span.of(401)
        (Span(first=1, last=400), Span(first=401, last=800))
        """
        first = (line - 1) // LINES * LINES + 1
        return cls(first=first, last=first + LINES - 1)

    @classmethod
    def read(cls, text: str) -> Span | None:
        """The span that ``12-40`` names, None where the text names none that a page could show."""
        match = _SPAN.match(text)
        if match is None:
            return None
        span = cls(first=int(match[1]), last=int(match[2]))
        return span if 0 <= span.last - span.first < MOST_LINES else None

    def page(self, source: str) -> str:
        """The address of its page; ``source`` is the path of the source.

        >>> Span.of(401).page("/source/0f")
        '/source/0f/lines/401-800.html'
        """
        if self == Span():
            return f"{source}.html"
        return f"{source}/lines/{self.first}-{self.last}.html"


def spans(lines: int) -> tuple[Span, ...]:
    """The spans of a text of so many lines; one where it is empty."""
    return tuple(Span.of(first) for first in range(1, max(lines, 1) + 1, LINES))


def at(source: str, locator: str) -> str:
    """The address of a place in a source's text.

    >>> at("/source/0f", "L1656C30")
    '/source/0f/lines/1601-2000.html#L1656C30'
    >>> at("/source/0f", "P3R4C5I1")
    '/source/0f.html#P3R4C5I1'
    """
    match = _LOCATOR.match(locator)
    page = f"{source}.html" if match is None else Span.of(int(match[1])).page(source)
    return f"{page}#{locator}"
