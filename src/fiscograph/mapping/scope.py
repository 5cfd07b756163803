"""What every mapping within one filing needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from fiscograph.budget import FilingFacts, FilingId
from fiscograph.identifiers import Identifiers
from fiscograph.provenance import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One filing: ``budgets`` and ``projects`` are the nodes of its project budgets and of their
    projects by the key of the project budget; ``printed`` are the IRIs of everything that the graph
    describes at a place; ``rows`` are the places of a row's amounts by its source, line and code;
    ``contacts`` are the places that are not published.
    """

    ids: Identifiers
    id: FilingId
    node: NamedNode
    budgets: Mapping[str, NamedNode]
    projects: Mapping[str, NamedNode]
    printed: frozenset[str]
    rows: Mapping[tuple[str, int, str], tuple[Place, ...]]
    contacts: tuple[Place, ...]

    @classmethod
    def of(cls, facts: FilingFacts, ids: Identifiers) -> Scope:
        filing = facts.filing.id
        return cls(
            ids=ids,
            id=filing,
            node=NamedNode(ids.filing(filing)),
            budgets={
                budget.key: NamedNode(ids.project_budget(filing, budget.key))
                for budget in facts.projects
            },
            projects={
                budget.key: NamedNode(ids.project_of(filing, budget)) for budget in facts.projects
            },
            printed=frozenset(
                ids.at(place)
                for place in (
                    *(amount.place for amount in facts.printed_amounts),
                    *(indicator.place for indicator in facts.indicators),
                    *(citation.place for citation in facts.citations),
                    *(statement.place for statement in facts.statements),
                )
            ),
            rows=_rows(facts),
            contacts=facts.contacts,
        )

    def budget_or_filing(self, key: str | None) -> NamedNode:
        """The project budget of that key; the filing where none is meant.

        Raises:
            KeyError: no project budget of the filing has the key.
        """
        return self.node if key is None else self.budgets[key]

    def described(self, places: Iterable[Place]) -> list[NamedNode]:
        """The nodes of the places that the graph describes."""
        iris = {self.ids.at(place) for place in places}
        return [NamedNode(iri) for iri in sorted(iris & self.printed)]


def _rows(facts: FilingFacts) -> dict[tuple[str, int, str], tuple[Place, ...]]:
    found: dict[tuple[str, int, str], tuple[Place, ...]] = {}
    for amount in facts.printed_amounts:
        if amount.row_code is not None:
            key = (amount.place.source, amount.place.line, amount.row_code)
            found[key] = (*found.get(key, ()), amount.place)
    return found
