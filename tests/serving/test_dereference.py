from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, quote_plus

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from tests.release.readers import READERS
from tests.serving.conftest import Client
from tests.serving.small_release import (
    BASE,
    FILING_PATH,
    NUMBER,
    POLICY_PATH,
    PROJECT_PATH,
    UNIT_PATH,
    SmallRelease,
)

from fiscograph.serving import Site
from fiscograph.serving.data.describe import MOST_INCOMING, describe
from fiscograph.serving.data.surroundings import with_surroundings
from fiscograph.vocabulary import ELI, FOAF

MEDIA_TYPES = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
}


@pytest.mark.parametrize(("accept", "suffix"), MEDIA_TYPES.items())
@pytest.mark.parametrize("path", [POLICY_PATH, quote(POLICY_PATH)])
def test_a_thing_leads_to_its_document(client: Client, path: str, accept: str, suffix: str) -> None:
    response = client.get(f"/{path}", accept)
    assert response.status_code == 303
    assert response.headers["location"] == f"/{quote(POLICY_PATH)}{suffix}"
    assert "Accept" in response.headers["vary"].split(", ")
    document = client.get(response.headers["location"], "image/png")
    assert document.status_code == 200
    assert document.headers["content-type"].partition(";")[0] == accept
    for other in MEDIA_TYPES.values():
        assert f'</{quote(POLICY_PATH)}{other}>; rel="alternate"' in document.headers["link"]


@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        (".ttl", RdfFormat.TURTLE),
        (".nt", RdfFormat.N_TRIPLES),
    ],
)
def test_data_keeps_canonical_iris_and_names_what_it_points_at(
    client: Client, suffix: str, form: RdfFormat
) -> None:
    response = client.get(f"/{POLICY_PATH}{suffix}")
    found = {(quad.subject, quad.predicate, quad.object) for quad in parse(response.text, form)}
    policy = NamedNode(BASE + POLICY_PATH)
    assert (policy, ELI.id_local, Literal(NUMBER)) in found
    assert (NamedNode(BASE + POLICY_PATH + suffix), FOAF.primaryTopic, policy) in found
    texts = {item.value for _, _, item in found if isinstance(item, Literal)}
    assert {"重庆市财政局", "政策文件"} <= texts


def test_formats_say_the_same(client: Client) -> None:
    turtle = client.get(f"/{PROJECT_PATH}.ttl").text
    triples = client.get(f"/{PROJECT_PATH}.nt").text
    about = NamedNode(BASE + PROJECT_PATH)

    def described(text: str, form: RdfFormat) -> set[tuple[object, object]]:
        return {
            (quad.predicate, quad.object) for quad in parse(text, form) if quad.subject == about
        }

    assert described(turtle, RdfFormat.TURTLE) == described(triples, RdfFormat.N_TRIPLES)


def test_json_ld_is_a_tree_around_the_thing(client: Client) -> None:
    document = client.get(f"/{POLICY_PATH}.jsonld").json()
    assert document["id"] == BASE + POLICY_PATH
    assert document["type"] == "PolicyDocument"
    assert document["documentNumber"] == NUMBER
    assert document["describedBy"] == [{"id": f"{BASE}{POLICY_PATH}.jsonld"}]


def test_every_subject_of_the_release_can_be_read(site: Site, client: Client) -> None:
    store = Store.read_only(str(site.store))
    subjects = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, None, None)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE)
    }
    assert len(subjects) > 50
    for iri in sorted(subjects)[::7]:
        path = "/" + iri.removeprefix(BASE)
        assert client.get(path, "text/turtle").status_code == 303, path
        assert client.get(f"{path}.html").status_code == 200, path


def test_named_graphs_are_read(client: Client) -> None:
    page = client.get("/graph/policies.html")
    assert page.status_code == 200
    assert f'<a href="/{quote(POLICY_PATH)}">' in page.text
    triples = list(parse(client.get("/graph/policies.nt").text, RdfFormat.N_TRIPLES))
    assert NamedNode(BASE + POLICY_PATH) in {triple.subject for triple in triples}


def test_our_terms_are_read_here_too(client: Client) -> None:
    page = client.get("/ontology/Filing.html")
    assert page.status_code == 200
    assert "公开文件" in page.text


def test_pages_answer_first(client: Client, small_release: SmallRelease) -> None:
    page = client.get(f"/{PROJECT_PATH}.html").text
    amount = f'<a href="/source/{small_release.key}.html#L12C30">41,440,000 元</a>'
    assert amount in page
    assert f'<a href="/{UNIT_PATH}">重庆市潼南区就业和人才中心</a>' in page
    assert page.index("41,440,000") < page.index("全部陈述")
    assert "职业培训人数" in page


