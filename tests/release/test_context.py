from __future__ import annotations

import json
from pathlib import Path

import pytest

from fiscograph.release import ContextError, context


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"a": {"@id": "http://e/a", "@container": "@list"}}, "container"),
        ({"a": {"@id": "http://e/a", "@nest": "b"}}, "definition"),
        ({"a": {"@reverse": "http://e/a"}}, "definition"),
        ({"a": {"@reverse": "http://e/a", "@type": "@id", "@container": "@index"}}, "definition"),
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


def test_a_backward_key_is_for_reading_alone() -> None:
    made = context.parse(
        {"partsOf": {"@reverse": "http://e/partOf", "@type": "@id", "@container": "@set"}}
    )
    assert made.reverse == {"http://e/partOf": "partsOf"}
    assert made.terms == {}


def test_what_stands_beside_the_context_is_repeated_only_where_it_means_nothing(
    tmp_path: Path,
) -> None:
    file = tmp_path / "context.jsonld"
    inside = {"version": None, "note": None, "name": "http://e/name"}
    file.write_text(json.dumps({"version": "1.0", "name": "x", "@context": inside}), "utf-8")
    made = context.load(file)
    assert made.remarks == {"version": "1.0"}
