"""The tables of policy documents, their citations, and what they fund."""

from __future__ import annotations

from collections.abc import Iterator

from fiscograph.budget import FilingFacts, PolicyKey
from fiscograph.release.tables.directory import Directory
from fiscograph.release.tables.table import Row, table


def _number(key: PolicyKey) -> str | None:
    return str(key.number) if key.number else None


def _policies(directory: Directory) -> Iterator[Row]:
    for one in directory.release.shared.policies:
        number = one.key.number
        yield {
            "policy": directory.path(directory.ids.policy(one.key)),
            "number": _number(one.key),
            "issuer_code": number.issuer_code if number else None,
            "issuer": one.issuer,
            "year": number.year if number else None,
            "serial": number.serial if number else None,
            "title": directory.title_of(one.key),
            "kind": one.kind,
        }


def _citations(directory: Directory) -> Iterator[Row]:
    ids = directory.ids
    for facts in directory.facts:
        for one in facts.citations:
            yield {
                "citation": directory.path(ids.citation(one)),
                "filing": directory.filing(facts),
                "project_budget": directory.project_path(facts, one.project),
                "cited_by": one.cited_by,
                "field": one.field,
                "printed": one.printed,
                "number": str(one.number) if one.number else None,
                "title": one.title,
                "policy": directory.path(ids.policy(one.policy)) if one.policy else None,
                "line": one.place.line,
                "start": one.place.start,
                "score": one.score,
            }


def _funding(directory: Directory) -> Iterator[Row]:
    """One row for each policy document and project budget that a citation ties together."""
    for facts in directory.facts:
        fields: dict[tuple[PolicyKey, str], set[str]] = {}
        for citation in facts.citations:
            if citation.policy is not None and citation.project is not None:
                fields.setdefault((citation.policy, citation.project), set()).add(citation.field)
        for (policy, project), via in fields.items():
            yield _edge(directory, facts, policy, project, tuple(sorted(via)))


def _edge(
    directory: Directory, facts: FilingFacts, policy: PolicyKey, key: str, via: tuple[str, ...]
) -> Row:
    project = directory.project(facts, key)
    return {
        "policy": directory.path(directory.ids.policy(policy)),
        "number": _number(policy),
        "title": directory.title_of(policy),
        "project_budget": directory.project_path(facts, key),
        "project_code": project.code if project else None,
        "project_name": project.name if project else None,
        "unit": directory.name_of(project.unit) if project else None,
        "department": directory.name_of(project.department) if project else None,
        "fiscal_year": facts.filing.year,
        "amount_cny": project.amount.yuan if project and project.amount else None,
        "via": via,
    }


POLICIES = table("policies", _policies)
CITATIONS = table("citations", _citations)
FUNDING = table("funding", _funding)
