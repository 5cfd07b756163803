"""The catalog of a real release against the shapes of DCAT-AP 3.0.1, and against its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from tests.release.sample import sample

from fiscograph import release as releases
from fiscograph.settings import Publisher

SUITE = Path(__file__).resolve().parents[1] / "conformance/semic-dcat-ap"
FULL, MANDATORY, RANGE = "shacl/dcat-ap-SHACL", "html/shacl/shapes", "html/shacl/range"
RECOMMENDED = "html/shacl/shapes_recommended"
VOCABULARIES = "html/shacl/mdr-vocabularies.shape"
BASE = "https://fiscograph.example/"
SH = Namespace("http://www.w3.org/ns/shacl#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
EU = "http://publications.europa.eu/resource/authority/"

# What the two files that go beyond the mandatory still say, by path and kind of constraint.
REMAINING = {
    RECOMMENDED: {
        # There is no clock in a release, and no filing says when it was disclosed.
        (str(DCT.issued), "MinCount"),
        (str(DCT.modified), "MinCount"),
        # How long a file stays is for the publisher to promise.
        ("http://data.europa.eu/r5r/availability", "MinCount"),
        # A cube is had by query, in whatever format the client asks for.
        (str(DCT["format"]), "MinCount"),
        # Where a division lies is not printed in its filings.
        (str(DCAT.bbox), "MinCount"),
        (str(DCAT.centroid), "MinCount"),
        # Said of the EU's own entry for a licence.
        (str(DCT.type), "MinCount"),
    },
    VOCABULARIES: {
        # The EU's lists have no Chinese divisions and no Chinese publishers.
        (str(DCT.spatial), "Node"),
        (str(DCT.publisher), "Node"),
        # The shape looks for https://spdx.org/rdf/terms; SPDX's own namespace begins with http:.
        (str(SPDX.algorithm), "Node"),
    },
}


@pytest.fixture(scope="module")
def catalog(two_filings: Path) -> Graph:
    return Graph().parse(two_filings / "catalog.ttl")


def shapes(name: str) -> Graph:
    """One of the suite's files. ``dcat-ap-SHACL.ttl`` names two property shapes of a data service
    that it does not hold, which pySHACL takes for malformed ones.
    """
    graph = Graph().parse(SUITE / f"3.0.1/{name}.ttl")
    for shape, named in list(graph.subject_objects(SH.property)):
        if (named, None, None) not in graph:
            graph.remove((shape, SH.property, named))
    return graph


def results(catalog: Graph, name: str) -> set[tuple[str, str]]:
    """What a file of the suite says of a catalog: path and constraint of each result."""
    known = catalog + Graph().parse(SUITE / "authorities.ttl")
    _, report, _ = pyshacl.validate(known, shacl_graph=shapes(name), do_owl_imports=False)
    assert isinstance(report, Graph)
    return {
        (str(report.value(result, SH.resultPath)), _constraint(report, result))
        for result in report.objects(None, SH.result)
    }


def _constraint(report: Graph, result: Node) -> str:
    component = str(report.value(result, SH.sourceConstraintComponent))
    return component.removeprefix(str(SH)).removesuffix("ConstraintComponent")


def without(catalog: Graph, kind: URIRef, path: URIRef) -> Graph:
    """The catalog without a property of the first thing of a class."""
    less = Graph() + catalog
    thing = min(less.subjects(RDF.type, kind), key=str)
    assert (thing, path, None) in less
    less.remove((thing, path, None))
    return less


@pytest.mark.parametrize("name", [FULL, MANDATORY, RANGE])
def test_the_catalog_conforms(catalog: Graph, name: str) -> None:
    assert results(catalog, name) == set()


@pytest.mark.parametrize("name", [RECOMMENDED, VOCABULARIES])
def test_what_remains_of_the_recommended_has_its_reason(catalog: Graph, name: str) -> None:
    assert results(catalog, name) == REMAINING[name]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (DCAT.Catalog, DCT.title),
        (DCAT.Catalog, DCT.publisher),
        (DCAT.Dataset, DCT.description),
        (DCAT.DatasetSeries, DCT.title),
        (DCAT.Distribution, DCAT.accessURL),
        (DCAT.DataService, DCAT.endpointURL),
        (SPDX.Checksum, SPDX.checksumValue),
        (FOAF.Agent, FOAF.name),
    ],
)
def test_a_mandatory_property_is_missed(catalog: Graph, kind: URIRef, path: URIRef) -> None:
    assert (str(path), "MinCount") in results(without(catalog, kind, path), MANDATORY)


def test_every_file_of_the_release_is_described_but_those_that_cannot_be(
    catalog: Graph, two_filings: Path
) -> None:
    """The catalog's own files, the context that is inside every document, and the ways to read
    documents as trees.
    """
    manifest = releases.verify(two_filings)
    listed = {one["path"] for one in (*manifest["files"], *manifest["dumps"])}
    described = {
        str(url).removeprefix(f"{BASE}download/") for url in catalog.objects(None, DCAT.downloadURL)
    }
    left = {path for path in listed - described if not path.startswith("frames/")}
    assert left == {"catalog.ttl", "catalog.jsonld", "context.jsonld"}
    assert described <= listed


def test_size_and_checksum_are_those_of_the_files(catalog: Graph, two_filings: Path) -> None:
    dumps = {one.file_name for one in releases.DUMPS.values()}
    for node, url in catalog.subject_objects(DCAT.downloadURL):
        path = str(url).removeprefix(f"{BASE}download/")
        checksum = catalog.value(node, SPDX.checksum)
        if path in dumps:  # it holds the catalog, so the manifest has its checksum
            assert checksum is None
            continue
        data = (two_filings / path).read_bytes()
        assert str(catalog.value(node, DCAT.byteSize)) == str(len(data))
        found = catalog.value(checksum, SPDX.checksumValue)
        assert str(found) == hashlib.sha256(data).hexdigest()


def test_a_filing_leads_to_its_department_and_its_file(catalog: Graph, two_filings: Path) -> None:
    filing = "500109-401-2023-department-budget"
    dataset = URIRef(f"{BASE}catalog/dataset/{filing}")
    assert str(catalog.value(dataset, DCAT.inSeries)) == f"{BASE}catalog/series/500109/401"
    period = catalog.value(dataset, DCT.temporal)
    assert str(catalog.value(period, DCAT.startDate)) == "2023-01-01"
    sources = {one["sha256"][:16] for one in releases.read_manifest(two_filings)["inputs"]}
    derived = catalog.objects(dataset, URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"))
    assert {str(one).rpartition("/")[2] for one in derived} & sources


def test_the_figures_are_those_of_the_graphs(catalog: Graph, two_filings: Path) -> None:
    graph = NamedNode(f"{BASE}graph/catalog")
    data = [quad for quad in releases.quads(two_filings) if quad.graph_name != graph]
    whole = URIRef(f"{BASE}catalog/dataset/release")
    assert number(catalog, whole, VOID.triples) == len(data)
    assert number(catalog, whole, VOID.entities) == len({quad.subject for quad in data})
    types = [quad for quad in data if quad.predicate.value == str(RDF.type)]
    assert parts(catalog, VOID["class"], VOID.entities) == counted(
        quad.object.value for quad in types if isinstance(quad.object, NamedNode)
    )


def number(graph: Graph, node: Node, path: URIRef) -> int:
    return int(str(graph.value(node, path)))


def parts(graph: Graph, term: URIRef, figure: URIRef) -> dict[str, int]:
    return {str(value): number(graph, part, figure) for part, value in graph.subject_objects(term)}


def counted(values: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found


def test_titles_and_descriptions_stand_in_both_languages(catalog: Graph) -> None:
    kinds = (DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.DataService, DCAT.Distribution)
    for kind in kinds:
        for node in catalog.subjects(RDF.type, kind):
            for path in (DCT.title, DCT.description):
                texts = [one for one in catalog.objects(node, path) if isinstance(one, Literal)]
                assert sorted(str(one.language) for one in texts) == ["en", "zh"], node


def test_both_files_of_the_catalog_say_the_same(two_filings: Path) -> None:
    turtle = parse(path=two_filings / "catalog.ttl", format=RdfFormat.TURTLE)
    document = parse(path=two_filings / "catalog.jsonld", format=RdfFormat.JSON_LD)
    assert {quad.triple for quad in turtle} == {quad.triple for quad in document}


def test_values_of_the_lists_of_others_are_known(catalog: Graph) -> None:
    """A list's IRI that no one has looked up would pass the shapes unseen."""
    known = set(Graph().parse(SUITE / "authorities.ttl").subjects())
    used = {one for one in catalog.objects() if str(one).startswith((EU, "https://www.iana.org/"))}
    assert used <= known


