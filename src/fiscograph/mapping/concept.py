"""Concepts and their schemes: those that a release uses and those of the whole lists alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import NOT_STATED, Concept, ConceptKey, FilingFacts, Scheme
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.cofog import map_links
from fiscograph.mapping.cube import CODE_LISTS
from fiscograph.mapping.description import Pair, describe, each
from fiscograph.mapping.levels import map_levels
from fiscograph.mapping.literals import en, plain, year, zh
from fiscograph.vocabulary import DCTERMS, FG, OBEU_OPERATION, OBEU_PHASE, RDF, SKOS
from fiscograph.vocabulary.concepts import COFOG, REGION, RULE, english, labels_of, listed

# zh and en names; besides the schemes of the domain, those of lists that only the graph has.
SCHEME_LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Scheme.FUNCTION.value: ("支出功能分类", "Functional classification of expenditure"),
        Scheme.ECONOMIC.value: (
            "部门预算支出经济分类",
            "Departmental economic classification of expenditure",
        ),
        Scheme.GOVERNMENT_ECONOMIC.value: (
            "政府预算支出经济分类",
            "Governmental economic classification of expenditure",
        ),
        Scheme.REVENUE_SOURCE.value: ("收入来源", "Sources of revenue"),
        Scheme.FUND.value: ("资金性质", "Funds"),
        Scheme.SPENDING_TYPE.value: ("支出类型", "Types of spending"),
        Scheme.PROJECT_TYPE.value: ("项目类型", "Types of projects"),
        Scheme.INDICATOR_LEVEL.value: ("绩效指标层级", "Levels of performance indicators"),
        Scheme.PROCUREMENT.value: ("政府采购品目", "Categories of government procurement"),
        Scheme.THREE_PUBLIC.value: ("三公经费项目", "Items of the three public expenses"),
        Scheme.PHASE.value: ("预算阶段", "Budget phases"),
        Scheme.OPERATION.value: ("收支性质", "Operation characters"),
        COFOG: (
            "政府职能分类（COFOG 1999）",
            "Classification of the Functions of Government (COFOG 1999)",
        ),
        "document-kind": ("文件种类", "Kinds of documents"),
        "issuer": ("发文机关", "Issuing authorities"),
        REGION: ("行政区划", "Administrative divisions"),
        RULE: ("规则", "Rules"),
    }
)
_EXACT_MATCHES: Mapping[tuple[str, str], NamedNode] = MappingProxyType(
    {
        (Scheme.PHASE.value, "approved"): OBEU_PHASE.approved,
        (Scheme.PHASE.value, "executed"): OBEU_PHASE.executed,
        (Scheme.OPERATION.value, "expenditure"): OBEU_OPERATION.expenditure,
        (Scheme.OPERATION.value, "revenue"): OBEU_OPERATION.revenue,
    }
)


def rule_concepts(facts: FilingFacts) -> tuple[Concept, ...]:
    """The rules that a filing's facts name, for the code lists that all filings share."""
    names = {
        *(allocation.rule for allocation in facts.allocations),
        *(check.rule for check in facts.checks),
        *(finding.rule for finding in facts.findings),
    }
    return tuple(
        Concept(
            key=ConceptKey(scheme=RULE, edition=None, notation=name),
            labels=(name,),
            label_en=None,
            parent=None,
            support="defined",
        )
        for name in sorted(names)
    )


