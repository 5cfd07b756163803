"""Every kind of page, in both languages and on a phone, as axe sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.browser.accessibility import OF_WIDTH, violations
from tests.browser.conftest import OpenPage
from tests.browser.kinds import KINDS, Kind

DESK, PHONE = 1200, 390
# A page must not be wider than the window (WCAG 2.2, 1.4.10); a table may, within its own frame.
_OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize(("language", "first", "then"), [("zh", DESK, PHONE), ("en", PHONE, DESK)])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_page_is_accessible_and_fits_in_both_widths(
    open_page: OpenPage, kind: Kind, language: str, first: int, then: int
) -> None:
    with open_page(width=first, language=language) as page:
        response = page.goto(kind.path)
        assert response is not None
        assert response.status == kind.status
        found = too_wide(page) + violations(page)
        page.set_viewport_size({"width": then, "height": 900})
        found += too_wide(page) + violations(page, OF_WIDTH)
    assert not found


def too_wide(page: Page) -> list[str]:
    overflow = page.evaluate(_OVERFLOW)
    return [f"the page is {overflow} px wider than the window"] if overflow > 0 else []
