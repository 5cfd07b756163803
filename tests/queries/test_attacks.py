"""What is made to stop a server: each attack ends in its own error, and the next query is answered.

The table is that of the design of the service; the deep and wide queries that the guard refuses
stand in test_guard.py. How fast the service stays meanwhile: ``python -m benchmarks.attacks``.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from fiscograph.queries import (
    GraphFormat,
    Limits,
    Query,
    QueryEngine,
    QueryOutOfMemory,
    QueryTimeout,
    ResultTooLarge,
)
from fiscograph.queries.process import WorkerProcess
from fiscograph.queries.worker import Head

_TRIPLES = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
_NUMBERS = " ".join(map(str, range(300)))
_VALUES = " ".join(f"VALUES ?v{at} {{ {_NUMBERS} }}" for at in range(5))
_DOUBLING = " ".join(f"BIND(CONCAT(?s{at}, ?s{at}) AS ?s{at + 1})" for at in range(30))
COSTLY = {
    "product counted": f"SELECT (COUNT(*) AS ?n) {{ {_TRIPLES} }}",
    "product sent": f"SELECT * {{ {_TRIPLES} }}",
    "asked of free patterns": "ASK { "
    + " ".join(f"?a{at} ?b{at} ?c{at} ." for at in range(20))
    + " FILTER(CONCAT(STR(?c0), STR(?c9), STR(?c19)) = 'none') }",
    "product in order": f"SELECT * {{ {_TRIPLES} }} ORDER BY ?c LIMIT 10",
    "product in no order": f"SELECT * {{ {_TRIPLES} }} ORDER BY RAND() LIMIT 10",
    "product in groups": f"SELECT ?c (COUNT(*) AS ?n) {{ {_TRIPLES} }} GROUP BY ?c ?f ?i",
    "product in one text": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?t) {{ {_TRIPLES} }}",
    "graph flood": f"CONSTRUCT {{ ?a ?e ?i }} {{ {_TRIPLES} }}",
    "path closure": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|!^<x:y>)* ?b . ?c (!<x:z>)* ?d . "
    "?e (!<x:y>)* ?f . ?g ?h ?i }",
    "product of values": f"SELECT (COUNT(*) AS ?n) {{ {_VALUES} }}",
    "doubled text": f"SELECT (STRLEN(?s30) AS ?n) {{ BIND('0123456789' AS ?s0) {_DOUBLING} }}",
    "nested REPLACE": "SELECT (STRLEN("
    + "REPLACE(" * 9
    + "'aaaaaaaaaa'"
    + ", 'a', 'aaaaaaaaaa')" * 9
    + ") AS ?n) {}",
    "another REGEX per row": f"SELECT (COUNT(*) AS ?n) {{ {_TRIPLES} "
    "FILTER(REGEX(STR(?c), CONCAT(STR(?f), STR(?i), STR(?l)))) }",
}
HARMLESS = {
    "backtracking REGEX": "ASK { FILTER(REGEX('" + "a" * 5000 + "b', '^(a+)+$')) }",
    "huge REGEX": "ASK { FILTER(REGEX('a', '((a{1,100}){1,100}){1,100}')) }",
}
ALIVE = Query(text="ASK { ?s <https://a.example/number> 7 }")


@pytest.fixture(scope="module")
def small(store: Path) -> Iterator[QueryEngine]:
    """Workers with less memory than served ones have, so that hungry queries end sooner."""
    with QueryEngine(store, workers=2, memory=700_000_000) as made:
        yield made


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_query_is_stopped_and_nobody_else_is(small: QueryEngine, name: str) -> None:
    limits = Limits(seconds=0.5, result_bytes=1_000_000)
    started = time.monotonic()
    with pytest.raises((QueryTimeout, QueryOutOfMemory, ResultTooLarge)):
        small.run(Query(text=COSTLY[name], graph=GraphFormat.N_TRIPLES), limits)
    assert time.monotonic() - started < 30  # unstopped, each would take far longer
    assert b"true" in small.run(ALIVE).body


@pytest.mark.parametrize("name", HARMLESS)
def test_a_pattern_that_ruins_other_engines_has_an_answer(small: QueryEngine, name: str) -> None:
    assert b"boolean" in small.run(Query(text=HARMLESS[name]), Limits(seconds=60)).body


@pytest.fixture
def worker(store: Path) -> Iterator[WorkerProcess]:
    """A worker by itself, asked past the guard."""
    made = WorkerProcess(store, memory=1_000_000_000)
    assert made.receive(time.monotonic() + 20) is not None
    yield made
    made.close()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
        "ASK FROM <ADDRESS> { ?s ?p ?o }",
        "LOAD <ADDRESS>",
    ],
)
def test_a_worker_calls_nobody_even_without_the_guard(worker: WorkerProcess, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        head: Head = {
            "base": None,
            "prefixes": {},
            "union": True,
            "default_graphs": [],
            "named_graphs": [],
            "bindings": {},
            "solutions": "application/sparql-results+json",
            "graph": "text/turtle",
            "result_bytes": 1000,
            "rows": None,
            "memory": 0,
        }
        worker.send(head, text.replace("ADDRESS", address).encode())
        assert worker.receive(time.monotonic() + 20) is not None
        listening.settimeout(0.0)
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_is_shut_in(worker: WorkerProcess) -> None:
    status = Path(f"/proc/{worker.pid}/status").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status
    limits = Path(f"/proc/{worker.pid}/limits").read_text()
    values = {line[:26].strip(): line[26:47].strip() for line in limits.splitlines()}
    # No more than the store's own files.
    assert int(values["Max open files"]) < 64
    assert values["Max file size"] == "0"
    assert values["Max core file size"] == "0"
    assert values["Max address space"] == "1000000000"


def test_a_worker_that_died_is_replaced(store: Path) -> None:
    with QueryEngine(store, workers=1) as engine:
        engine.run(ALIVE)
        (first,) = engine.pids
        with pytest.raises(QueryTimeout):
            engine.run(Query(text=COSTLY["product counted"]), Limits(seconds=0.1))
        assert engine.select(Query(text="SELECT ?s { ?s ?p 7 }"))[0]["s"] == NamedNode(
            "https://a.example/7"
        )
        assert engine.pids != (first,)
