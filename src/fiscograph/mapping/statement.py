"""Statements: the numbers of running text."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Statement
from fiscograph.mapping.description import describe
from fiscograph.mapping.literals import boolean, decimal, plain, year, zh
from fiscograph.mapping.passage import line_of, passage, place_of
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import FG, RDF

_DIRECTIONS = {1: "increase", -1: "decrease"}


def map_statement(statement: Statement, scope: Scope) -> Iterator[Triple]:
    yield from describe(
        NamedNode(scope.ids.statement(statement.place)),
        (RDF.type, FG.Statement),
        (FG.filing, scope.node),
        (FG.statementOf, scope.budget_or_filing(statement.project)),
        *place_of(statement.place, scope.ids),
        (FG.field, plain(statement.field)),
        (FG.printedText, plain(statement.printed)),
        (FG.statementKind, plain(statement.kind.value)),
        (FG.statedOf, zh(statement.about)),
        (FG.printedValue, decimal(statement.value)),
        (FG.unitText, plain(statement.unit)),
        (FG.statedYear, year(statement.year)),
        (FG.baseYear, year(statement.base or None)),
        (FG.changeDirection, plain(_DIRECTIONS.get(statement.direction))),
        (FG.approximate, boolean(statement.approximate) if statement.approximate else None),
    )
    # A number that goes on in the next line is quoted as far as its own line goes.
    length = statement.place.end - statement.place.start + 1
    yield from passage(statement.place, statement.printed[:length], scope.ids)
    yield from line_of(statement.place, scope.ids)
