"""Concepts, their schemes, and the concepts that every release has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import NOT_STATED, Concept, ConceptKey, FilingFacts, Scheme
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.cube import CODE_LISTS
from fiscograph.mapping.description import describe, each, node
from fiscograph.mapping.literals import en, plain, year, zh
from fiscograph.vocabulary import FG, OBEU_OPERATION, OBEU_PHASE, RDF, SKOS

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
        "document-kind": ("文件种类", "Kinds of documents"),
        "issuer": ("发文机关", "Issuing authorities"),
        "region": ("行政区划", "Administrative divisions"),
        "rule": ("规则", "Rules"),
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


def _rule(scheme: Scheme, notation: str, chinese: str, english: str) -> Concept:
    return Concept(
        key=ConceptKey(scheme=scheme.value, edition=None, notation=notation),
        labels=(chinese,),
        label_en=english,
        parent=None,
        support="rule",
    )


BUILT_IN: tuple[Concept, ...] = (
    _rule(Scheme.PHASE, "approved", "预算", "Approved"),
    _rule(Scheme.PHASE, "executed", "决算", "Executed"),
    _rule(Scheme.OPERATION, "expenditure", "支出", "Expenditure"),
    _rule(Scheme.OPERATION, "revenue", "收入", "Revenue"),
    *(_rule(scheme, NOT_STATED, "未列明", "not stated") for scheme in CODE_LISTS.values()),
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
            key=ConceptKey(scheme="rule", edition=None, notation=name),
            labels=(name,),
            label_en=None,
            parent=None,
            support="rule",
        )
        for name in sorted(names)
    )


def with_built_in(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """The concepts of the filings and those that every release has, each key once.

    >>> len(with_built_in(BUILT_IN)) == len(BUILT_IN)
    True
    """
    own = {concept.key for concept in BUILT_IN}
    return (*BUILT_IN, *(concept for concept in concepts if concept.key not in own))


def map_scheme(scheme: str, ids: Identifiers) -> Iterator[Triple]:
    """A scheme without a label of its own goes by its key."""
    chinese, english = SCHEME_LABELS.get(scheme, (scheme, scheme))
    return describe(
        NamedNode(ids.scheme(scheme)),
        (RDF.type, SKOS.ConceptScheme),
        (SKOS.notation, plain(scheme)),
        (SKOS.prefLabel, zh(chinese)),
        (SKOS.prefLabel, en(english)),
    )


def map_concept(
    concept: Concept, present: frozenset[ConceptKey], ids: Identifiers
) -> Iterator[Triple]:
    """``present`` are the keys of all concepts: only those can be broader ones."""
    key = concept.key
    scheme = NamedNode(ids.scheme(key.scheme))
    iri = NamedNode(ids.concept(key))
    broader = _broader(concept, present)
    preferred, *others = concept.labels or (key.notation,)
    yield from describe(
        iri,
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, scheme),
        (SKOS.notation, plain(key.notation)),
        (SKOS.prefLabel, zh(preferred)),
        (SKOS.prefLabel, en(concept.label_en)),
        *each(SKOS.altLabel, (zh(label) for label in others if label != preferred)),
        (SKOS.broader, node(None if broader is None else ids.concept(broader))),
        (SKOS.topConceptOf, scheme if broader is None else None),
        (SKOS.exactMatch, _EXACT_MATCHES.get((key.scheme, key.notation))),
        (FG.edition, year(key.edition)),
        (FG.support, plain(concept.support)),
    )
    if broader is None:
        yield Triple(scheme, SKOS.hasTopConcept, iri)


def top_concept(iri: str, scheme: str, notation: str, label: str | None) -> Iterator[Triple]:
    """A concept of a flat list."""
    yield from describe(
        NamedNode(iri),
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, NamedNode(scheme)),
        (SKOS.topConceptOf, NamedNode(scheme)),
        (SKOS.notation, plain(notation)),
        (SKOS.prefLabel, zh(label)),
    )
    yield Triple(NamedNode(scheme), SKOS.hasTopConcept, NamedNode(iri))


def _broader(concept: Concept, present: frozenset[ConceptKey]) -> ConceptKey | None:
    if concept.parent is None:
        return None
    key = ConceptKey(
        scheme=concept.key.scheme, edition=concept.key.edition, notation=concept.parent
    )
    return key if key in present else None
