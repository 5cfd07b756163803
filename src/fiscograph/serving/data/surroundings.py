"""What a data document adds around a thing of a main class, so that it answers by itself.

For each such class a query gives the triples of the tree that ``ontology/frames`` describes: for a
policy document the project budgets that rest on it with amount, unit, filing and printed place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from fiscograph.queries import QueryEngine, load
from fiscograph.serving.data.describe import MOST_INCOMING, PAGE_LIMITS, Description
from fiscograph.vocabulary import FG, ORG

MOST_AROUND = 5000
_TREES: Mapping[str, str] = {
    FG.Filing.value: "tree-of-filing",
    FG.PerformanceIndicator.value: "tree-of-indicator",
    FG.PolicyDocument.value: "tree-of-policy-document",
    FG.Project.value: "tree-of-project",
    ORG.Organization.value: "tree-of-organization",
}


def with_surroundings(engine: QueryEngine, description: Description) -> Description:
    """The description with what its class calls for around the thing.

    Where more points at the thing than a description lists, only what the class calls for is
    given, not an accidental part of the rest.

    Raises:
        QueryError: the store cannot be asked.
    """
    query = next((_TREES[kind] for kind in description.types if kind in _TREES), None)
    if query is None:
        return description
    rows = engine.select(load(query, thing=NamedNode(description.iri)), PAGE_LIMITS)
    around = tuple(
        Triple(subject, property_, row["value"])
        for row in rows[:MOST_AROUND]
        if isinstance(subject := row["subject"], NamedNode)
        and isinstance(property_ := row["property"], NamedNode)
    )
    crowded = description.cut and len(description.incoming) >= MOST_INCOMING
    return replace(
        description,
        incoming=() if crowded else description.incoming,
        around=around,
        cut=description.cut or len(rows) > MOST_AROUND,
    )
