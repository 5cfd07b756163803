"""Every value of the release leads, by the graph alone, to characters that stand in its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple
from tests.golden.disclosed import FILINGS
from tests.queries.answers import cells, of_pyoxigraph

from fiscograph.vocabulary import DCTERMS, FG, OA, PROV, QB, RDF

Term = NamedNode | BlankNode | Literal | Triple

PREFIXES = """
PREFIX fg: <https://w3id.org/fiscograph#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
DOC = Path(__file__).resolve().parents[2] / "docs/explanation/provenance.md"
Row = Mapping[str, str]


def rows(graph: Store, query: str) -> list[Row]:
    answer = graph.query(PREFIXES + query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [
        {name: term.value for name in names if (term := row[name]) is not None} for row in answer
    ]


@cache
def disclosed(name: str) -> tuple[str, tuple[str, ...]]:
    """The hash and the lines of a file as it was disclosed."""
    data = (FILINGS / name).read_bytes()
    return sha256(data).hexdigest(), tuple(data.decode("utf-8").split("\n"))


def walk(graph: Store, subject: Term, *path: NamedNode) -> list[Term]:
    """What a path of properties leads to."""
    reached = [subject]
    for predicate in path:
        reached = [
            quad.object
            for one in reached
            if isinstance(one, NamedNode)
            for quad in graph.quads_for_pattern(one, predicate, None)
        ]
    return reached


def only(graph: Store, subject: Term, *path: NamedNode) -> str:
    (found,) = walk(graph, subject, *path)
    assert not isinstance(found, Triple)
    return found.value


def of_kind(graph: Store, kind: NamedNode) -> set[NamedNode]:
    return {
        quad.subject
        for quad in graph.quads_for_pattern(None, RDF.type, kind)
        if isinstance(quad.subject, NamedNode)
    }


def require_ink(graph: Store, printed: Term) -> None:
    """What the graph says of a place, by selectors and by plain properties, stands there."""
    name = only(graph, printed, OA.hasSource, OA.hasSource, DCTERMS.title)
    digest, lines = disclosed(name)
    assert only(graph, printed, OA.hasSource, OA.hasSource, FG.sha256) == digest
    assert walk(graph, printed, OA.hasSource, OA.hasSource) == walk(graph, printed, FG.source)
    line, start = (int(only(graph, printed, term)) for term in (FG.line, FG.start))
    selection = only(graph, printed, OA.hasSource, OA.hasSelector, RDF.value)
    assert selection == f"line={line - 1},{line}"
    first = int(only(graph, printed, OA.hasSelector, OA.start))
    last = int(only(graph, printed, OA.hasSelector, OA.end))
    assert (first, last) == (start - 1, int(only(graph, printed, FG.end)))
    assert last <= len(lines[line - 1])
    assert only(graph, printed, OA.hasSelector, OA.exact) == lines[line - 1][first:last]


def test_every_allocation_leads_from_its_cube_to_characters_that_stand_in_the_file(
    graph: Store,
) -> None:
    cubes = of_kind(graph, QB.DataSet)
    walked = {
        quad.subject for cube in cubes for quad in graph.quads_for_pattern(None, QB.dataSet, cube)
    }
    assert walked == of_kind(graph, FG.Allocation)
    for allocation in walked:
        evidence = walk(graph, allocation, PROV.wasDerivedFrom)
        assert evidence
        for printed in evidence:
            require_ink(graph, printed)


def test_an_allocation_is_what_its_primary_source_prints(graph: Store) -> None:
    found = rows(
        graph,
        "SELECT * WHERE { ?allocation a fg:Allocation ; fg:amount ?amount ; fg:filing ?filing ;"
        " prov:hadPrimarySource ?printed . ?printed fg:amountAsPrinted ?yuan ; fg:filing ?in ."
        " BIND(EXISTS { ?allocation prov:wasDerivedFrom ?printed } AS ?derived) }",
    )
    assert len(found) == len({row["allocation"] for row in found}) > 250
    for row in found:
        assert row["amount"] == row["yuan"]
        assert row["filing"] == row["in"]
        assert row["derived"] == "true"


@pytest.mark.parametrize(
    "kind", [FG.PrintedAmount, FG.Citation, FG.Statement, FG.PerformanceIndicator], ids=str
)
def test_everything_printed_is_quoted_as_it_stands(graph: Store, kind: NamedNode) -> None:
    found = of_kind(graph, kind)
    assert found
    for printed in found:
        require_ink(graph, printed)


def test_every_graph_says_which_run_wrote_it_from_which_bytes(graph: Store, release: Path) -> None:
    runs = rows(
        graph,
        "SELECT * WHERE { ?graph prov:wasGeneratedBy ?run . ?run a prov:Activity ;"
        " fg:programVersion ?version ; prov:used ?used . OPTIONAL { ?used fg:sha256 ?sha256 }"
        " OPTIONAL { ?graph foaf:primaryTopic ?filing } }",
    )
    of_filings = {row["sha256"] for row in runs if "filing" in row}
    assert of_filings == {disclosed(path.name)[0] for path in FILINGS.glob("*.txt")}
    filings = {row["graph"] for row in runs if "filing" in row}
    assert {row["used"] for row in runs if "filing" not in row} == filings
    marks = re.compile("^# graph <(.+)>$", re.MULTILINE)
    graphs = {
        name
        for path in release.rglob("*.ttl")
        for name in marks.findall(path.read_text("utf-8"))
        if not name.endswith("/catalog")
    }
    assert graphs <= {row["graph"] for row in runs}


def test_every_check_points_at_what_it_compares(graph: Store) -> None:
    bare = rows(
        graph,
        "SELECT ?check WHERE { ?check a fg:IdentityCheck FILTER NOT EXISTS { ?check fg:term ?term }}",
    )
    assert bare == []


def test_a_finding_at_an_amount_or_its_row_points_at_it(graph: Store) -> None:
    """One at a printed amount is about it; one at the code of a row is about the row's amounts."""
    silent = rows(
        graph,
        "SELECT ?finding WHERE { ?finding a fg:Finding ; fg:source ?source ; fg:line ?line ;"
        " fg:printedText ?text ; fg:start ?start ."
        " ?amount a fg:PrintedAmount ; fg:source ?source ; fg:line ?line ."
        " OPTIONAL { ?amount fg:rowCode ?code } OPTIONAL { ?amount fg:start ?at }"
        " FILTER(COALESCE(?code = ?text, false) || ?at = ?start)"
        " FILTER NOT EXISTS { ?finding fg:about ?amount } }",
    )
    assert silent == []
    about = rows(
        graph,
        "SELECT ?printed WHERE { ?finding fg:line 389 ; a fg:Finding ; fg:about ?amount ."
        " ?amount fg:printedText ?printed }",
    )
    assert [row["printed"] for row in about] == ["0.93", "0.93"]


SHOWN = re.findall(r"```sparql\n(.*?)```\n\n```csv\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("at", range(len(SHOWN)))
def test_the_page_shows_what_its_queries_give(graph: Store, at: int) -> None:
    query, shown = SHOWN[at]
    answer = graph.query(query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    lines = [names, *(cells(of_pyoxigraph(row[name]) for name in names) for row in answer)]
    given = "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in lines)
    assert given == shown


def test_the_page_runs_every_query_that_it_shows() -> None:
    assert len(SHOWN) == DOC.read_text("utf-8").count("```sparql") == 6


def _quoted(cell: str) -> str:
    """A cell of CSV, quoted where RFC 4180 wants it."""
    return f'"{cell}"' if "," in cell else cell
