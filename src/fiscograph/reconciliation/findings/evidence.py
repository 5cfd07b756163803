"""What findings are told from: one filing as it was read, placed, assembled and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.assembly.cubes import Cubes
from fiscograph.budget import FilingFacts
from fiscograph.forms import FormBook, Layout
from fiscograph.placement import PlacedGrid
from fiscograph.provenance import Place, Span
from fiscograph.tables import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One filing; ``facts`` hold the checks already, ``lines`` and ``pages`` are the
    source's own.
    """

    facts: FilingFacts
    grids: Sequence[PlacedGrid]
    layout: Layout
    cubes: Cubes
    book: FormBook
    lines: Sequence[str]
    pages: Sequence[Page]

    @property
    def source(self) -> str:
        """The hash of the file that all places stand in."""
        return self.facts.filing.sources[0].sha256

    def at(self, span: Span) -> Place:
        """A span as a place of this source."""
        return Place(source=self.source, span=span)

    def printed(self, place: Place) -> str:
        """The characters that a place holds."""
        return self.lines[place.line - 1][place.start - 1 : place.end]
