"""The datasets: one for each filing, in the series of its department; what filings share; the
tables; the cubes; and the whole release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Cube, Filing, FilingKind, OrganizationKey
from fiscograph.release.catalog import authorities as eu
from fiscograph.release.catalog import distributions
from fiscograph.release.catalog.scope import Scope, texts
from fiscograph.release.dumps import DUMPS
from fiscograph.vocabulary import DCAT, DCTERMS, PROV, RDF, RDFS
from fiscograph.vocabulary.description import Pair, describe, each
from fiscograph.vocabulary.literals import en, plain, zh

RELEASE, SHARED, TABLES = "release", "shared", "tables"
_KINDS: Mapping[FilingKind, tuple[str, str]] = MappingProxyType(
    {
        FilingKind.DEPARTMENT_BUDGET: ("部门预算", "department budget"),
        FilingKind.UNIT_BUDGET: ("单位预算", "unit budget"),
        FilingKind.DEPARTMENT_FINAL: ("部门决算", "department final accounts"),
        FilingKind.UNIT_FINAL: ("单位决算", "unit final accounts"),
    }
)


def filing(one: Filing, scope: Scope) -> Iterator[Triple]:
    """What was read from one filing, and from which file."""
    node, (kind_zh, kind_en) = scope.dataset(str(one.id)), _KINDS[one.kind]
    provenance = NamedNode(scope.ids.in_catalog("provenance", str(one.id)))
    paths = (f"filings/{one.id}.{suffix}" for suffix in ("ttl", "jsonld", "html"))
    entries = [scope.files[path] for path in paths if path in scope.files]
    yield from describe(
        node,
        (RDF.type, DCAT.Dataset),
        *texts(
            f"{one.department}{one.year}年{kind_zh}",
            f"{one.department}: {kind_en} {one.year}",
            "从一份公开文件读出的数据：印出金额、资金分配、项目、绩效指标、引用、校验和发现，"
            "每个数值都指回原文。",
            "What was read from one filing: printed amounts, allocations, projects, indicators, "
            "citations, checks and findings; each value leads back to its line.",
        ),
        *scope.of_any_dataset(),
        (DCTERMS.identifier, plain(str(one.id))),
        (DCTERMS.spatial, scope.region(one.region)),
        (DCTERMS.temporal, scope.period(one.year)),
        (DCTERMS.language, eu.CHINESE),
        *each(DCTERMS.conformsTo, eu.OURS),
        (DCAT.keyword, zh(kind_zh)),
        (DCAT.keyword, en(kind_en)),
        (DCAT.inSeries, NamedNode(scope.ids.series(scope.department(one)))),
        (DCTERMS.provenance, provenance),
        (PROV.wasDerivedFrom, NamedNode(scope.ids.filing(one.id))),
        *each(PROV.wasDerivedFrom, (NamedNode(scope.ids.source(s.sha256)) for s in one.sources)),
        *each(DCAT.distribution, (scope.distribution(entry.path) for entry in entries)),
    )
    names = "、".join(source.name for source in one.sources)
    yield from describe(
        provenance,
        (RDF.type, DCTERMS.ProvenanceStatement),
        (RDFS.label, zh(f"由公开文件 {names} 读出。")),
        (RDFS.label, en(f"Read from the filing {names}.")),
    )
    for entry in entries:
        yield from distributions.of_file(entry, scope)


def series(scope: Scope) -> Iterator[Triple]:
    """One series for each department whose filings, or whose units' filings, are in the release."""
    members: dict[OrganizationKey, list[Filing]] = {}
    for one in scope.filings:
        members.setdefault(scope.department(one), []).append(one)
    for key, filings in sorted(members.items()):
        name = scope.name_of(key) or filings[0].department
        yield from describe(
            NamedNode(scope.ids.series(key)),
            (RDF.type, DCAT.DatasetSeries),
            *texts(
                f"{name}：部门预决算公开",
                f"{name}: budget filings",
                "该部门及其所属单位各年度的预决算公开文件，每份一个数据集。",
                "The filings of this department and its units, year by year: a dataset for each.",
            ),
            (DCTERMS.publisher, scope.publisher),
            (DCAT.contactPoint, scope.contact),
            *each(DCTERMS.spatial, {scope.region(one.region): None for one in filings}),
            *each(DCTERMS.temporal, {scope.period(one.year): None for one in filings}),
        )


