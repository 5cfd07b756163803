"""The W3C's tests of SPARQL, against the query workers as they serve: guard, process, dataset.

Each exception is named with its reason; one that comes out as the suite wants fails here too.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from pyoxigraph import Dataset, QueryResultsFormat, RdfFormat, Store, parse
from tests.conformance import w3c_sparql as suite
from tests.conformance.w3c_sparql import FEDERATION, Case, cases, exceptions

from fiscograph.queries import (
    GraphFormat,
    Query,
    QueryEngine,
    QueryError,
    QuerySyntax,
    QueryTooDeep,
    QueryUnsupported,
    ServiceRefused,
    SolutionFormat,
    check,
)

EXCEPTIONS = exceptions()
LOCAL = [case for case in cases() if case.suite != FEDERATION]
# A case without data is asked of a graph that is not there: ours is never without data.
NOTHING = "https://w3c.github.io/rdf-tests/nothing"
JSON = SolutionFormat.JSON
_FORMATS = {".csv": SolutionFormat.CSV, ".tsv": SolutionFormat.TSV}


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryEngine]:
    path = tmp_path_factory.mktemp("w3c") / "store"
    store = Store(str(path))
    suite.fill(store)
    del store
    with QueryEngine(path, workers=1) as made:
        yield made


def asked(case: Case, solutions: SolutionFormat = JSON) -> Query:
    own = check(case.text).has_dataset
    return Query(
        text=case.text,
        default_graphs=() if own else case.data or (NOTHING,),
        named_graphs=() if own else case.graphs,
        solutions=solutions,
        graph=GraphFormat.N_TRIPLES,
    )


def agrees(engine: QueryEngine, case: Case, *, by_value: bool = False) -> bool:
    """Whether the engine answers a case as the suite wants: term by term, or by the value of each."""
    try:
        result = engine.run(asked(case, _FORMATS.get(Path(case.result or "").suffix, JSON)))
    except QueryUnsupported:  # it was read, and that is all that a test of syntax asks
        return case.result is None and not case.must_fail
    except QuerySyntax:
        return case.must_fail
    if case.result is None:
        return not case.must_fail
    if case.result.endswith(".csv"):
        given_rows = csv_rows(result.body, by_value=by_value)
        return given_rows == csv_rows(suite.path_of(case.result).read_bytes(), by_value=by_value)
    wanted, ordered = suite.wanted(case.result)
    given = (
        suite.canonical([quad.triple for quad in parse(result.body, RdfFormat.N_TRIPLES)])
        if isinstance(wanted, Dataset)
        else suite.content(result.body, QueryResultsFormat.from_media_type(result.media_type))
    )
    if by_value:
        wanted, given = suite.by_value(wanted), suite.by_value(given)
    if isinstance(wanted, tuple) and isinstance(given, tuple):
        return suite.same(given[1], wanted[1], ordered=ordered, lax=case.lax)
    return wanted == given


def csv_rows(body: bytes, *, by_value: bool) -> list[list[tuple[str, str]]]:
    """Rows in no order, by column, as ``SELECT *`` has no order of its own; a blank node only shows
    that it is one.
    """
    rows = csv.DictReader(io.StringIO(body.decode(), newline=""))
    return sorted(
        sorted((name, _cell(cell, by_value=by_value)) for name, cell in row.items()) for row in rows
    )


def _cell(text: str, *, by_value: bool) -> str:
    if text.startswith("_:"):
        return "_:"
    try:
        return f"{Decimal(text).normalize():f}" if by_value else text
    except InvalidOperation:
        return text


@pytest.mark.parametrize("case", LOCAL, ids=lambda case: case.name)
def test_the_suite(engine: QueryEngine, case: Case) -> None:
    known = EXCEPTIONS.get(case.name)
    assert agrees(engine, case) == (known is None), known
    if known is not None:
        assert agrees(engine, case, by_value=True) == known.by_value, known


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.suite == FEDERATION], ids=lambda case: case.name
)
def test_every_call_of_another_endpoint_is_refused(case: Case) -> None:
    with pytest.raises(ServiceRefused):
        check(case.text)


def test_the_guard_refuses_no_query_of_the_suites_that_the_engine_reads() -> None:
    refused = []
    for case in LOCAL:
        try:
            check(case.text)
        except QueryTooDeep as error:
            refused.append((case.name, str(error)))
        except QueryError:
            assert case.must_fail, case.name
    assert not refused


def test_the_suites_are_all_there() -> None:
    counts = Counter(case.suite for case in cases())
    assert counts == {
        "SPARQL 1.1 query": 328,
        "SPARQL 1.1 results": 10,
        "SPARQL 1.1 federation": 10,
        "SPARQL 1.0 query": 482,
    }
    assert EXCEPTIONS.keys() <= {case.name for case in LOCAL}


def test_the_page_states_the_counts_of_the_suites() -> None:
    page = suite.PAGE.read_text("utf-8")
    assert suite.with_counts(page) == page, "python -m tests.conformance.w3c_sparql"