def test_a_policy_page_shows_what_it_funds_and_the_query(client: Client) -> None:
    page = client.get(f"/{POLICY_PATH}.html").text
    assert "以此为依据的项目" in page
    assert "41,440,000" in page
    assert "/sparql?query=" in page
    assert quote_plus("?budget fg:legalBasis ?policy") in page


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("policy/渝财社/2022/156", f"/{POLICY_PATH}"),
        ("policy/渝财社/2022", f"/{POLICY_PATH}"),
        (f"{FILING_PATH}/nothing", f"/{FILING_PATH}"),
        ("organization/500152/426004", f"/{UNIT_PATH}"),
    ],
)
def test_an_address_that_leads_nowhere_says_what_is_near(
    client: Client, path: str, near: str
) -> None:
    problem = client.get(f"/{path}", "application/json")
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"
    assert near in problem.json()["nearest"]
    page = client.get(f"/{path}.html", "text/html")
    assert page.status_code == 404
    assert f'<a href="{near}">' in page.text


@pytest.mark.parametrize(
    "path",
    [
        "%00",
        "policy/%3Cscript%3E",
        "a%20b",
        "policy/%22%3E%3Cimg%20src=x%3E",
        "%25",
        "policy/%FF",
        "x>%20}%20INSERT",
        "../../etc/passwd",
        "//other.example/",
        "a\\b",
        ".ttl",
        "x" * 3000,
    ],
)
def test_hostile_addresses_lead_nowhere(client: Client, path: str) -> None:
    for accept in ("text/html", "text/turtle"):
        response = client.get(f"/{path}", accept)
        assert response.status_code in {404, 414}
        assert "<script>" not in response.text
        assert "<img" not in response.text


def test_no_acceptable_format_is_said(client: Client) -> None:
    response = client.get(f"/{POLICY_PATH}", "image/png")
    assert response.status_code == 406
    assert "text/turtle" in response.json()["detail"]


@pytest.mark.parametrize(
    "path", [POLICY_PATH, PROJECT_PATH, UNIT_PATH, FILING_PATH, "graph/policies"]
)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.usefixtures("offline_rdflib")
def test_the_json_ld_of_a_thing_is_the_graph_of_its_turtle(
    client: Client, path: str, reader: str
) -> None:
    turtle = client.get(f"/{path}.ttl").text.replace(".ttl>", ".jsonld>")
    expected = {quad.triple for quad in parse(turtle, RdfFormat.TURTLE)}
    document = client.get(f"/{path}.jsonld").text
    assert {quad.triple for quad in READERS[reader](document)} == expected


def test_the_json_ld_of_a_document_leads_to_project_amount_unit_and_ink(client: Client) -> None:
    policy = client.get(f"/{POLICY_PATH}.jsonld").json()
    (budget,) = policy["basisOf"]
    assert budget["budgetAmount"] == "41440000"
    assert budget["responsibleUnit"]["prefLabel"] == {"zh": "重庆市潼南区就业和人才中心"}
    assert budget["filing"]["fiscalYear"] == "2023"
    assert budget["primarySource"]["line"] == [12]
    assert budget["primarySource"]["printedText"] == "4,144.00"


def test_the_json_ld_of_a_filing_lists_what_it_holds(client: Client) -> None:
    filing = client.get(f"/{FILING_PATH}.jsonld").json()
    types = [one.get("type", []) for one in filing["contains"]]
    kinds = {kind for each in types for kind in ([each] if isinstance(each, str) else each)}
    assert {"Table", "ProjectBudget", "Finding"} <= kinds


def test_what_is_around_a_crowded_thing_is_chosen_and_the_cut_is_said(site: Site) -> None:
    described = describe(site.lookup, BASE + UNIT_PATH)
    assert described is not None
    link = described.incoming[0]
    crowded = replace(described, incoming=(link,) * MOST_INCOMING, cut=True)
    whole = with_surroundings(site.pages, crowded)
    assert whole.incoming == ()
    assert whole.cut
    assert {triple.object for triple in whole.around} >= {NamedNode(described.iri)}


def test_the_context_has_an_address_of_its_version(client: Client) -> None:
    context = client.get("/download/context.jsonld").json()
    version = context["contextVersion"]
    for name in (version, version.partition(".")[0]):
        response = client.get(f"/context/{name}.jsonld")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("application/ld+json")
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.json() == context
    assert client.get("/context/0.9.jsonld").status_code == 404


def test_a_redirect_keeps_what_the_address_chose(client: Client) -> None:
    response = client.get(f"/{UNIT_PATH}", "text/html", period="2023.approved", lang="en")
    assert response.status_code == 303
    assert response.headers["location"] == f"/{UNIT_PATH}.html?period=2023.approved&lang=en"
