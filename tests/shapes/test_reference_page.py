"""The reference page of the shapes says what the shapes say."""

from __future__ import annotations

from pathlib import Path

from fiscograph import resources
from fiscograph.validation import reference
from fiscograph.validation.rules import load_rules


def test_the_page_is_what_the_shapes_give(root: Path) -> None:
    made = reference.page(resources.shapes())
    assert (root / reference.PAGE).read_text("utf-8") == made, (
        "run python -m fiscograph.validation.reference"
    )


def test_every_shape_is_on_the_page() -> None:
    made = reference.page(resources.shapes())
    rules = load_rules(resources.shapes().resolve())
    named = {
        str(shape).rsplit("#", 1)[-1] for shape in rules.graph.subjects() if "shapes#" in str(shape)
    }
    assert {name for name in named if f"| `{name}` |" not in made} == set()
