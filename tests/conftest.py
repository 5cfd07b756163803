"""What all tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pyoxigraph import Store
from tests.order import rank_of
from tests.release.readers import refuse
from tests.sharing import alone, common_folder
from tests.whole import loaded, published

from fiscograph import pipeline
from fiscograph import settings as publishing
from fiscograph.queries import QueryEngine, ReleaseStore, build_store
from fiscograph.serving import Site
from fiscograph.tracing import Tracer

# No test depends on how fast the machine is: no deadline per example, no complaint of slow ones. In
# CI the examples are the same every time. Fixtures of a function are the same for all its examples.
_UNTIMED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=_UNTIMED)
settings.register_profile("desk", deadline=None, suppress_health_check=_UNTIMED)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).resolve().parents[1]
# A department with its units, and a unit that cites many documents by number.
TWO = ("500109-401-2023", "500110-212002-2023")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first."""
    items.sort(key=lambda item: rank_of(item.path))


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of this run put what all of them read and none of them changes."""
    return common_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def release(common: Path) -> Path:
    """The release of the repository's filings, built once."""
    with alone(common / "whole"):
        return published(common / "whole")


@pytest.fixture(scope="session")
def graph(release: Path) -> Store:
    """That release as one graph; only ever read."""
    return loaded(release)


@pytest.fixture(scope="session")
def folder(common: Path) -> Path:
    """Where commands run: what they make of the release, store and index, is made once for all."""
    (common / "here").mkdir(exist_ok=True)
    return common / "here"


@pytest.fixture(scope="session")
def stored(release: Path, folder: Path) -> ReleaseStore:
    """The store of the repository's filings."""
    return build_store(release, folder / "var")


@pytest.fixture(scope="session")
def var(release: Path, folder: Path) -> Path:
    """The program's own folder, with all that a server of the repository's filings makes there."""
    with alone(folder), Site.open(release, filings=ROOT / "filings", var=folder / "var"):
        return folder / "var"


@pytest.fixture(scope="session")
def whole(stored: ReleaseStore) -> Iterator[QueryEngine]:
    """Over the release of the repository's filings."""
    with QueryEngine(stored.path, base=stored.base, workers=1) as engine:
        yield engine


@pytest.fixture(scope="session")
def over(whole: QueryEngine, stored: ReleaseStore) -> Tracer:
    """Asks the store of that release; nothing of it comes from an index."""
    return Tracer(whole, base=stored.base)


@pytest.fixture(scope="session")
def offline_rdflib() -> Iterator[None]:
    """The reader rdflib among others: it keeps literals as they stand and fetches nothing.

    Without this it would write ``"007"^^xsd:integer`` as ``7`` and load remote contexts.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rdflib.NORMALIZE_LITERALS", False)
        patch.setattr("rdflib.parser._urlopen", lambda request: refuse(request.full_url))
        yield


@pytest.fixture(scope="session")
def two_filings(common: Path) -> Path:
    """A release of two real filings, built once; the publisher is this repository's."""
    folder = common / "two_filings"
    with alone(folder):
        if not (folder / "published").is_dir():
            (folder / "filings").mkdir(exist_ok=True)
            for name in TWO:
                for path in ROOT.glob(f"filings/{name}.*"):
                    shutil.copy(path, folder / "filings")
            pipeline.build(folder / "filings", folder / "published", publishing.load(ROOT))
    return folder / "published"
