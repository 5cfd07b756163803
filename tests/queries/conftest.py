"""A small store and engines over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from fiscograph.queries import QueryEngine

SIZE = 1000


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``SIZE`` triples, every second one in another graph."""
    path = tmp_path_factory.mktemp("store") / "store"
    made = Store(str(path))
    made.extend(
        Quad(
            NamedNode(f"https://a.example/{number}"),
            NamedNode("https://a.example/number"),
            Literal(number),
            NamedNode(f"https://a.example/graph/{number % 2}"),
        )
        for number in range(SIZE)
    )
    made.flush()
    return path


@pytest.fixture(scope="session")
def engine(store: Path) -> Iterator[QueryEngine]:
    with QueryEngine(store, workers=2, prefixes={"a": "https://a.example/"}) as made:
        yield made
