"""A figure on a page is what the query beside it answers, and leads to where it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import visited
from tests.browser.figures import wrong
from tests.browser.kinds import KINDS, Kind

# Of each kind, as each takes some 50 ms; ``python -m tests.browser.sweep`` follows twenty.
FIGURES = 20


@pytest.fixture(scope="module")
def visitor(browser: Browser, server: str) -> Iterator[Page]:
    with visited(browser, server) as page:
        yield page


@pytest.fixture(scope="module")
def reader(browser: Browser, server: str) -> Iterator[Page]:
    """Reads sources: they are long, so that it goes from place to place within one."""
    with visited(browser, server) as page:
        yield page


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.figures], ids=lambda kind: kind.name
)
def test_figures_are_what_the_query_beside_them_answers_and_lead_to_where_they_are_printed(
    visitor: Page, reader: Page, release: Path, kind: Kind
) -> None:
    assert wrong(visitor, reader, release, kind, FIGURES) == []
