"""What crosses filings, as a reduction: associative, and free of the order of filings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

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
        merged[concept.key] = merge(known, concept)
    return tuple(merged[key] for key in sorted(merged, key=lambda key: key.order))


def merge(one: Concept, other: Concept) -> Concept:
    """What two say of one concept: what a list says goes before what filings alone say."""
    first, second = sorted((one, other), key=_standing)
    return replace(
        first,
        printed=tuple(sorted({*one.printed, *other.printed})),
        label_en=first.label_en or second.label_en,
        label_basis=first.label_basis if first.label_en else second.label_basis,
        parent=first.parent or second.parent,
        source=first.source or second.source,
        depth=first.depth or second.depth,
    )


def _standing(concept: Concept) -> tuple[bool, bool, tuple[str, ...], str]:
    """A list's own entry with its source first, then its names alone, then what is printed."""
    return concept.source is None, not concept.labels, concept.labels, concept.support


def _regions(
    facts: Sequence[FilingFacts],
    documents: Iterable[PolicyDocument],
    regions: Mapping[str, Region],
) -> tuple[Region, ...]:
    """The filings' regions, those of issuing bodies, and the wider ones.

    A filing's code that the list lacks goes by itself. Bodies of the whole state have no region.
    """
    used: dict[str, Region] = {}
    issuing = {one.jurisdiction for one in documents if one.jurisdiction}
    listed = issuing & regions.keys()
    for code in sorted({one.filing.region for one in facts} | listed):
        wider = (code[:4] + "00", code[:2] + "0000")
        chain = list(dict.fromkeys((code, *(above for above in wider if above in regions))))
        for at, narrow in enumerate(chain):
            parent = chain[at + 1] if at + 1 < len(chain) else None
            name = regions[narrow].name if narrow in regions else narrow
            used[narrow] = Region(code=narrow, name=name, parent=parent)
    return tuple(used[code] for code in sorted(used))
