"""Pages: what form feeds and wide gaps of blank lines separate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fiscograph.tables.cells import Line, is_open_ruled, split_line

# Text taken from paged files leaves one blank line between lines and three or more between pages.
_PAGE_GAP = 3
_DRAWN_RULE = re.compile(r"[\-=_—─━]{3,}(?:\s+[\-=_—─━]+)*")
_RULE = re.compile(r"\|?[\s:|\-]*-[\s:|\-]*\|[\s:|\-]*|[+┌├└┏┣┗╔╠╚][\-+─━═┬┼┴┳╋┻╦╬╩┐┤┘┓┫┛╗╣╝]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines of one page that print something, in reading order; ``number`` from 1."""

    number: int
    lines: tuple[Line, ...]


def pages_of(lines: Sequence[str]) -> tuple[Page, ...]:
    """Group the lines of a source into pages; blank lines are left out but counted as gaps.

    A line's own page is what form feeds tell, where there are any: a gap may stand within a table.
    """
    pages: list[list[Line]] = [[]]
    gap, feeds = 0, 0
    fed = any("\f" in text for text in lines)
    open_rules = is_open_ruled(lines)
    for number, text in enumerate(lines, start=1):
        feeds += text.count("\f")
        if "\f" in text and pages[-1]:
            pages.append([])
        if not text.strip():
            gap += 1
            continue
        if _RULE.fullmatch(text.strip()) or _DRAWN_RULE.fullmatch(text.strip()):
            continue  # the rule under a header, which prints nothing
        if gap >= _PAGE_GAP and pages[-1]:
            pages.append([])
        page = feeds + 1 if fed else len(pages)
        line = text.replace("\f", " ")
        pages[-1].append(split_line(number, line, gap, page, open_rules=open_rules))
        gap = 0
    return tuple(
        Page(number=index, lines=tuple(page)) for index, page in enumerate(pages, start=1) if page
    )
