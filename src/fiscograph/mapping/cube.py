"""The national cubes: data sets, their structures and components."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Cube, Scheme
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import boolean, en, integer, zh
from fiscograph.vocabulary import FG, OBEU_ATTRIBUTE, QB, RDF, RDFS

YUAN = NamedNode("http://publications.europa.eu/resource/authority/currency/CNY")

# The classification of each cube; the cube by project has its projects instead.
CLASSIFICATION: Mapping[Cube, tuple[NamedNode, Scheme]] = MappingProxyType(
    {
        Cube.FUNCTION: (FG.functionalClassification, Scheme.FUNCTION),
        Cube.ECONOMIC: (FG.economicClassification, Scheme.ECONOMIC),
        Cube.REVENUE: (FG.revenueSource, Scheme.REVENUE_SOURCE),
        Cube.THREE_PUBLIC: (FG.threePublicItem, Scheme.THREE_PUBLIC),
        Cube.PROCUREMENT: (FG.procurementCategory, Scheme.PROCUREMENT),
    }
)
CODE_LISTS: Mapping[NamedNode, Scheme] = MappingProxyType(
    {
        FG.budgetPhase: Scheme.PHASE,
        FG.operationCharacter: Scheme.OPERATION,
        FG.fund: Scheme.FUND,
        FG.spendingType: Scheme.SPENDING_TYPE,
        **dict(CLASSIFICATION.values()),
    }
)
_LABELS: Mapping[Cube, tuple[str, str]] = MappingProxyType(
    {
        Cube.FUNCTION: ("按功能分类的支出", "Expenditure by function"),
        Cube.ECONOMIC: ("按经济分类的支出", "Expenditure by economic class"),
        Cube.PROJECT: ("按项目的支出", "Expenditure by project"),
        Cube.REVENUE: ("按来源的收入", "Revenue by source"),
        Cube.THREE_PUBLIC: ("三公经费支出", "Three public expenses"),
        Cube.PROCUREMENT: ("政府采购", "Government procurement"),
    }
)


def dimensions(cube: Cube) -> tuple[NamedNode, ...]:
    """The dimensions of a cube in its order, the filing first."""
    what = FG.project if cube is Cube.PROJECT else CLASSIFICATION[cube][0]
    return (
        FG.filing,
        FG.organization,
        FG.fiscalYear,
        FG.budgetPhase,
        FG.operationCharacter,
        what,
        FG.fund,
        FG.spendingType,
    )


def map_cube(cube: Cube, ids: Identifiers) -> Iterator[Triple]:
    chinese, english = _LABELS[cube]
    components = {
        term: NamedNode(ids.component(cube, _local_name(term)))
        for term in (*dimensions(cube), FG.amount, OBEU_ATTRIBUTE.currency)
    }
    yield from describe(
        NamedNode(ids.cube(cube)),
        (RDF.type, QB.DataSet),
        (RDFS.label, zh(chinese)),
        (RDFS.label, en(english)),
        (QB.structure, NamedNode(ids.structure(cube))),
    )
    yield from describe(
        NamedNode(ids.structure(cube)),
        (RDF.type, QB.DataStructureDefinition),
        (RDFS.label, zh(f"{chinese}：结构")),
        (RDFS.label, en(f"{english}: structure")),
        *each(QB.component, components.values()),
    )
    for order, (term, component) in enumerate(components.items(), start=1):
        yield from _component(term, component, order)


def _component(term: NamedNode, component: NamedNode, order: int) -> Iterator[Triple]:
    is_measure, is_attribute = term == FG.amount, term == OBEU_ATTRIBUTE.currency
    kind = QB.measure if is_measure else QB.attribute if is_attribute else QB.dimension
    return describe(
        component,
        (RDF.type, QB.ComponentSpecification),
        (QB.componentProperty, term),
        (kind, term),
        (QB.order, integer(order)),
        (QB.componentRequired, boolean(is_attribute) if is_attribute else None),
    )


def map_code_lists(ids: Identifiers) -> Iterator[Triple]:
    """The only code list of each coded dimension."""
    for term, scheme in CODE_LISTS.items():
        yield Triple(term, QB.codeList, NamedNode(ids.scheme(scheme.value)))


def _local_name(term: NamedNode) -> str:
    return term.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
