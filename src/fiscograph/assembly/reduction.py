"""What crosses filings, as a reduction: associative, and free of the order of filings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fiscograph.assembly.covering import coverings
from fiscograph.budget import (
    Concept,
    ConceptKey,
    FilingFacts,
    FilingId,
    Issuer,
    Organization,
    OrganizationKey,
    PolicyDocument,
    PolicyKey,
    Project,
    Region,
    SharedFacts,
)

_KINDS = ("通知", "意见", "办法", "方案", "规定", "决定", "公告", "批复", "函", "细则", "条例")
_LAWS = ("法", "条例", "办法", "规定", "细则")


def reduce_facts(
    facts: Sequence[FilingFacts],
    regions: Mapping[str, Region],
    issuers: Mapping[str, Issuer],
    concepts: Iterable[Concept],
) -> SharedFacts:
    """Organizations, projects, policy documents, concepts and regions of all filings.

    Args:
        facts: the filings.
        regions: the regions' list; those in use and the wider ones are carried.
        issuers: the issuers' list.
        concepts: the named concepts that the filings use.
    """
    ordered = sorted(facts, key=lambda one: str(one.filing.id))
    return SharedFacts(
        organizations=_organizations(o for one in ordered for o in one.organizations),
        projects=_projects(ordered),
        policies=_policies(ordered, issuers),
        concepts=_concepts([*(c for one in ordered for c in one.concepts), *concepts]),
        regions=_regions(ordered, regions),
        coverings=coverings(ordered),
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


def _policies(
    facts: Sequence[FilingFacts], issuers: Mapping[str, Issuer]
) -> tuple[PolicyDocument, ...]:
    titles: dict[PolicyKey, dict[str, int]] = {}
    for one in facts:
        for citation in one.citations:
            if citation.policy is None:
                continue
            counted = titles.setdefault(citation.policy, {})
            if citation.title:
                counted[citation.title] = counted.get(citation.title, 0) + 1
    return tuple(_policy(key, titles[key], issuers) for key in sorted(titles, key=_policy_order))


def _policy(
    key: PolicyKey, titles: Mapping[str, int], issuers: Mapping[str, Issuer]
) -> PolicyDocument:
    ordered = sorted(titles, key=lambda title: (-titles[title], -len(title), title))
    issuer = issuers.get(key.number.issuer_code) if key.number else None
    name = ordered[0] if ordered else ""
    return PolicyDocument(
        key=key,
        titles=tuple(ordered),
        issuer=issuer.body if issuer else None,
        kind=_kind(key, name),
    )


def _kind(key: PolicyKey, title: str) -> str:
    """The kind that a document's title ends in, else its code tells; laws carry no number."""
    if key.number is None and title.endswith(_LAWS):
        return "法律法规"
    said = next((kind for kind in _KINDS if title.endswith(kind)), None)
    if said is None and key.number is not None and key.number.issuer_code.endswith("函"):
        said = "函"
    return said or "文件"


def _policy_order(key: PolicyKey) -> tuple[str, int, int, str, str]:
    number = key.number
    return (
        number.issuer_code if number else "",
        number.year if number else 0,
        number.serial if number else 0,
        key.title or "",
        key.qualifier or "",
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


def _regions(facts: Sequence[FilingFacts], regions: Mapping[str, Region]) -> tuple[Region, ...]:
    """The filings' regions and the wider ones; a code that the list lacks goes by itself."""
    used: dict[str, Region] = {}
    for one in facts:
        code = one.filing.region
        wider = (code[:4] + "00", code[:2] + "0000")
        chain = list(dict.fromkeys((code, *(above for above in wider if above in regions))))
        for at, narrow in enumerate(chain):
            parent = chain[at + 1] if at + 1 < len(chain) else None
            name = regions[narrow].name if narrow in regions else narrow
            used[narrow] = Region(code=narrow, name=name, parent=parent)
    return tuple(used[code] for code in sorted(used))
