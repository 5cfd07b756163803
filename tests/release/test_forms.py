"""Whatever a graph holds, all forms say the same."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from tests.release.readers import READERS
from tests.release.sample import BASE, FG, IDS, RDF_TYPE, XSD

from fiscograph.release import ContextError, graphs, jsonld_tree
from fiscograph.release.text import GraphText, Style

GRAPH = NamedNode(IDS.policies_graph)
STYLE = Style.of(BASE)
CONTEXT = STYLE.writer.context
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t"\\<>/'))
NAMES = st.sampled_from(
    ["policy/渝财社/2022/155", "a", "a/b", "filing/x/at/L1C2", "．", "@id", "x:y"]
)
NODES = st.one_of(
    NAMES.map(lambda name: NamedNode(BASE + name)),
    st.sampled_from(
        [BASE, "https://example.org/x", "http://example.org/y#z", f"{FG}Filing", "urn:x:1"]
    ).map(NamedNode),
)
# Every key of the context, whatever it expects, and properties that it does not know.
PREDICATES = st.sampled_from(
    sorted({*CONTEXT.terms, f"{FG}nothing", "http://example.org/p", "urn:p:q"})
).map(NamedNode)
LITERALS = st.one_of(
    TEXT.map(Literal),
    st.tuples(TEXT, st.sampled_from(["zh", "en", "zh-hans", "en-gb"])).map(
        lambda pair: Literal(pair[0], language=pair[1])
    ),
    st.tuples(
        st.sampled_from(
            [
                "0",
                "-0",
                "007",
                "12",
                "1.50",
                "656300",
                "656300.00",
                ".5",
                "1E3",
                "true",
                "TRUE",
                "1",
                "2023",
                "+1",
                "NaN",
                "",
                "2023-01-01",
                "2023Z",
            ]
        ),
        st.sampled_from(
            # Not xsd:double: the graph has none, and PyLD writes each in its canonical form.
            [
                "integer",
                "decimal",
                "boolean",
                "gYear",
                "date",
                "dateTime",
                "string",
                "nonNegativeInteger",
                "anyURI",
            ]
        ),
    ).map(lambda pair: Literal(pair[0], datatype=NamedNode(XSD + pair[1]))),
)
QUADS = st.one_of(
    st.builds(Quad, NODES, PREDICATES, LITERALS | NODES, st.just(GRAPH)),
    st.builds(Quad, NODES, st.just(RDF_TYPE), NODES, st.just(GRAPH)),
)

pytestmark = pytest.mark.usefixtures("offline_rdflib")


def as_read(name: str, quads: Iterable[Quad]) -> set[Triple]:
    """The triples with what a reader may write in another way. rdflib writes what counts as false
    anew, so that ``"0"^^xsd:boolean`` comes back as ``false``; it is compared by value.
    """
    triples = {quad.triple for quad in quads}
    return {by_value(triple) for triple in triples} if name == "rdflib" else triples


def by_value(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or value.language:
        return triple
    kind = value.datatype
    text = str(rdflib.Literal(value.value, datatype=rdflib.URIRef(kind.value), normalize=True))
    return Triple(triple.subject, triple.predicate, Literal(text, datatype=kind))


@settings(max_examples=200)
@given(st.lists(QUADS, min_size=1))
def test_turtle_nquads_and_jsonld_hold_the_same_graph(quads: list[Quad]) -> None:
    (graph,) = graphs.sort(quads)
    text = GraphText(graph=graph, style=STYLE)
    turtle = parse(STYLE.header + text.turtle, format=RdfFormat.TURTLE)
    assert {quad.triple for quad in turtle} == {quad.triple for quad in quads}
    assert set(parse(text.nquads, format=RdfFormat.N_QUADS)) == set(quads)
    document = f"{STYLE.writer.opening()}{text.named_graph}]}}"
    for name, read in READERS.items():
        assert as_read(name, read(document)) == as_read(name, quads), name
        assert {quad.graph_name for quad in read(document)} == {GRAPH}


@settings(max_examples=120)
@given(st.lists(QUADS, min_size=1), NODES)
def test_a_tree_around_any_thing_is_the_same_graph(quads: list[Quad], root: NamedNode) -> None:
    (graph,) = graphs.sort(quads)
    document = jsonld_tree.document(STYLE.writer, graph, root)
    for name, read in READERS.items():
        assert as_read(name, read(document)) == as_read(name, quads), name


def test_in_a_tree_every_thing_is_an_object_and_stands_where_it_is_first_met() -> None:
    project, budget, unit = (NamedNode(BASE + name) for name in ("project/1", "budget/1", "u/1"))
    quads = [
        Quad(budget, NamedNode(f"{FG}project"), project, GRAPH),
        Quad(budget, NamedNode(f"{FG}responsibleUnit"), unit, GRAPH),
        Quad(budget, NamedNode(f"{FG}budgetAmount"), Literal("1.50", datatype=DECIMAL), GRAPH),
        Quad(project, NamedNode(f"{FG}organization"), unit, GRAPH),
    ]
    (graph,) = graphs.sort(quads)
    tree = json.loads(jsonld_tree.document(STYLE.writer, graph, project))
    assert list(tree) == ["@context", "contextVersion", "id", "organization", "budgets"]
    assert tree["organization"] == {"id": unit.value}
    assert tree["budgets"] == [
        {"id": budget.value, "budgetAmount": "1.50", "responsibleUnit": {"id": unit.value}}
    ]


DECIMAL = NamedNode(XSD + "decimal")


@pytest.mark.parametrize("iri", ["dcterms:title", "id:x"])
def test_an_iri_that_a_reader_would_take_for_a_prefixed_name_is_refused(iri: str) -> None:
    quad = Quad(NamedNode(iri), NamedNode(f"{FG}line"), Literal("x"), GRAPH)
    (graph,) = graphs.sort([quad])
    with pytest.raises(ContextError, match="is the scheme of"):
        list(STYLE.writer.nodes(graph))
