"""The catalog of a release by DCAT-AP 3: what there is, who publishes it, how it can be had.

It describes the other files of the release and not its own: ``catalog.ttl`` cannot hold its own
checksum, and neither can a dump that holds the catalog. ``MANIFEST.json`` has both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from fiscograph.budget import Cube
from fiscograph.release.catalog import authorities as eu
from fiscograph.release.catalog import datasets, void
from fiscograph.release.catalog.scope import Scope, texts
from fiscograph.release.catalog.statistics import Statistics
from fiscograph.release.contents import Release
from fiscograph.release.manifest import FileEntry
from fiscograph.vocabulary import DCAT, DCTERMS, FOAF, RDF, VCARD
from fiscograph.vocabulary.description import describe, each
from fiscograph.vocabulary.literals import date, en, zh

__all__ = ["Statistics", "catalog"]


def catalog(release: Release, files: Iterable[FileEntry], counted: Statistics) -> tuple[Quad, ...]:
    """The quads of the catalog's graph.

    Args:
        release: what is published.
        files: the files that are written so far.
        counted: the figures of all other graphs.

    Raises:
        KeyError: a file of a filing is missing.
    """
    scope = Scope(release=release, files={entry.path: entry for entry in files})
    graph = NamedNode(release.ids.catalog_graph)
    return tuple(
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in _triples(scope, counted)
    )


def _triples(scope: Scope, counted: Statistics) -> Iterator[Triple]:
    yield from _catalog(scope)
    yield from _publisher(scope)
    yield from _service(scope)
    yield from datasets.whole(scope)
    yield from void.figures(counted, scope)
    yield from datasets.shared(scope)
    yield from datasets.tables(scope)
    for cube in Cube:
        yield from datasets.cube(cube, scope)
    yield from datasets.series(scope)
    for filing in scope.filings:
        yield from datasets.filing(filing, scope)
    for standard in eu.OURS:
        yield from describe(standard, (RDF.type, DCTERMS.Standard))
    for code in scope.regions:
        yield from describe(scope.region(code), (RDF.type, DCTERMS.Location))
    for year in scope.years:
        yield from _year(year, scope)


def _catalog(scope: Scope) -> Iterator[Triple]:
    homepage = NamedNode(scope.ids.base)
    everything = (
        *(scope.dataset(key) for key in (datasets.RELEASE, datasets.SHARED, datasets.TABLES)),
        *(NamedNode(scope.ids.cube(cube)) for cube in Cube),
        *(scope.dataset(str(filing.id)) for filing in scope.filings),
    )
    yield from describe(
        scope.catalog,
        (RDF.type, DCAT.Catalog),
        *texts(
            "部门预决算公开数据目录",
            "Catalog of government budget filings",
            "部门和单位公开的预决算，读成关联数据：有哪些数据集，怎样取得。",
            "The budgets and final accounts that departments and units disclose, as linked data: "
            "which datasets there are and how to get them.",
        ),
        (DCTERMS.publisher, scope.publisher),
        (DCTERMS.license, scope.license),
        (FOAF.homepage, homepage),
        *each(DCTERMS.language, (eu.CHINESE, eu.ENGLISH)),
        (DCTERMS.spatial, eu.CHINA),
        (DCAT.themeTaxonomy, eu.THEME_TAXONOMY),
        (DCAT.service, scope.service),
        *each(DCAT.dataset, everything),
    )
    yield from describe(homepage, (RDF.type, FOAF.Document))


def _publisher(scope: Scope) -> Iterator[Triple]:
    known = scope.release.publisher
    homepage = None if known.homepage is None else NamedNode(known.homepage)
    yield from describe(
        scope.publisher,
        (RDF.type, FOAF.Agent),
        (FOAF.name, zh(known.name_zh)),
        (FOAF.name, en(known.name_en)),
        (FOAF.homepage, homepage),
        (DCTERMS.type, None if known.type is None else eu.publisher_type(known.type)),
    )
    if scope.contact is not None:
        yield from describe(
            scope.contact,
            (RDF.type, VCARD.Kind),
            (RDF.type, VCARD.Organization),
            (VCARD.fn, zh(known.name_zh)),
            (VCARD.fn, en(known.name_en)),
            (VCARD.hasURL, homepage),
        )


def _service(scope: Scope) -> Iterator[Triple]:
    endpoint = NamedNode(scope.ids.sparql)
    return describe(
        scope.service,
        (RDF.type, DCAT.DataService),
        *texts(
            "SPARQL 查询服务",
            "SPARQL endpoint",
            "按 SPARQL 1.1 查询全部数据；不带查询访问时返回服务描述。",
            "All data by SPARQL 1.1; asked without a query, it describes itself.",
        ),
        *scope.of_any_dataset(),
        (DCAT.keyword, en("SPARQL")),
        (DCTERMS.license, scope.license),
        (DCTERMS.conformsTo, eu.SPARQL_PROTOCOL),
        (DCAT.endpointURL, endpoint),
        (DCAT.endpointDescription, endpoint),
        (DCAT.servesDataset, scope.dataset(datasets.RELEASE)),
    )


def _year(year: int, scope: Scope) -> Iterator[Triple]:
    """A fiscal year of China is the calendar year (预算法, article 18)."""
    return describe(
        scope.period(year),
        (RDF.type, DCTERMS.PeriodOfTime),
        (DCAT.startDate, date(f"{year:04d}-01-01")),
        (DCAT.endDate, date(f"{year:04d}-12-31")),
    )
