"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import Store
from tests.release.readers import refuse
from tests.whole import loaded, published

# CI is one machine of two slow cores: no deadline per example, the same examples every time.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the repository's filings, built once."""
    return published(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="session")
def graph(release: Path) -> Store:
    """That release as one graph; only ever read."""
    return loaded(release)


@pytest.fixture(scope="session")
def offline_rdflib() -> Iterator[None]:
    """The reader rdflib among others: it keeps literals as they stand and fetches nothing.

    Without this it would write ``"007"^^xsd:integer`` as ``7`` and load remote contexts.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rdflib.NORMALIZE_LITERALS", False)
        patch.setattr("rdflib.parser._urlopen", lambda request: refuse(request.full_url))
        yield
