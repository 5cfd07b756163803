"""Projects and what one filing says of them."""

from __future__ import annotations

from dataclasses import dataclass

from fiscograph.budget.amount import Amount
from fiscograph.budget.organization import OrganizationKey
from fiscograph.provenance import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingPart:
    """One printed amount of a project: what it is (``total``, ``upper``, ``own``, ``other``).

    ``fiscal`` is 财政拨款 where a sheet does not divide it into upper and own funds.
    """

    part: str
    amount: Amount
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField:
    """A printed text of a form: its field, the text with line folds mended, its lines.

    ``kind`` is the form's own name of the field (``overview``, ``basis``, ``goals``, ``schedule``),
    whatever label prints it; None for other fields. ``parts`` are the places of the printed pieces in reading order: ``text`` is their contents
    joined without anything between.
    """

    field: str
    text: str
    parts: tuple[Place, ...]
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectBudget:
    """What one filing says of one project.

    ``key`` is the project code, else the list number, else the locator of the amount. ``amount`` is
    the winning printing; ``spending`` is the notation of the spending type that a title names;
    ``funding`` holds every printed amount. ``lines`` are all the lines that
    speak of the project, in ascending order.
    """

    key: str
    code: str | None
    name: str
    other_names: tuple[str, ...]
    unit: OrganizationKey | None
    department: OrganizationKey | None
    category: str | None
    amount: Amount | None
    amount_place: Place | None
    funding: tuple[FundingPart, ...]
    texts: tuple[TextField, ...]
    spending: str | None
    starts: str | None
    ends: str | None
    lines: tuple[int, ...]
    source: str

    def part(self, name: str) -> FundingPart | None:
        """The winning printed amount of one part of the funding, if any."""
        return next((item for item in self.funding if item.part == name), None)
