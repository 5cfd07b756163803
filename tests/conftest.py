"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import Store
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
