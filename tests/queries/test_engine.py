from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode
from tests.queries.conftest import SIZE

from fiscograph.queries import (
    EngineFailed,
    GraphFormat,
    Limits,
    Query,
    QueryCancelled,
    QueryEngine,
    QueryError,
    QueryOutOfMemory,
    QuerySyntax,
    QueryTimeout,
    ResultTooLarge,
    SolutionFormat,
    TooManyRows,
)

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = (
    "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?d ?g ?j "
    "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"
)
ALIVE = Query(text="ASK { ?s <https://a.example/number> 7 }")


def is_alive(engine: QueryEngine) -> bool:
    """Whether the next query has its answer."""
    return b"true" in engine.run(ALIVE, Limits(seconds=60, waits=60)).body


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_default_graph_is_the_union_of_all_graphs(engine: QueryEngine) -> None:
    (row,) = engine.select(Query(text="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert row["n"] == Literal(SIZE)


def test_a_query_may_name_its_own_dataset(engine: QueryEngine) -> None:
    counted = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    own = Query(text=counted.replace("{", "FROM <https://a.example/graph/1> {"))
    asked = Query(text=counted, default_graphs=("https://a.example/graph/0",))
    named = Query(
        text="SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        named_graphs=("https://a.example/graph/1",),
    )
    for query in (own, asked, named):
        assert engine.select(query)[0]["n"] == Literal(SIZE // 2)


def test_values_are_bound_and_not_formatted_in(engine: QueryEngine) -> None:
    text = "SELECT ?name ?s { ?s ?p ?o FILTER(STR(?o) = ?name) }"
    (row,) = engine.select(Query(text=text, bindings={"name": Literal("12")}))
    assert row["s"] == NamedNode("https://a.example/12")
    hostile = Literal('12") } # \n INSERT')
    assert engine.select(Query(text=text, bindings={"name": hostile})) == ()


def test_blank_nodes_cannot_be_bound(engine: QueryEngine) -> None:
    with pytest.raises(TypeError, match="cannot be bound"):
        engine.run(Query(text="SELECT ?s { ?s ?p ?o }", bindings={"s": BlankNode()}))


@pytest.mark.parametrize("form", SolutionFormat)
def test_solutions_come_in_every_format(engine: QueryEngine, form: SolutionFormat) -> None:
    query = Query(text="SELECT ?s { ?s ?p 7 }", solutions=form)
    result = engine.run(query)
    assert result.media_type == form.value
    assert b"https://a.example/7" in result.body


@pytest.mark.parametrize("form", GraphFormat)
def test_graphs_come_in_every_format(engine: QueryEngine, form: GraphFormat) -> None:
    result = engine.run(Query(text="CONSTRUCT WHERE { ?s ?p 7 }", graph=form))
    assert result.media_type == form.value
    assert b"number" in result.body


def test_a_syntax_error_says_line_and_column(engine: QueryEngine) -> None:
    with pytest.raises(QuerySyntax) as caught:
        engine.run(Query(text="SELECT * {\n  ?s ?p }"))
    assert caught.value.line == 2
    assert caught.value.column
    assert str(caught.value).startswith("line 2, column ")


def test_a_result_over_the_cap_is_not_sent_in_part(engine: QueryEngine) -> None:
    with pytest.raises(ResultTooLarge):
        engine.run(Query(text="SELECT * { ?s ?p ?o }"), Limits(result_bytes=1000))
    assert is_alive(engine)


@pytest.mark.parametrize("form", SolutionFormat)
@pytest.mark.parametrize(
    "values",
    [
        "'},{' '\"},{\"' '\\\\\"},{' '<result>' 'a\\nb' 'c\\r\\nd' '\"\\r\\n' '\\\\'",
        "UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF",
        "1 2 3 4 5 6 7 8",
    ],
)
def test_rows_are_counted_whatever_stands_in_them(
    engine: QueryEngine, form: SolutionFormat, values: str
) -> None:
    query = Query(text=f"SELECT * {{ VALUES ?x {{ {values} }} }}", solutions=form)
    whole = engine.run(query, Limits(rows=8))
    assert whole == engine.run(query)
    with pytest.raises(TooManyRows) as caught:
        engine.run(query, Limits(rows=7))
    assert (caught.value.found, caught.value.limit) == (8, 7)
    assert engine.run(Query(text="ASK {}", solutions=form), Limits(rows=1)).body


@pytest.mark.parametrize("slice_seconds", [None, 0.1])
def test_a_heavy_query_is_killed_with_its_worker(
    engine: QueryEngine, slice_seconds: float | None
) -> None:
    before = set(engine.pids)
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"0\.5 s"):
        engine.run(Query(text=HEAVY), Limits(seconds=0.5, slice_seconds=slice_seconds))
    assert time.monotonic() - start < 20  # the query would take days
    assert is_alive(engine)
    ended = before - set(engine.pids)
    assert ended
    assert not any(is_running(pid) for pid in ended)


def test_of_two_long_queries_one_gets_its_slice_alone(store: Path) -> None:
    stop = threading.Event()
    ends: list[QueryError] = []

    def ask(engine: QueryEngine) -> None:
        with pytest.raises((QueryCancelled, QueryTimeout)) as caught:
            engine.run(Query(text=HEAVY), Limits(seconds=60, slice_seconds=0.2), cancelled=stop)
        ends.append(caught.value)
        stop.set()  # the other has the long lane, and would run to its end

    with QueryEngine(store, workers=2) as engine:
        both = [threading.Thread(target=ask, args=(engine,)) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    refused, other = ends
    assert isinstance(refused, QueryTimeout)
    assert refused.crowded
    assert isinstance(other, QueryCancelled)


def test_another_worker_starts_while_a_query_waits_for_one(store: Path) -> None:
    stop = threading.Event()
    with QueryEngine(store, workers=1, more_workers=1) as engine:
        assert is_alive(engine)
        one = set(engine.pids)

        def first() -> None:
            with pytest.raises(QueryCancelled):
                engine.run(Query(text=HEAVY), Limits(seconds=60), cancelled=stop)

        long = threading.Thread(target=first)
        long.start()
        until = time.monotonic() + 20
        while set(engine.pids) == one and time.monotonic() < until:
            assert is_alive(engine)  # before the other has its worker, or beside it
        assert set(engine.pids) > one
        assert is_alive(engine)
        stop.set()
        long.join()


def test_a_query_is_given_up_when_its_client_goes(engine: QueryEngine) -> None:
    gone = threading.Event()
    gone.set()
    with pytest.raises(QueryCancelled):
        engine.run(Query(text=HEAVY), Limits(seconds=60), cancelled=gone)
    assert is_alive(engine)


def test_a_hungry_query_ends_its_worker_and_nothing_else(store: Path) -> None:
    with QueryEngine(store, workers=1, memory=700_000_000) as engine:
        with pytest.raises(QueryOutOfMemory):
            engine.run(Query(text=HUNGRY), Limits(seconds=300))
        assert is_alive(engine)


def test_workers_end_with_the_engine(store: Path) -> None:
    with QueryEngine(store, workers=1) as engine:
        engine.run(Query(text="ASK { ?s ?p ?o }"))
        pids = engine.pids
        assert pids
    assert not any(is_running(pid) for pid in pids)
    with pytest.raises(EngineFailed, match="closed"):
        engine.run(Query(text="ASK { ?s ?p ?o }"))


def test_a_store_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with (
        QueryEngine(tmp_path / "none", workers=1) as engine,
        pytest.raises(EngineFailed, match="no worker can open"),
    ):
        engine.run(ALIVE)


def test_relative_iris_and_prefixes_are_known(store: Path) -> None:
    with QueryEngine(store, base="https://a.example/", workers=1) as engine:
        assert b"true" in engine.run(Query(text="ASK { <7> <number> 7 }")).body
