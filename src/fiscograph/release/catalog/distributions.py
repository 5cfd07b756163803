"""How the datasets can be had: files with their checksums, and dumps that are made on demand."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from fiscograph.release.catalog import authorities as eu
from fiscograph.release.catalog.scope import Scope, texts
from fiscograph.release.dumps import Dump
from fiscograph.release.manifest import FileEntry
from fiscograph.release.tables.columns import schemas
from fiscograph.vocabulary import DCAT, DCTERMS, RDF, SPDX, XSD
from fiscograph.vocabulary.description import Pair, describe

_NAMES = {
    "application/csvm+json": ("CSVW 元数据", "CSVW metadata"),
    "application/json": ("财政数据包描述", "Fiscal Data Package descriptor"),
    "application/ld+json": ("JSON-LD 文件", "JSON-LD file"),
    "application/n-quads": ("N-Quads 文件", "N-Quads file"),
    "application/n-triples": ("N-Triples 文件", "N-Triples file"),
    "application/trig": ("TriG 文件", "TriG file"),
    "text/csv": ("CSV 表格", "CSV table"),
    "text/html": ("核对报告", "Report of what was read, checked and found"),
    "text/turtle": ("Turtle 文件", "Turtle file"),
}


def of_file(entry: FileEntry, scope: Scope) -> Iterator[Triple]:
    """A file that stands in the release, with its size and checksum (DCAT-AP 3, Distribution)."""
    node = scope.distribution(entry.path)
    checksum = NamedNode(scope.ids.in_catalog("checksum", *entry.path.split("/")))
    yield from _downloaded(node, entry.path, entry.media_type, scope)
    yield from describe(
        node,
        (DCAT.byteSize, Literal(str(entry.size), datatype=XSD.nonNegativeInteger)),
        (SPDX.checksum, checksum),
    )
    yield from describe(
        checksum,
        (RDF.type, SPDX.Checksum),
        (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
        (SPDX.checksumValue, Literal(entry.sha256, datatype=XSD.hexBinary)),
    )


def of_dump(dump: Dump, scope: Scope) -> Iterator[Triple]:
    """A dump of the whole graph. It holds the catalog, which cannot hold its checksum: that is in
    ``MANIFEST.json``.
    """
    return _downloaded(scope.distribution(dump.file_name), dump.file_name, dump.media_type, scope)


def by_query(node: NamedNode, thing: NamedNode, scope: Scope) -> Iterator[Triple]:
    """What is had through the SPARQL service alone."""
    return describe(
        node,
        (RDF.type, DCAT.Distribution),
        *texts("SPARQL 查询", "By SPARQL query", "用 SPARQL 查询取得。", "Had by a SPARQL query."),
        (DCAT.accessURL, thing),
        (DCAT.accessService, scope.service),
        (DCTERMS.license, scope.license),
    )


def _downloaded(node: NamedNode, path: str, media_type: str, scope: Scope) -> Iterator[Triple]:
    url = NamedNode(scope.ids.download(path))
    return describe(
        node,
        (RDF.type, DCAT.Distribution),
        *_said(path, media_type),
        (DCAT.accessURL, url),
        (DCAT.downloadURL, url),
        (DCAT.mediaType, eu.iana(media_type)),
        (DCTERMS.format, eu.file_type(media_type)),
        (DCTERMS.license, scope.license),
    )


def _said(path: str, media_type: str) -> tuple[Pair, ...]:
    """Title and description: a table is called by what its rows are."""
    name_zh, name_en = _NAMES[media_type]
    file = path.rpartition("/")[2]
    table = schemas().get(file.removesuffix(".csv"))
    if table is None:
        return texts(file, file, name_zh, name_en)
    return texts(f"{table.zh} {file}", f"{table.en} {file}", table.row_zh, table.row_en)
