"""A project budget as the index keeps it: a row of an answer and its details, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

from fiscograph.tracing.answers import Function, FundedProject, Indicator
from fiscograph.tracing.details import Details
from fiscograph.tracing.documents import Document, Documents
from fiscograph.tracing.mention import Mention
from fiscograph.tracing.relations import Possible, Relation

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
    kept = (FundedProject, Mention, Function, Indicator, Document, Relation, Possible)
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


def relation_written(relation: Relation) -> str:
    """The JSON text of what is said of two documents."""
    return json.dumps(asdict(relation), ensure_ascii=False, separators=(",", ":"))


def possible_written(one: Possible) -> str:
    """The JSON text of a document that another one may be a misprint of."""
    return json.dumps(asdict(one), ensure_ascii=False, separators=(",", ":"))


def documents_read(
    texts: Iterable[str], relations: Iterable[str], possible: Iterable[tuple[str, str]]
) -> Documents:
    """All policy documents, and what they are to each other."""
    by_iri = {}
    for text in texts:
        value = json.loads(text)
        by_iri[value["iri"]] = Document(**{**value, "titles": tuple(value["titles"])})
    maybe: dict[str, tuple[Possible, ...]] = {}
    for document, text in possible:
        maybe[document] = (*maybe.get(document, ()), Possible(**json.loads(text)))
    return Documents.of(by_iri, map(_relation, relations), maybe)


def _relation(text: str) -> Relation:
    value = json.loads(text)
    return Relation(**{**value, "via": tuple(Mention(**one) for one in value["via"])})


def _tagged(value: object) -> object:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    raise TypeError(f"no part of an answer: {type(value).__name__}")


def _untagged(value: dict[str, Any]) -> object:
    return Decimal(value[_DECIMAL]) if len(value) == 1 and _DECIMAL in value else value
