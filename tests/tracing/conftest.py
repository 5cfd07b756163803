"""An engine over the small release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.serving.small_release import write

from fiscograph.queries import QueryEngine, build_store


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryEngine]:
    folder = tmp_path_factory.mktemp("release")
    store = build_store(write(folder).published, folder / "var")
    with QueryEngine(store.path, workers=1) as made:
        yield made
