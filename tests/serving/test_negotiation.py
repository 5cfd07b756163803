from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.serving.data.documents import FORMATS
from fiscograph.serving.data.negotiation import choose

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, ".html"),
        ("", ".html"),
        ("*/*", ".html"),
        (BROWSER, ".html"),
        ("text/turtle", ".ttl"),
        ("TEXT/TURTLE", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/json", ".jsonld"),
        ("application/n-triples", ".nt"),
        ("text/plain", ".nt"),
        ("text/html;q=0.5, text/turtle;q=0.9", ".ttl"),
        ("text/html;q=0.9, text/turtle;q=0.5", ".html"),
        ("text/*;q=0.3, application/ld+json;q=0.2", ".html"),
        ("text/html;q=0, */*", ".ttl"),
        ("text/turtle;q=0.001, image/png", ".ttl"),
        ('text/turtle;charset=utf-8;q="x"', ".ttl"),
        ("nonsense, text/turtle", ".ttl"),
        (",,;;q=1,/", ".html"),
    ],
)
def test_the_best_liked_format_is_chosen(accept: str | None, suffix: str) -> None:
    chosen = choose(accept, FORMATS)
    assert chosen is not None
    assert chosen.suffix == suffix


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0"])
def test_nothing_is_chosen_where_nothing_is_taken(accept: str) -> None:
    assert choose(accept, FORMATS) is None


@given(st.text(max_size=2000))
def test_any_header_has_an_answer(accept: str) -> None:
    assert choose(accept, FORMATS) in {None, *FORMATS}
