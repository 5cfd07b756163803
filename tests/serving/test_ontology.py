"""The vocabulary at the address that its namespace redirects to."""

from __future__ import annotations

import json
import re

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from tests.serving.conftest import Client
from tests.serving.small_release import FILING_PATH

from fiscograph import resources
from fiscograph.vocabulary import PREFIXES, RDF, generate
from fiscograph.vocabulary.ontology import ontology
from fiscograph.vocabulary.reference import reference

NAMES = [term.name for term in generate.declared(resources.ontology())]
FORMS = {
    "text/turtle": (".ttl", RdfFormat.TURTLE),
    "application/n-triples": (".nt", RdfFormat.N_TRIPLES),
    "application/ld+json": (".jsonld", RdfFormat.JSON_LD),
}


@pytest.mark.parametrize("accept", FORMS)
@pytest.mark.parametrize("version", ["", "/" + reference().version])
def test_it_is_read_in_every_format_as_it_stands(client: Client, accept: str, version: str) -> None:
    suffix, form = FORMS[accept]
    by_accept = client.get(f"/ontology{version}", accept)
    assert by_accept.status_code == 200
    assert by_accept.headers["content-type"].partition(";")[0] == accept
    assert "Accept" in by_accept.headers["vary"].split(", ")
    assert by_accept.headers["content-location"] == f"/ontology{suffix}"
    by_suffix = client.get(f"/ontology{suffix}", "image/png")
    assert by_suffix.content == by_accept.content
    found = {quad.triple for quad in parse(by_suffix.content, form)}
    assert found == set(ontology())


def test_a_browser_gets_a_page_with_a_place_for_every_term(client: Client) -> None:
    page = client.get("/ontology", "text/html,*/*;q=0.8")
    assert page.status_code == 200
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    assert set(NAMES) <= set(ids)
    inner = set(re.findall(r'href="(?:/ontology)?#([^"]+)"', page.text)) - {"main"}
    assert inner <= set(ids)


def test_links_to_our_terms_lead_to_their_place(client: Client) -> None:
    page = client.get(f"/{FILING_PATH}.html").text
    assert '<a href="/ontology#Filing">' in page
    assert '<a href="/ontology#fiscalYear">' in page


def test_a_format_that_is_not_offered_is_refused(client: Client) -> None:
    assert client.get("/ontology", "image/png").status_code == 406
    assert client.get("/ontology/0.0.0").status_code == 404
    assert client.get("/ontology/").status_code == 200


def test_the_shapes_and_the_context_are_read_beside_it(client: Client) -> None:
    shapes = client.get("/ontology/shapes")
    assert shapes.headers["content-type"].startswith("text/turtle")
    kinds = {
        quad.object
        for quad in parse(shapes.content, RdfFormat.TURTLE)
        if quad.predicate == RDF.type
    }
    assert NamedNode("http://www.w3.org/ns/shacl#PropertyShape") in kinds
    context = client.get("/ontology/context.jsonld")
    assert json.loads(context.content)["@context"]["fg"] == PREFIXES["fg"]
