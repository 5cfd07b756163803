"""What a release is made of, as the pipeline hands it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import Quad

from fiscograph.budget import FilingFacts, FilingId, SharedFacts
from fiscograph.identifiers import Identifiers
from fiscograph.settings import UNSIGNED, Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that was read: its name below the filings' folder, hash (hexadecimal), bytes.

    ``filing`` is the filing that the file is a source of, None for a declaration (``.toml``).
    """

    file: str
    sha256: str
    size: int
    filing: FilingId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A filing that could not be read and was left out on request; ``reason`` is one clause."""

    file: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Everything that is published. The order of filings and quads does not matter.

    ``filing_quads`` holds the quads of each filing's own graph; ``shared_quads`` those of the
    graphs that the reduction over filings writes. There are no blank nodes in either. ``reports``
    holds a page of HTML for each filing that has one.
    """

    facts: tuple[FilingFacts, ...]
    shared: SharedFacts
    filing_quads: Mapping[FilingId, tuple[Quad, ...]]
    shared_quads: tuple[Quad, ...]
    ids: Identifiers
    program_version: str
    inputs: tuple[Input, ...]
    failures: tuple[Failure, ...] = ()
    publisher: Publisher = UNSIGNED
    reports: Mapping[FilingId, str] = field(default_factory=dict)

    @property
    def sorted_facts(self) -> tuple[FilingFacts, ...]:
        return tuple(sorted(self.facts, key=lambda facts: str(facts.filing.id)))
