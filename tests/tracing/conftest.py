"""Engines over the small release and over a made graph, and the server over all filings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving.conftest import Client
from tests.serving.small_release import BASE, write
from tests.tracing.made import MADE, quads

from fiscograph.queries import QueryEngine, build_store
from fiscograph.serving import Site, create_app
from fiscograph.tracing import Tracer


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryEngine]:
    folder = tmp_path_factory.mktemp("release")
    store = build_store(write(folder).published, folder / "var")
    with QueryEngine(store.path, workers=1) as made:
        yield made


@pytest.fixture(scope="session")
def tracer(engine: QueryEngine) -> Tracer:
    return Tracer(engine, base=BASE)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracer]:
    """Over the graph of ``made.py``."""
    path = tmp_path_factory.mktemp("made") / "store"
    quads(path)
    with QueryEngine(path, base=MADE, workers=1) as engine:
        yield Tracer(engine, base=MADE)


@pytest.fixture(scope="session")
def http(release: Path, root: Path, var: Path) -> Iterator[Client]:
    """The server over the release of the repository's filings."""
    with Site.open(release, filings=root / "filings", var=var) as site:
        yield Client(app=create_app(site))
