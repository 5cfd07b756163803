"""Titles of documents: 《…》, nested and repeated."""

from __future__ import annotations

import re

from fiscograph.budget import name_key

_STATE = "中华人民共和国"
_OPEN, _CLOSE = "《", "》"
_OWN_NUMBER = re.compile(
    r"\A[\u3400-\u9fff]{2,10}[〔\[【﹝（(]\s*\d{4}\s*[〕\]】﹞）)]\s*\d+\s*号?\s*"
)


def title_spans(text: str) -> list[tuple[int, int]]:
    """Start and end (from 0, end exclusive) of each outermost 《…》 of a text.

    >>> title_spans("《关于〈方案〉的通知》和《社会保险法》")
    [(0, 11), (12, 19)]
    """
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for index, char in enumerate(text):
        if char == _OPEN:
            if depth == 0:
                start = index
            depth += 1
        elif char == _CLOSE and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, index + 1))
    return spans


def bare_title(printed: str) -> str:
    """A title without its outer 《》 and without its own number printed again inside."""
    inner = printed.removeprefix(_OPEN).removesuffix(_CLOSE)
    return _OWN_NUMBER.sub("", inner).strip()


def title_key(title: str) -> str:
    """The key of an unnumbered document: the name key of its bare title.

    >>> title_key("《中华人民共和国劳动争议调解仲裁法》")
    '劳动争议调解仲裁法'
    """
    return name_key(bare_title(title).removeprefix(_STATE))
