"""Whatever a graph holds, all forms say the same."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from tests.release.sample import BASE, FG, IDS, RDF_TYPE, XSD

from fiscograph.release import graphs
from fiscograph.release.text import GraphText, Style

GRAPH = NamedNode(IDS.policies_graph)
STYLE = Style.of(BASE)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t"\\<>/'))
NAMES = st.sampled_from(
    ["policy/渝财社/2022/155", "a", "a/b", "filing/x/at/L1C2", "．", "@id", "x:y"]
)
NODES = st.one_of(
    NAMES.map(lambda name: NamedNode(BASE + name)),
    st.sampled_from([BASE, "https://example.org/x", "http://example.org/y#z", f"{FG}Filing"]).map(
        NamedNode
    ),
)
PREDICATES = st.sampled_from(
    [f"{FG}{name}" for name in ("line", "rowLabel", "amount", "filing", "isAggregate", "nothing")]
    + ["http://purl.org/dc/terms/title", "http://example.org/p", f"{FG}fiscalYear"]
).map(NamedNode)
LITERALS = st.one_of(
    TEXT.map(Literal),
    st.tuples(TEXT, st.sampled_from(["zh", "en", "zh-hans"])).map(
        lambda pair: Literal(pair[0], language=pair[1])
    ),
    st.tuples(
        st.sampled_from(["0", "-0", "007", "12", "1.50", "true", "1", "2023", "1" * 20]),
        st.sampled_from(["integer", "decimal", "boolean", "gYear", "string"]),
    ).map(lambda pair: Literal(pair[0], datatype=NamedNode(XSD + pair[1]))),
)
QUADS = st.one_of(
    st.builds(Quad, NODES, PREDICATES, LITERALS | NODES, st.just(GRAPH)),
    st.builds(Quad, NODES, st.just(RDF_TYPE), NODES, st.just(GRAPH)),
)


@settings(max_examples=100)
@given(st.lists(QUADS, min_size=1))
def test_turtle_nquads_and_jsonld_hold_the_same_graph(quads: list[Quad]) -> None:
    (graph,) = graphs.sort(quads)
    text = GraphText(graph=graph, style=STYLE)
    turtle = parse(STYLE.header + text.turtle, format=RdfFormat.TURTLE)
    assert {quad.triple for quad in turtle} == {quad.triple for quad in quads}
    assert set(parse(text.nquads, format=RdfFormat.N_QUADS)) == set(quads)
    document = json.loads(f"{STYLE.writer.opening()}{text.named_graph}]}}")
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert set(parse(lines, format=RdfFormat.N_QUADS)) == set(quads)
