"""The catalog of a release."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Cube
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import en, zh
from fiscograph.vocabulary import DCAT, DCTERMS, RDF


def map_catalog(ids: Identifiers) -> Iterator[Triple]:
    return describe(
        NamedNode(ids.catalog),
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, zh("部门预决算公开数据目录")),
        (DCTERMS.title, en("Catalog of government budget filings")),
        *each(DCAT.dataset, (NamedNode(ids.cube(cube)) for cube in Cube)),
    )
