"""What crosses filings, as a reduction: associative, and free of the order of filings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fiscograph.assembly.candidates import document_candidates
from fiscograph.assembly.covering import coverings
from fiscograph.assembly.documents import document_relations, policy_documents
from fiscograph.budget import (
    CodeLists,
    Concept,
    ConceptKey,
    FilingFacts,
    FilingId,
    Organization,
    OrganizationKey,
    PolicyDocument,
    Project,
    Region,
    SharedFacts,
)


def reduce_facts(
    facts: Sequence[FilingFacts],
    lists: CodeLists,
    concepts: Iterable[Concept],
) -> SharedFacts:
    """Organizations, projects, policy documents, concepts and regions of all filings.

    Args:
        facts: the filings.
        lists: the regions' list, of which those in use and the wider ones are carried, and the
            issuers' list.
        concepts: the named concepts that the filings use.
    """
    ordered = sorted(facts, key=lambda one: str(one.filing.id))
    documents = policy_documents(ordered, lists)
    return SharedFacts(
        organizations=_organizations(o for one in ordered for o in one.organizations),
        projects=_projects(ordered),
        policies=documents,
        concepts=_concepts([*(c for one in ordered for c in one.concepts), *concepts]),
        regions=_regions(ordered, documents, lists.regions),
        coverings=coverings(ordered),
        relations=document_relations(ordered, documents),
        candidates=document_candidates(ordered, documents, lists),
    )


def _organizations(found: Iterable[Organization]) -> tuple[Organization, ...]:
    merged: dict[OrganizationKey, Organization] = {}
    for organization in found:
        known = merged.get(organization.key)
        if known is None:
            merged[organization.key] = organization
            continue
        merged[organization.key] = Organization(
            key=known.key,
            code=known.code or organization.code,
            names=tuple(sorted({*known.names, *organization.names})),
            role=known.role,
            parent=known.parent or organization.parent,
        )
    return tuple(merged[key] for key in sorted(merged))


def _projects(facts: Sequence[FilingFacts]) -> tuple[Project, ...]:
    names: dict[tuple[str, str, str], set[str]] = {}
    filings: dict[tuple[str, str, str], FilingId] = {}
    for one in facts:
        for budget in one.projects:
            key = (budget.code, "", "") if budget.code else ("", str(one.filing.id), budget.key)
            names.setdefault(key, set()).update((budget.name, *budget.other_names))
            filings[key] = one.filing.id
    return tuple(
        Project(
            code=code or None,
            filing=None if code else filings[code, filing, budget],
            budget_key=None if code else budget,
            names=tuple(sorted(names[code, filing, budget], key=lambda n: (-len(n), n))),
        )
        for code, filing, budget in sorted(names)
    )


def _concepts(found: Iterable[Concept]) -> tuple[Concept, ...]:
    merged: dict[ConceptKey, Concept] = {}
    for concept in found:
        known = merged.get(concept.key)
        if known is None:
            merged[concept.key] = concept
            continue
        preferred = known.labels[:1] if known.support != "local" else concept.labels[:1]
        rest = sorted({*known.labels, *concept.labels} - set(preferred))
        merged[concept.key] = Concept(
            key=concept.key,
            labels=(*preferred, *rest),
            label_en=known.label_en or concept.label_en,
            parent=known.parent or concept.parent,
            support=known.support,
        )
    return tuple(
        merged[key] for key in sorted(merged, key=lambda k: (k.scheme, k.edition or 0, k.notation))
    )


def _regions(
    facts: Sequence[FilingFacts],
    documents: Iterable[PolicyDocument],
    regions: Mapping[str, Region],
) -> tuple[Region, ...]:
    used: dict[str, Region] = {}
    issuing = {document.jurisdiction for document in documents if document.jurisdiction}
    for code in sorted({one.filing.region for one in facts} | issuing):
        chain = [c for c in (code, code[:4] + "00", code[:2] + "0000") if c in regions]
        chain = list(dict.fromkeys(chain))
        for at, narrow in enumerate(chain):
            parent = chain[at + 1] if at + 1 < len(chain) else None
            used[narrow] = Region(code=narrow, name=regions[narrow].name, parent=parent)
    return tuple(used[code] for code in sorted(used))
