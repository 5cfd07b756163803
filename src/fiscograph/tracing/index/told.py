"""A project budget as the index keeps it: a row of an answer and its details, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

import networkx as nx

from fiscograph.tracing.answers import Function, FundedProject, Indicator, Mention
from fiscograph.tracing.details import Details
from fiscograph.tracing.documents import Document, Documents

_DECIMAL = "decimal"
# What an answer adds to the row of a project budget, or its details say.
_OF_ANSWERS = {"relation", "inferred", "bases", "via", "other_documents", "functions", "indicators"}
_OF_ROWS = tuple(one.name for one in fields(FundedProject) if one.name not in _OF_ANSWERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The row without what an answer adds to it, and its details."""

    project: FundedProject
    details: Details


def layout() -> str:
    """The names of all that is kept, so that an index of another program version is known."""
    kept = (FundedProject, Mention, Function, Indicator, Document)
    return repr([[one.name for one in fields(kind)] for kind in kept])


def written(project: FundedProject, details: Details) -> str:
    """The JSON text; an amount keeps its digits."""
    budget = project.project_budget
    value = {
        "project": {name: getattr(project, name) for name in _OF_ROWS},
        "mentions": {
            policy: [asdict(one) for one in found]
            for policy, found in details.mentions.get(budget, {}).items()
        },
        "functions": [asdict(one) for one in details.functions.get(budget, ())],
        "indicators": [asdict(one) for one in details.indicators.get(budget, ())],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_tagged)


def read(text: str) -> Told:
    """What :func:`written` wrote."""
    value = json.loads(text, object_hook=_untagged)
    project = FundedProject(**value["project"])
    budget = project.project_budget
    return Told(
        project=project,
        details=Details(
            mentions={
                budget: {
                    policy: tuple(Mention(**one) for one in found)
                    for policy, found in value["mentions"].items()
                }
            },
            functions={budget: tuple(Function(**one) for one in value["functions"])},
            indicators={budget: tuple(Indicator(**one) for one in value["indicators"])},
        ),
    )


def document_written(document: Document) -> str:
    """The JSON text of a policy document."""
    return json.dumps(asdict(document), ensure_ascii=False, separators=(",", ":"))


def documents_read(texts: Iterable[str], relations: Iterable[tuple[str, str, str]]) -> Documents:
    """All policy documents, and what they are to each other."""
    by_iri = {}
    for text in texts:
        value = json.loads(text)
        by_iri[value["iri"]] = Document(**{**value, "titles": tuple(value["titles"])})
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document, relation, other in relations:
        graph.add_edge(document, other, relation=relation)
    return Documents(by_iri=by_iri, relations=graph)


def _tagged(value: object) -> object:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    raise TypeError(f"no part of an answer: {type(value).__name__}")


def _untagged(value: dict[str, Any]) -> object:
    return Decimal(value[_DECIMAL]) if len(value) == 1 and _DECIMAL in value else value
