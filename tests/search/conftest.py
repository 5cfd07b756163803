"""The index of the repository's own filings, made once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from fiscograph.queries.store import base_of
from fiscograph.search import Entry, SearchIndex, build_index, entries
from fiscograph.serving.things.sources import Sources

FILINGS = Path(__file__).resolve().parents[2] / "filings"


@pytest.fixture(scope="session")
def found(release: Path) -> list[Entry]:
    """What the release offers."""
    sources = Sources(filings=FILINGS, ledger=release / "tables" / "ledger.csv")
    return list(entries(release, base_of(release), sources.text))


@pytest.fixture(scope="session")
def index(found: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    file = tmp_path_factory.mktemp("search") / "index.sqlite"
    build_index(found, file)
    return SearchIndex(file=file)
