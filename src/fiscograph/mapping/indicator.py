"""Performance indicators, as printed."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import PerformanceIndicator
from fiscograph.mapping.description import describe
from fiscograph.mapping.literals import plain, zh
from fiscograph.mapping.passage import line_of, passage, place_of
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import FG, RDF, RDFS
from fiscograph.vocabulary.printed_names import indicator_level


def map_indicator(indicator: PerformanceIndicator, scope: Scope) -> Iterator[Triple]:
    yield from describe(
        NamedNode(scope.ids.indicator(indicator)),
        (RDF.type, FG.PerformanceIndicator),
        (FG.filing, scope.node),
        (FG.indicatorOf, scope.budget_or_filing(indicator.project)),
        *place_of(indicator.place, scope.ids),
        (RDFS.label, zh(indicator.name)),
        (FG.level1, zh(indicator.level1)),
        (FG.level2, zh(indicator.level2)),
        (FG.level3, zh(indicator.name)),
        (FG.indicatorLevel, _level(indicator, scope)),
        (FG.operator, plain(indicator.operator.value if indicator.operator else None)),
        (FG.operatorPrinted, plain(indicator.operator_printed)),
        (FG.operatorBasis, plain(_basis(indicator))),
        (FG.targetValue, plain(indicator.target)),
        (FG.unitText, plain(indicator.unit)),
        (FG.weight, plain(indicator.weight)),
        (FG.direction, plain(indicator.direction)),
        (FG.core, plain(indicator.core)),
    )
    yield from passage(indicator.place, _printed(indicator), scope.ids)
    yield from line_of(indicator.place, scope.ids)


def _printed(indicator: PerformanceIndicator) -> str | None:
    """What stands at the indicator's place: its target, else its weight, as far as it is kept as
    it is printed there.
    """
    text = indicator.target or indicator.weight
    length = indicator.place.end - indicator.place.start + 1
    return text if text and len(text) == length else None


def _level(indicator: PerformanceIndicator, scope: Scope) -> NamedNode | None:
    key = indicator_level(indicator.level1, indicator.level2)
    return None if key is None else NamedNode(scope.ids.concept(key))


def _basis(indicator: PerformanceIndicator) -> str | None:
    return indicator.operator_basis.value if indicator.operator_basis is not None else None
