"""The place of a printed text inside a source file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A run of characters in one line of one source.

    Lines are what line feeds separate, numbered from 1; ``start`` and ``end`` are the first and the
    last character, counted from 1 in Unicode characters, both inclusive.
    """

    line: int
    start: int
    end: int

    @property
    def locator(self) -> str:
        """The place as it stands in an IRI: ``L12C30`` (line, first character)."""
        return f"L{self.line}C{self.start}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A :class:`Span` together with the file that it stands in.

    ``source`` is the SHA-256 of the file in hexadecimal; ``page`` is given only for sources that
    have pages.
    """

    source: str
    span: Span
    page: int | None = None

    @property
    def line(self) -> int:
        return self.span.line

    @property
    def start(self) -> int:
        return self.span.start

    @property
    def end(self) -> int:
        return self.span.end

    @property
    def locator(self) -> str:
        return self.span.locator