def with_built_in(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """The concepts of the filings and those that every release has, each key once: phases,
    operation characters and, in every code list of a cube, what is not stated.
    """
    keys = [
        *listed(Scheme.PHASE.value),
        *listed(Scheme.OPERATION.value),
        *(
            ConceptKey(scheme=scheme.value, edition=None, notation=NOT_STATED)
            for scheme in CODE_LISTS.values()
        ),
    ]
    own = {key: listed(key.scheme)[key] for key in keys}
    return (*own.values(), *(concept for concept in concepts if concept.key not in own))


def map_concepts(concepts: Iterable[Concept], ids: Identifiers) -> Iterator[Triple]:
    """Concepts with all that is said of their schemes; only schemes that have a concept are said.

    Broader and narrower stand both ways, and so do a scheme and its top concepts (SKOS Reference,
    sections 4 and 8). A concept of a region stands in its region's scheme besides the national one.
    """
    every = {concept.key: concept for concept in concepts}
    for scheme in sorted({key.scheme for key in every}):
        yield from _scheme(scheme, ids)
    for scheme, region in sorted({(key.scheme, _region_of(key)) for key in every}):
        if region:
            yield from _regional_scheme(scheme, region, ids)
    for concept in every.values():
        yield from _concept(concept, ids)
        yield from _places(concept, every, ids)
    yield from map_levels(every.values(), ids)
    yield from map_links(every, ids)


def broader_of(concept: Concept, every: Mapping[ConceptKey, Concept]) -> ConceptKey | None:
    """The broader concept among those that are there: of the same region, else a national one."""
    if concept.parent is None:
        return None
    near = replace(concept.key, notation=concept.parent)
    return next((key for key in (near, replace(near, region=None)) if key in every), None)


def _region_of(key: ConceptKey) -> str:
    """The region whose own scheme holds the concept: only classifications have such schemes."""
    return (key.region or "") if key.edition is not None else ""


def _scheme(scheme: str, ids: Identifiers) -> Iterator[Triple]:
    """A scheme without a label of its own goes by its key."""
    chinese, english_name = SCHEME_LABELS.get(scheme, (scheme, scheme))
    return describe(
        NamedNode(ids.scheme(scheme)),
        (RDF.type, SKOS.ConceptScheme),
        (SKOS.notation, plain(scheme)),
        (SKOS.prefLabel, zh(chinese)),
        (SKOS.prefLabel, en(english_name)),
    )


def _regional_scheme(scheme: str, region: str, ids: Identifiers) -> Iterator[Triple]:
    chinese, english_name = SCHEME_LABELS.get(scheme, (scheme, scheme))
    named = labels_of(ConceptKey(scheme=REGION, edition=None, notation=region))
    place = f"{named.zh if named else ''}{region}"
    return describe(
        NamedNode(ids.regional_scheme(scheme, region)),
        (RDF.type, SKOS.ConceptScheme),
        (SKOS.notation, plain(f"{scheme}/{region}")),
        (SKOS.prefLabel, zh(f"{chinese}：{place}自用编码")),
        (SKOS.prefLabel, en(f"{english_name}: codes of region {region}")),
        (DCTERMS.isPartOf, NamedNode(ids.scheme(scheme))),
        (FG.region, NamedNode(ids.region(region))),
    )


def _concept(concept: Concept, ids: Identifiers) -> Iterator[Triple]:
    key, names = concept.key, concept.names
    translated = english(concept)
    chinese = names if concept.labels or concept.printed or translated is None else ()
    return describe(
        NamedNode(ids.concept(key)),
        (RDF.type, SKOS.Concept),
        (RDF.type, FG.Region if key.scheme == REGION else None),
        (SKOS.notation, plain(key.notation)),
        *each(SKOS.prefLabel, (zh(name) for name in chinese[:1])),
        *each(SKOS.altLabel, (zh(name) for name in chinese[1:])),
        *_english(translated),
        *_told_apart(concept),
        (SKOS.exactMatch, _EXACT_MATCHES.get((key.scheme, key.notation))),
        (FG.edition, year(key.edition)),
        (FG.support, plain(concept.support)),
        (DCTERMS.source, plain(concept.source)),
    )


def _english(translated: tuple[str, str] | None) -> Iterator[Pair]:
    if translated is not None:
        yield SKOS.prefLabel, en(translated[0])
        yield FG.labelBasis, plain(translated[1])


def _told_apart(concept: Concept) -> Iterator[Pair]:
    """Which name filings print, and the list's own name where it is not the preferred one."""
    yield from each(FG.printedName, (zh(name) for name in concept.printed))
    if concept.labels and concept.labels[0] != concept.names[0]:
        yield FG.listedName, zh(concept.labels[0])


def _places(
    concept: Concept, every: Mapping[ConceptKey, Concept], ids: Identifiers
) -> Iterator[Triple]:
    """Where a concept stands: in which schemes, under which concept or at the top of which."""
    iri, key = NamedNode(ids.concept(concept.key)), concept.key
    broader, region = broader_of(concept, every), _region_of(key)
    national = NamedNode(ids.scheme(key.scheme))
    within = [(national, broader is not None)]
    if region:
        own = NamedNode(ids.regional_scheme(key.scheme, region))
        within.append((own, broader is not None and broader.region == key.region))
    for scheme, is_under_another in within:
        yield Triple(iri, SKOS.inScheme, scheme)
        if not is_under_another:
            yield Triple(iri, SKOS.topConceptOf, scheme)
            yield Triple(scheme, SKOS.hasTopConcept, iri)
    if broader is not None:
        above = NamedNode(ids.concept(broader))
        yield Triple(iri, SKOS.broader, above)
        yield Triple(above, SKOS.narrower, iri)
