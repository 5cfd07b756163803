"""The dumps mean the same to every engine: same terms, and same answers to the example queries."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
)
from tests.queries.answers import cells, kinds, of_pyoxigraph, of_rdflib, verified
from tests.queries.servers import SERVERS
from tests.whole import dumps

from fiscograph.budget import canonical_decimal
from fiscograph.queries import ExampleQuery, example_queries

XSD = "http://www.w3.org/2001/XMLSchema#"
CANONICAL: dict[str, Callable[[str], bool]] = {
    f"{XSD}decimal": lambda text: canonical_decimal(Decimal(text)) == text,
    f"{XSD}integer": lambda text: str(int(text)) == text,
    f"{XSD}boolean": lambda text: text in {"true", "false"},
    f"{XSD}gYear": lambda text: re.fullmatch("[0-9]{4}", text) is not None,
    f"{XSD}date": lambda text: re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None,
}
TEXTS = {f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", f"{XSD}anyURI"}
EXAMPLES = [example for example in example_queries() if verified(example.name) is not None]
Solutions = list[tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module")
def read_by_rdflib(release: Path) -> rdflib.Graph:
    made = rdflib.Graph()
    for path in dumps(release, ".ttl"):
        made.parse(path, format="turtle")
    return made


def by_pyoxigraph(graph: Store, example: ExampleQuery) -> Solutions:
    answer = graph.query(example.text)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [tuple(of_pyoxigraph(row[name]) for name in names) for row in answer]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_rdflib_answers_as_pyoxigraph_does(
    graph: Store, read_by_rdflib: rdflib.Graph, example: ExampleQuery
) -> None:
    found = [
        tuple(of_rdflib(term) for term in row)
        for row in read_by_rdflib.query(example.text)
        if isinstance(row, tuple)
    ]
    assert kinds(found) == kinds(by_pyoxigraph(graph, example))


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_a_server_answers_as_pyoxigraph_does(
    name: str, release: Path, graph: Store, tmp_path: Path
) -> None:
    executable = shutil.which(name)
    if executable is None:
        pytest.skip(f"{name} is not installed")
    with SERVERS[name](executable, dumps(release, ".ttl"), tmp_path) as address:
        found = {example.name: by_server(address, example) for example in EXAMPLES}
    for example in EXAMPLES:
        assert found[example.name] == sorted(map(cells, by_pyoxigraph(graph, example)))


def by_server(address: str, example: ExampleQuery) -> list[tuple[str, ...]]:
    asked = httpx.get(
        address,
        params={"query": example.text},
        headers={"Accept": "application/sparql-results+json"},
        timeout=60.0,
    )
    assert asked.is_success, f"{example.name}: {asked.text}"
    answer = parse_query_results(asked.content, format=QueryResultsFormat.JSON)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return sorted(cells(of_pyoxigraph(row[name]) for name in names) for row in answer)


# rdflib's own reader of JSON-LD makes the graph that rdflib calls outdated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_json_ld_dumps_hold_the_triples_of_the_turtle_dumps(
    release: Path, graph: Store, read_by_rdflib: rdflib.Graph
) -> None:
    """So that whoever loads them gets the same answers."""
    files = dumps(release, ".jsonld")
    if not (release / "shared.jsonld").is_file():
        files = [release / "shared.ttl", *files]
    store, other = Store(), rdflib.Graph()
    for path in files:
        is_turtle = path.suffix == ".ttl"
        store.load(path=str(path), format=RdfFormat.TURTLE if is_turtle else RdfFormat.JSON_LD)
        other.parse(path, format="turtle" if is_turtle else "json-ld")
    assert triples(store) == triples(graph)
    assert set(other) == set(read_by_rdflib)


def test_rdflib_and_pyoxigraph_read_the_same_terms_from_the_turtle_dumps(
    graph: Store, read_by_rdflib: rdflib.Graph
) -> None:
    """What rdflib would rewrite on reading, or writes again after, is no longer the same term."""
    again = Store()
    again.load(read_by_rdflib.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    assert triples(again) == triples(graph)


def test_pyoxigraph_writes_the_terms_that_it_read(graph: Store) -> None:
    again = Store()
    again.load(
        graph.dump(format=RdfFormat.TURTLE, from_graph=DefaultGraph()), format=RdfFormat.TURTLE
    )
    assert triples(again) == triples(graph)


def test_no_literal_would_be_rewritten_by_an_engine(graph: Store) -> None:
    literals = {quad.object for quad in graph if isinstance(quad.object, Literal)}
    wrong = [
        literal
        for literal in literals
        if not CANONICAL.get(literal.datatype.value, _is_text(literal))(literal.value)
    ]
    assert wrong == []
    assert {literal.datatype.value for literal in literals} <= {*CANONICAL, *TEXTS}


def test_texts_and_names_are_composed_and_hold_no_control_characters(graph: Store) -> None:
    control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    for text in {term.value for quad in graph for term in (quad.subject, quad.object)}:
        assert unicodedata.is_normalized("NFC", text), text
        assert not control.search(text), text


def test_chinese_names_are_raw_and_no_name_holds_an_escape(graph: Store) -> None:
    names = {
        term.value
        for quad in graph
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, NamedNode)
    }
    assert [name for name in names if "%" in name or re.search(r"\s", name)] == []
    assert any(re.search("[一-鿿]", name) for name in names)


def _is_text(literal: Literal) -> Callable[[str], bool]:
    return lambda _: literal.datatype.value in TEXTS


def triples(store: Store) -> set[Triple]:
    """The triples of a store; the dumps have no blank node, whose name would not be the same."""
    found = {quad.triple for quad in store}
    assert not any(isinstance(one.subject, BlankNode) for one in found)
    return found