def test_a_publisher_who_says_little_is_not_given_more(tmp_path: Path) -> None:

    bare = Publisher(name_zh="某财政局", name_en="a finance bureau")
    releases.publish(replace(sample(), publisher=bare), tmp_path / "published")
    graph = Graph().parse(tmp_path / "published/catalog.ttl")
    for path in (DCT.license, DCAT.contactPoint, DCT.type):
        assert list(graph.subject_objects(path)) == []
    assert results(graph, MANDATORY) == set()
    package = json.loads((tmp_path / "published/tables/datapackage.json").read_text("utf-8"))
    assert "licenses" not in package


def test_the_catalog_points_at_nothing_that_is_not_there(catalog: Graph, two_filings: Path) -> None:
    """All but files and the endpoint, which a server answers, is described in the release."""
    described = {str(one) for one in catalog.subjects()}
    described |= {
        quad.subject.value
        for quad in releases.quads(two_filings)
        if isinstance(quad.subject, NamedNode)
    }
    served = (f"{BASE}download/", f"{BASE}sparql")
    pointed = {str(one) for one in catalog.objects() if isinstance(one, URIRef)}
    ours = {one for one in pointed if one.startswith(BASE) and not one.startswith(served)}
    assert len(ours) > 100
    assert ours - described == set()
