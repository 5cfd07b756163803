from __future__ import annotations

import pytest

from fiscograph.release import ContextError, context


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"a": {"@id": "http://e/a", "@container": "@list"}}, "container"),
        ({"a": {"@id": "http://e/a", "@nest": "b"}}, "definition"),
        ({"a": {"@reverse": "http://e/a"}}, "definition"),
        ({"@import": "http://e/c"}, "keyword"),
        ({"a": "b"}, "neither"),
    ],
)
def test_an_unknown_feature_raises(document: dict[str, object], says: str) -> None:
    with pytest.raises(ContextError, match=says):
        context.parse(document)


def test_terms_prefixes_and_aliases() -> None:
    made = context.parse(
        {
            "@version": 1.1,
            "id": "@id",
            "x": "http://e/x#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "when": {"@id": "x:when", "@type": "xsd:date"},
            "names": {"@id": "x:name", "@container": ["@set", "@language"]},
        }
    )
    assert made.alias("@id") == "id"
    assert made.alias("@type") == "@type"
    (when,) = made.terms["http://e/x#when"]
    assert when.type == "http://www.w3.org/2001/XMLSchema#date"
    (names,) = made.terms["http://e/x#name"]
    assert names.is_set
    assert names.by_language
