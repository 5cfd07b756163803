"""The concepts that our own schemes name: funds, sources, spending types, rules."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache

from fiscograph import resources
from fiscograph.budget import Concept, ConceptKey


@cache
def named_concepts() -> Mapping[tuple[str, str], Concept]:
    """All named concepts by scheme and notation."""
    path = resources.codelists() / "named_concepts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["scheme"], row["notation"]): Concept(
                key=ConceptKey(scheme=row["scheme"], edition=None, notation=row["notation"]),
                labels=(row["label_zh"],),
                label_en=row["label_en"] or None,
                parent=row["parent"] or None,
                support="listed",
            )
            for row in csv.DictReader(file)
        }


def with_ancestors(keys: Iterable[tuple[str, str]]) -> tuple[Concept, ...]:
    """The named concepts of the keys that are listed, and their ancestors, in order of their key."""
    listed = named_concepts()
    found: dict[tuple[str, str], Concept] = {}
    for scheme, notation in keys:
        at: tuple[str, str] | None = (scheme, notation)
        while at is not None and at in listed and at not in found:
            found[at] = listed[at]
            parent = listed[at].parent
            at = (scheme, parent) if parent else None
    return tuple(found[key] for key in sorted(found))
