"""References across graphs, which no shape over one graph can check."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from pyoxigraph import NamedNode, Quad

from fiscograph.validation.report import Violation

_RULE = "https://w3id.org/fiscograph/shapes#reference"
_LOCATOR = re.compile(r"/L(\d+)(?:C\d+)?\Z")


def described(quads: Iterable[Quad]) -> frozenset[str]:
    """The IRIs of everything that a graph says something of."""
    return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))


def unresolved(quads: Iterable[Quad], known: AbstractSet[str], base: str) -> tuple[Violation, ...]:
    """The references to IRIs under ``base`` that are not in ``known``, as violations, sorted.

    ``known`` is what the graph itself and the shared graphs describe (:func:`described`).
    """
    dangling = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in quads
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object.value.startswith(base)
        and quad.object.value not in known
    }
    return tuple(_violation(*reference) for reference in sorted(dangling))


def _violation(focus: str, predicate: str, value: str) -> Violation:
    place = _LOCATOR.search(focus)
    return Violation(
        focus=focus,
        shape=_RULE,
        path=predicate,
        constraint="Reference",
        value=value,
        line=None if place is None else int(place[1]),
        message_zh="所指的事物须在本次发布中有描述。",
        message_en="What is referred to must be described in the release.",
    )
