"""Every address that the catalog gives for a download is answered, with the bytes it promises."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph, Namespace
from tests.serving.conftest import Client

from fiscograph.queries import Limits
from fiscograph.release import read_manifest
from fiscograph.serving import Site, create_app

BASE = "https://fiscograph.example"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def served(two_filings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    limits = Limits(seconds=60.0, result_bytes=1_000_000)
    var = tmp_path_factory.mktemp("var")
    with Site.open(two_filings, filings=None, var=var, limits=limits) as site:
        yield Client(app=create_app(site))


@pytest.fixture(scope="module")
def catalog(served: Client) -> Graph:
    """The catalog as the server gives it."""
    return Graph().parse(data=served.get("/download/catalog.ttl").text, format="turtle")


def test_every_download_has_the_bytes_that_the_catalog_promises(
    served: Client, catalog: Graph, two_filings: Path
) -> None:
    manifest = read_manifest(two_filings)
    dumps = {one["path"]: one for one in manifest["dumps"]}
    found = sorted(catalog.subject_objects(DCAT.downloadURL), key=str)
    assert len(found) > 20
    for node, url in found:
        path = str(url).removeprefix(BASE)
        answer = served.get(path)
        assert answer.status_code == 200, url
        media_type = str(catalog.value(node, DCAT.mediaType)).partition("media-types/")[2]
        assert answer.headers["content-type"].partition(";")[0] == media_type, url
        digest = hashlib.sha256(answer.content).hexdigest()
        name = path.removeprefix("/download/")
        if name in dumps:
            assert digest == dumps[name]["sha256"], url
            assert len(answer.content) == dumps[name]["size"], url
        else:
            checksum = catalog.value(node, SPDX.checksum)
            assert digest == str(catalog.value(checksum, SPDX.checksumValue)), url
            assert str(len(answer.content)) == str(catalog.value(node, DCAT.byteSize)), url


def test_the_endpoint_answers_and_describes_itself(served: Client, catalog: Graph) -> None:
    (endpoint,) = set(catalog.objects(None, DCAT.endpointURL))
    path = str(endpoint).removeprefix(BASE)
    described = served.get(path, "text/turtle")
    assert "sparql-service-description#" in described.text
    answer = served.get(path, "application/sparql-results+json", query="ASK { ?s ?p ?o }")
    assert answer.json()["boolean"] is True


def test_the_catalog_page_leads_to_datasets_and_downloads(served: Client) -> None:
    assert served.get("/catalog", "text/html").headers["location"] == "/catalog.html"
    page = served.get("/catalog.html").text
    assert "重庆市北碚区人力资源和社会保障局2023年部门预算" in page
    assert '<a href="/download/tables/policies.csv">政策文件 policies.csv</a>' in page
    assert '<a href="/download/fiscograph.nq">' in page
    assert page.index("全部公开数据") < page.rindex("全部陈述")


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_every_node_of_the_catalog_is_read_as_data(
    served: Client, catalog: Graph, suffix: str
) -> None:
    nodes = sorted({str(one) for one in catalog.subjects() if f"{BASE}/catalog" in str(one)})
    for node in nodes[::9]:
        path = node.removeprefix(BASE)
        assert served.get(path, "text/turtle").status_code == 303, node
        assert served.get(f"{path}.{suffix}").status_code == 200, node


def test_nothing_but_the_release_is_given(served: Client) -> None:
    for path in ("/download/fiscograph.zip", "/download/../store/CURRENT", "/download/.tmp-1-x"):
        assert served.get(path).status_code == 404
