"""A page as axe, a ruler and a scale see it."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.browser.accessibility import OF_WIDTH, violations
from tests.browser.kinds import Kind

DESK, PHONE = 1200, 390
HEIGHT = 900
# Bytes of a page with its style sheets, uncompressed, before pictures.
MOST_BYTES = 100_000
# A page must not be wider than the window (WCAG 2.2, 1.4.10); a table may, within its own frame.
_OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
_WEIGHT = """async () => {
  const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].map(one => one.href);
  const texts = await Promise.all(sheets.map(async href => (await fetch(href)).arrayBuffer()));
  const page = performance.getEntriesByType("navigation")[0].decodedBodySize;
  return texts.reduce((sum, text) => sum + text.byteLength, page);
}"""


def seen(page: Page, kind: Kind, first: int, *others: int, path: str | None = None) -> list[str]:
    """What is wrong with a page at a width, and of what the width changes, at others."""
    page.set_viewport_size({"width": first, "height": HEIGHT})
    address = path or kind.path
    response = page.goto(address)
    if response is None or response.status != kind.status:
        return [f"{address} answers {response and response.status}"]
    weight = page.evaluate(_WEIGHT)
    found = [f"{address} weighs {weight:,} bytes"] if weight > MOST_BYTES else []
    found += too_wide(page) + violations(page)
    for width in others:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += too_wide(page) + violations(page, OF_WIDTH)
    return found


def too_wide(page: Page) -> list[str]:
    overflow = page.evaluate(_OVERFLOW)
    return [f"the page is {overflow} px wider than the window"] if overflow > 0 else []
