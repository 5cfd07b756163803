"""Findings: the filing's faults as data."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Finding
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import en, integer, plain, zh
from fiscograph.mapping.passage import place_of
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import DQV, FG, OA, RDF


def map_finding(finding: Finding, scope: Scope) -> Iterator[Triple]:
    others = (line for line in finding.lines if line != finding.place.line)
    return describe(
        NamedNode(scope.ids.finding(scope.id, finding)),
        (RDF.type, FG.Finding),
        (FG.filing, scope.node),
        (OA.hasTarget, scope.node),
        (OA.motivatedBy, DQV.qualityAssessment),
        (FG.rule, NamedNode(scope.ids.rule(finding.rule))),
        (FG.severity, plain(finding.severity.value)),
        *place_of(finding.place, scope.ids),
        (FG.message, zh(finding.message_zh)),
        (FG.message, en(finding.message_en)),
        (FG.printedText, plain(finding.printed)),
        (FG.expected, plain(finding.expected)),
        *each(FG.about, _about(finding, scope)),
        *each(FG.relatedLine, (integer(line) for line in others)),
    )


def _about(finding: Finding, scope: Scope) -> list[NamedNode]:
    """What the graph describes at the finding's places. A code is described nowhere, so that a
    finding at the code of a row is about the amounts of the row.
    """
    row = scope.rows.get((finding.place.source, finding.place.line, finding.printed), ())
    return scope.described((finding.place, *finding.about, *row))
