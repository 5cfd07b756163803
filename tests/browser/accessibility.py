"""axe-core, run in a page as it stands.

https://github.com/dequelabs/axe-core/blob/develop/doc/API.md
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What the width of the window can change.
OF_WIDTH = ("target-size", "scrollable-region-focusable")
# Rows of one table and lines of one source are of one make: the first of them stand for all, else
# a long page takes half a minute.
ALIKE = 12
_THIN_OUT = """alike => {
  for (const parent of document.body.querySelectorAll("*"))
    for (const child of [...parent.children].slice(alike)) child.remove();
}"""
_RUN = """async rules => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.map(one =>
    `${one.id}: ${one.help} (${one.nodes.length} ×) ${one.nodes[0].html.slice(0, 200)}`);
}"""


@cache
def _axe() -> str:
    if not AXE.is_file():
        reason = "axe-core is not installed: run make web (it needs npm)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return AXE.read_text("utf-8")


def violations(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """What axe finds wrong in a page that nobody will look at afterwards: long lists are cut short.

    ``rules`` are names of rules or of groups of them.

    The program goes in by the browser's own protocol, so that the pages' Content-Security-Policy
    stands as it is.
    """
    page.evaluate(_THIN_OUT, ALIKE)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN, list(rules))
    return found
