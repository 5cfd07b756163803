"""The JSON-LD context: it knows every property of the graph, and loses nothing of it."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from pyld import jsonld
from tests.mapping.builder import IDS, filing_facts, shared_facts

from fiscograph import resources
from fiscograph.mapping import map_filing, map_shared
from fiscograph.vocabulary import PREFIXES, RDF

DOCUMENT = json.loads((resources.ontology() / "context.jsonld").read_text("utf-8"))
GRAPHS = {
    "filing": map_filing(filing_facts(), IDS, program_version="0.1.0"),
    "shared": map_shared(shared_facts(), IDS),
}


def expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@pytest.mark.parametrize("graph", GRAPHS)
def test_every_property_in_use_has_a_definition(graph: str) -> None:
    known = {
        expanded(definition["@id"])
        for definition in DOCUMENT["@context"].values()
        if isinstance(definition, dict)
    }
    used = {quad.predicate.value for quad in GRAPHS[graph]} - {RDF.type.value}
    assert used <= known, sorted(used - known)


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_graph_comes_back_from_its_compact_form(graph: str) -> None:
    data = ox.serialize(
        (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in GRAPHS[graph]),
        format=ox.RdfFormat.N_TRIPLES,
    )
    assert data is not None
    there = jsonld.from_rdf(data.decode("utf-8"), {"format": "application/n-quads"})
    compact = jsonld.compact(there, DOCUMENT)
    assert "columnHeader" in json.dumps(compact)
    back = jsonld.to_rdf(compact, {"format": "application/n-quads"})
    assert isinstance(back, str)
    assert set(ox.parse(back, ox.RdfFormat.N_TRIPLES)) == set(
        ox.parse(data, ox.RdfFormat.N_TRIPLES)
    )


def test_bare_names_are_ours_and_prefixed_ones_are_not() -> None:
    for name, definition in DOCUMENT["@context"].items():
        if isinstance(definition, dict):
            assert definition["@id"].startswith("fg:") == (":" not in name), name
