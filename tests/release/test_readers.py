"""Every JSON-LD file of the release holds the graph of its Turtle, as three readers see it.

Terms are compared as terms: an amount that came back as ``1.50`` for ``1.5`` would be another.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse
from tests.release.readers import READERS

from fiscograph import release
from fiscograph.release import stored
from fiscograph.release.text import GraphText, Style
from fiscograph.vocabulary import PREFIXES

PUBLISHED = Path(__file__).resolve().parents[2] / "published"
# Every JSON-LD file that stands beside a Turtle of the same name.
FILES = sorted(
    path.relative_to(PUBLISHED).with_suffix("").as_posix()
    for path in PUBLISHED.rglob("*.jsonld")
    if path.with_suffix(".ttl").exists()
)
STYLE = Style.of(str(release.read_manifest(PUBLISHED)["base"]))

pytestmark = pytest.mark.usefixtures("offline_rdflib")


@cache
def turtle(name: str) -> frozenset[Triple]:
    text = (PUBLISHED / f"{name}.ttl").read_text("utf-8")
    return frozenset(quad.triple for quad in parse(text, RdfFormat.TURTLE))


@cache
def shared() -> tuple[str, frozenset[Quad]]:
    """What filings share, as it stands in a dump of the whole release, and its quads."""
    graphs = [one for one in stored.graphs(PUBLISHED) if "/graph/filing/" not in one.iri]
    named = (GraphText(graph=graph, style=STYLE).named_graph for graph in graphs)
    text = STYLE.writer.opening() + ",\n".join(named) + "\n]}\n"
    quads = b"".join(GraphText(graph=graph, style=STYLE).nquads for graph in graphs)
    return text, frozenset(parse(quads, RdfFormat.N_QUADS))


# PyLD takes several times as long as the others: it reads the smallest files.
SMALLEST = sorted(FILES, key=lambda name: (PUBLISHED / f"{name}.jsonld").stat().st_size)[:3]
READ = [(reader, name) for reader in READERS for name in (SMALLEST if reader == "PyLD" else FILES)]


@pytest.mark.parametrize(("reader", "name"), READ)
def test_a_json_ld_file_is_the_graph_of_its_turtle(reader: str, name: str) -> None:
    text = (PUBLISHED / f"{name}.jsonld").read_text("utf-8")
    assert {quad.triple for quad in READERS[reader](text)} == turtle(name)


@pytest.mark.parametrize("reader", ["pyoxigraph", "rdflib"])
def test_the_shared_graphs_of_a_dump_come_back_each_under_its_name(reader: str) -> None:
    text, quads = shared()
    assert READERS[reader](text) == quads


def test_the_release_holds_the_kinds_of_literal_that_readers_like_to_rewrite() -> None:
    """Else the tests above would prove little."""
    forms = {
        (one.object.datatype.value.removeprefix(PREFIXES["xsd"]), one.object.value)
        for name in FILES
        for one in turtle(name)
        if isinstance(one.object, Literal)
    }
    kinds = {kind for kind, _ in forms}
    assert {"decimal", "integer", "boolean", "gYear", "string"} <= kinds
    assert any(kind == "decimal" and "." not in text for kind, text in forms)
    assert any(kind == "decimal" and "." in text for kind, text in forms)


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_that_is_led_outside_fails_here(reader: str) -> None:
    outside = {"@context": "https://context.example/1", "@id": "https://a.example/", "p": "x"}
    with pytest.raises(Exception, match=r"was fetched|load remote contexts|Could not"):
        READERS[reader](json.dumps(outside))
