"""Tables."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Table
from fiscograph.mapping.description import describe
from fiscograph.mapping.literals import integer, plain, zh
from fiscograph.mapping.passage import place_of
from fiscograph.mapping.scope import Scope
from fiscograph.vocabulary import DCTERMS, FG, RDF


def map_table(table: Table, scope: Scope) -> Iterator[Triple]:
    return describe(
        NamedNode(scope.ids.table(table.key)),
        (RDF.type, FG.Table),
        (FG.filing, scope.node),
        (DCTERMS.title, zh(table.title)),
        (FG.form, plain(table.form)),
        *place_of(table.place, scope.ids),
        (FG.lastLine, integer(table.last_line)),
        (FG.rowCount, integer(table.rows)),
    )
