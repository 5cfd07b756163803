"""The example queries answer what their description says, with rows verified by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store
from tests.queries.answers import VERIFIED, cells, of_pyoxigraph, verified
from tests.queries.example_page import PAGE, page

from fiscograph.cli import run
from fiscograph.queries import (
    ExampleQuery,
    Limits,
    Query,
    QueryEngine,
    example_queries,
    example_query,
)
from fiscograph.queries.example_queries import parse

EXAMPLES = example_queries()
ANSWERED = [example for example in EXAMPLES if verified(example.name) is not None]
# Only against a query that never ends: how long each takes is told by benchmarks/.
LIMITS = Limits(seconds=60.0)
COFOG = "08-spending-by-cofog"


@pytest.mark.parametrize("example", ANSWERED, ids=lambda example: example.name)
def test_the_engine_of_the_release_answers_the_verified_rows_in_their_order(
    whole: QueryEngine, graph: Store, example: ExampleQuery
) -> None:
    if example.name == COFOG and not has_cofog(graph):
        pytest.skip("the release links no functions to COFOG")
    said = verified(example.name)
    assert said is not None
    columns, rows = said
    names = tuple(column.name for column in example.columns)
    assert columns == names
    found = whole.select(Query(text=example.text), LIMITS)
    assert [cells(of_pyoxigraph(row.get(name)) for name in names) for row in found] == list(rows)


def test_every_example_has_verified_rows() -> None:
    assert {path.stem for path in VERIFIED.glob("*.csv")} == {example.name for example in ANSWERED}
    assert [example.name for example in EXAMPLES if example not in ANSWERED] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_describes_each_column_of_its_answer(
    graph: Store, example: ExampleQuery
) -> None:
    answer = graph.query(example.text)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    assert [column.name for column in example.columns] == names


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_described_in_both_languages_and_names_no_publisher(
    example: ExampleQuery,
) -> None:
    han = re.compile("[一-鿿]")
    chinese = (example.title_zh, example.question_zh, example.rule_zh)
    assert all(han.search(text) for text in chinese)
    assert all(re.search("[A-Za-z]", text) for text in (example.title_en, example.question_en))
    assert "fiscograph.example" not in example.text


def test_the_examples_are_numbered_without_gaps() -> None:
    numbers = [example.name[:2] for example in EXAMPLES]
    assert numbers == [f"{number:02d}" for number in range(1, len(EXAMPLES) + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s ?p ?o }",
        EXAMPLES[0].text.replace("# Question", "# Asked"),
        EXAMPLES[0].text.replace(" | ", " "),
    ],
)
def test_a_file_that_does_not_begin_with_its_description_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        parse("00-x", text)


def test_an_example_is_found_by_its_name_and_by_its_number() -> None:
    assert example_query("06") is example_query("06-failing-checks")
    with pytest.raises(KeyError):
        example_query("failing-checks")


def test_the_page_lists_the_examples_as_they_are() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_the_command_lists_the_examples(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--examples"]) == 0
    out = capfd.readouterr().out
    assert all(example.name in out and example.question_zh[:12] in out for example in EXAMPLES)


def test_the_command_runs_an_example(
    release: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["query", "--example", "17", "--release", str(release)]) == 0
    out = capfd.readouterr().out
    assert example_query("17").question_zh in out
    assert "177600" in out
    assert run(["query", "--example", "17", "--format", "csv", "--release", str(release)]) == 0
    assert capfd.readouterr().out.splitlines()[0] == "unit,year,category,amount,line"


@pytest.mark.parametrize("arguments", [[], ["ASK {}", "--example", "17"], ["--example", "99"]])
def test_the_command_wants_one_question(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", *arguments]) == 2
    assert "--example" in capfd.readouterr().err


def has_cofog(graph: Store) -> bool:
    return bool(
        graph.query(
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
            'ASK { ?scheme a skos:ConceptScheme ; skos:notation "cofog" }'
        )
    )
