"""Identity checks."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import IdentityCheck
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import decimal, integer, plain, zh
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import DCTERMS, DQV, FG, RDF, RDFS


def map_check(check: IdentityCheck, scope: Scope) -> Iterator[Triple]:
    return describe(
        NamedNode(scope.ids.check(scope.id, check)),
        (RDF.type, FG.IdentityCheck),
        (DQV.computedOn, scope.node),
        (DQV.isMeasurementOf, NamedNode(scope.ids.rule(check.rule))),
        (FG.filing, scope.node),
        (FG.rule, NamedNode(scope.ids.rule(check.rule))),
        (DCTERMS.identifier, plain(check.key)),
        (RDFS.label, zh(check.label)),
        (FG.outcome, plain(check.outcome.value)),
        (FG.left, decimal(check.left)),
        (FG.right, decimal(check.right)),
        (FG.difference, decimal(check.difference)),
        (FG.tolerance, decimal(check.tolerance)),
        *each(FG.term, scope.described(check.terms)),
        *each(FG.line, (integer(line) for line in check.lines)),
    )