def whole(scope: Scope) -> Iterator[Triple]:
    """The release as one dataset; its figures are in :mod:`fiscograph.release.catalog.void`."""
    dumps = tuple(DUMPS.values())
    yield from describe(
        scope.dataset(RELEASE),
        (RDF.type, DCAT.Dataset),
        *texts(
            "全部公开数据",
            "The whole release",
            "所有公开文件的数据及其共有的部门、项目、政策文件、分类和数据立方体，合为一图；"
            "统计数字不含目录本身。",
            "The data of all filings and of the organizations, projects, policy documents, code "
            "lists and cubes that they share, in one graph. Its figures leave the catalog out.",
        ),
        *_of_all(scope),
        *each(DCTERMS.conformsTo, eu.OURS),
        *each(DCAT.distribution, (scope.distribution(dump.file_name) for dump in dumps)),
    )
    for dump in dumps:
        yield from distributions.of_dump(dump, scope)


def shared(scope: Scope) -> Iterator[Triple]:
    entries = [scope.files[name] for name in ("shared.ttl", "shared.jsonld")]
    yield from describe(
        scope.dataset(SHARED),
        (RDF.type, DCAT.Dataset),
        *texts(
            "公开文件共有的事物",
            "What filings share",
            "部门和单位、项目、政策文件、分类、词汇和数据立方体的结构。",
            "Organizations, projects, policy documents, code lists, the vocabulary and the "
            "structures of the cubes.",
        ),
        *_of_all(scope),
        *each(DCTERMS.conformsTo, eu.OURS),
        *each(DCAT.distribution, (scope.distribution(entry.path) for entry in entries)),
    )
    for entry in entries:
        yield from distributions.of_file(entry, scope)


def tables(scope: Scope) -> Iterator[Triple]:
    """The CSV tables as one dataset: a distribution for each, and for both descriptions of them."""
    entries = [entry for path, entry in scope.files.items() if path.startswith("tables/")]
    yield from describe(
        scope.dataset(TABLES),
        (RDF.type, DCAT.Dataset),
        *texts(
            "CSV 表格",
            "The CSV tables",
            "同样的数据，一类事物一张表；附财政数据包描述和 CSVW 元数据。",
            "The same data as one table for each kind of thing, described as a Fiscal Data Package "
            "and by CSV on the Web.",
        ),
        *_of_all(scope),
        *each(DCTERMS.conformsTo, (eu.FISCAL_DATA_PACKAGE, eu.CSV_ON_THE_WEB)),
        *each(DCAT.distribution, (scope.distribution(entry.path) for entry in entries)),
    )
    for entry in entries:
        yield from distributions.of_file(entry, scope)


def cube(one: Cube, scope: Scope) -> Iterator[Triple]:
    """A cube, which crosses filings: it is had by query."""
    node, (name_zh, name_en) = NamedNode(scope.ids.cube(one)), scope.labels(one)
    way = NamedNode(scope.ids.in_catalog("distribution", "cube", one.value))
    yield from describe(
        node,
        (RDF.type, DCAT.Dataset),
        *texts(
            name_zh,
            name_en,
            "所有公开文件的资金分配，作为数据立方体；同一公开文件内直接求和不会重复。",
            "The allocations of all filings as a data cube; within one filing a plain sum never "
            "counts twice.",
        ),
        *_of_all(scope),
        (DCTERMS.conformsTo, eu.DATA_CUBE),
        (DCAT.distribution, way),
    )
    yield from distributions.by_query(way, node, scope)


def _of_all(scope: Scope) -> tuple[Pair, ...]:
    """What the datasets that cross filings say."""
    return (
        *scope.of_any_dataset(),
        *scope.where_and_when(),
        *each(DCTERMS.language, (eu.CHINESE, eu.ENGLISH)),
        (DCAT.keyword, zh("部门预算")),
        (DCAT.keyword, en("budget")),
    )
