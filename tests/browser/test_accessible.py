"""Every kind of page as axe sees it: in each language, at each width and in each theme somewhere.

All combinations of all of them: ``python -m tests.browser.sweep``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import visited
from tests.browser.kinds import KINDS, Kind
from tests.browser.looking import DESK, PHONE, seen, too_wide

# Visitors by language and theme.
Visitors = Mapping[tuple[str, bool], Page]
# Neighbours in the list are of like make: what one sees in a theme, the next sees in the other.
_TURNS = [(kind, at % 4) for at, kind in enumerate(KINDS)]


@pytest.fixture(scope="module")
def visitors(browser: Browser, server: str) -> Iterator[Visitors]:
    with ExitStack() as opened:
        yield {
            (language, dark): opened.enter_context(
                visited(browser, server, language=language, dark=dark)
            )
            for language in ("zh", "en")
            for dark in (False, True)
        }


@pytest.mark.parametrize(("kind", "turn"), _TURNS, ids=[kind.name for kind in KINDS])
def test_a_page_is_accessible_light_and_fits_in_both_widths_and_languages(
    visitors: Visitors, kind: Kind, turn: int
) -> None:
    dark, language = turn % 2 == 1, "en" if turn >= 2 else "zh"
    widths = (PHONE, DESK) if turn in {1, 2} else (DESK, PHONE)
    assert seen(visitors[language, dark], kind, *widths) == []
    other = visitors["zh" if language == "en" else "en", not dark]
    other.set_viewport_size({"width": PHONE, "height": 900})
    other.goto(kind.path)
    assert too_wide(other) == []
