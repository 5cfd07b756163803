"""Files that anyone may bring: any format, any base IRI, a part of the whole, with mistakes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from fiscograph import resources
from fiscograph.validation import (
    Elsewhere,
    GraphUnreadable,
    NothingToCheck,
    graph_file,
    of_other_class,
    types_of,
    validate_files,
)
from fiscograph.validation.files import Checked
from fiscograph.vocabulary import PREFIXES

SHAPES = resources.shapes()
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
HEAD = (
    "@prefix fg: <https://w3id.org/fiscograph#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix org: <http://www.w3.org/ns/org#> .\n"
)
UNIT = '<org/1> a org:Organization ; skos:prefLabel "某局"@zh ; fg:region {region} .\n'
REGION = '[ a fg:Region ; skos:notation "500152" ; skos:prefLabel "潼南区"@zh ]'


def check(*paths: Path) -> Checked:
    return validate_files([graph_file(str(path)) for path in paths], SHAPES)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def published(root: Path) -> Path:
    return root / "published"


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_gives_the_same_report(suffix: str, tmp_path: Path) -> None:
    example = SHAPES / "examples" / "fails" / "check" / "verdict-sparql.ttl"
    quads = ox.parse(path=example, format=ox.RdfFormat.TURTLE)
    path = tmp_path / f"example.{suffix}"
    ox.serialize(quads, path, format=FORMATS[suffix])
    assert check(path).report == check(example).report


def test_a_published_filing_conforms_alone_and_tells_what_it_could_not_check(
    published: Path,
) -> None:
    alone = check(published / "filings" / "500110-212006-2023-unit-budget.ttl").report
    assert alone.conforms
    assert {kind for one in alone.elsewhere for kind in one.expected} == {
        PREFIXES["fg"] + "Project",
        PREFIXES["fg"] + "Region",
        PREFIXES["org"] + "Organization",
        PREFIXES["qb"] + "DataSet",
        PREFIXES["skos"] + "Concept",
    }


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_together_with_the_shared_graphs_only_other_filings_are_left_unchecked(
    published: Path, suffix: str
) -> None:
    """Documents, and what made the shared graphs, lead to what other filings print."""
    filing = published / "filings" / f"500110-212006-2023-unit-budget.{suffix}"
    together = check(filing, published / "shared.ttl")
    assert together.report.conforms
    left = {kind.rsplit("#", 1)[-1] for one in together.report.elsewhere for kind in one.expected}
    assert left == {"Citation"}
    assert together.undeclared == ()


def test_relative_names_and_blank_nodes_are_as_good_as_ours(tmp_path: Path) -> None:
    path = written(tmp_path / "a.ttl", HEAD + UNIT.format(region=REGION))
    assert check(path).report.conforms
    assert check(path).report.focus_nodes == 2


def test_what_a_blank_node_is_not_said_to_be_is_a_violation(tmp_path: Path) -> None:
    path = written(tmp_path / "a.ttl", HEAD + UNIT.format(region="[]"))
    (violation,) = check(path).report.violations
    assert violation.shape.endswith("#Organization-region")
    assert violation.value == "_:file1node1"


def test_what_another_file_describes_is_checked_with_it(tmp_path: Path) -> None:
    one = written(tmp_path / "a.ttl", HEAD + UNIT.format(region="<region/500152>"))
    other = written(tmp_path / "b.ttl", HEAD + '<region/500152> skos:prefLabel "潼南区"@zh .')
    assert [one.value for one in check(one).report.elsewhere] == [
        (tmp_path / "region/500152").as_uri()
    ]
    assert check(one).report.conforms
    assert not check(one, other).report.conforms, "it is described, and is no region"


def test_the_gate_refuses_a_reference_to_something_of_another_class() -> None:
    elsewhere = Elsewhere(
        shape="https://w3id.org/fiscograph/shapes#Filing-region",
        path="https://w3id.org/fiscograph#region",
        expected=(PREFIXES["skos"] + "Concept",),
        value="https://a.example/r",
        focus="https://a.example/f",
        references=1,
    )
    region = (
        f"<https://a.example/r> a <{PREFIXES['fg']}Region> . <{PREFIXES['fg']}Region> "
        f"<http://www.w3.org/2000/01/rdf-schema#subClassOf> <{PREFIXES['skos']}Concept> ."
    )
    graph = list(ox.parse(region.encode(), format=ox.RdfFormat.TURTLE))
    assert of_other_class([elsewhere], types_of(graph)) == ()
    assert of_other_class([elsewhere], {}) == (), "what is described nowhere dangles instead"
    (violation,) = of_other_class([elsewhere], {elsewhere.value: set()})
    assert violation.value == elsewhere.value


def test_a_misspelt_term_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    text = HEAD + UNIT.format(region=f"{REGION} ; fg:budgetcode '1' ; fg:qwertyuiop 2")
    strange = {one.term: one.nearest for one in check(written(tmp_path / "a.ttl", text)).undeclared}
    assert strange == {
        PREFIXES["fg"] + "budgetcode": PREFIXES["fg"] + "budgetCode",
        PREFIXES["fg"] + "qwertyuiop": None,
    }


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "there are none"),
        ('<a> <http://purl.org/dc/terms/title> "x" .', "none of its terms"),
        ("<a> a <https://w3id.org/fiscograph#Filling> .", "is .*#Filing meant"),
        ("<a> a <http://w3id.org/fiscograph/Filing> .", "is https://.*#Filing meant"),
        ("<a> <https://w3id.org/fiscograph#line> 1 .", "give rdf:type"),
    ],
)
def test_a_graph_that_no_shape_speaks_of_neither_conforms_nor_fails(
    text: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(NothingToCheck, match=hint):
        check(written(tmp_path / "a.ttl", text))


@pytest.mark.parametrize(
    ("name", "text", "reason", "line"),
    [
        ("a.ttl", "<a> <b> <c> .\n<a> <b> .\n", "cannot be parsed", 2),
        ("a.nq", "<http://a> <http://b> .\n", "cannot be parsed", 1),
        (
            "a.jsonld",
            '{"@context": "https://a.example/c.jsonld", "p": 1}',
            "embed the context",
            None,
        ),
        ("a.ttl", "<a> <b> <<( <c> <d> <e> )>> .", "triple terms", None),
        ("a.xlsx", "", "unknown format", None),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(
    name: str, text: str, reason: str, line: int | None, tmp_path: Path
) -> None:
    path = written(tmp_path / name, text)
    with pytest.raises(GraphUnreadable, match=reason) as caught:
        check(path)
    assert caught.value.file == str(path)
    assert line is None or caught.value.line == line


def test_a_file_that_is_not_there_and_a_stream_without_a_format_are_refused() -> None:
    with pytest.raises(GraphUnreadable, match="no such file"):
        graph_file("nowhere.ttl")
    with pytest.raises(GraphUnreadable, match="--format"):
        graph_file("-")
