"""References across graphs, which no shape over one graph can check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from pyoxigraph import NamedNode, Quad
from rdflib.namespace import RDF, RDFS

from fiscograph.validation.report import Elsewhere, Violation

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


def types_of(quads: Iterable[Quad]) -> Mapping[str, AbstractSet[str]]:
    """The classes of everything that a graph describes, with the classes above them."""
    kinds: dict[str, set[str]] = {}
    above: dict[str, set[str]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            found = kinds.setdefault(quad.subject.value, set())
            if isinstance(quad.object, NamedNode) and quad.predicate.value == str(RDF.type):
                found.add(quad.object.value)
            elif isinstance(quad.object, NamedNode) and quad.predicate.value == str(
                RDFS.subClassOf
            ):
                above.setdefault(quad.subject.value, set()).add(quad.object.value)
    for found in kinds.values():
        waiting = list(found)
        while waiting:
            more = above.get(waiting.pop(), set()) - found
            found.update(more)
            waiting += more
    return kinds


def of_other_class(
    elsewhere: Iterable[Elsewhere], types: Mapping[str, AbstractSet[str]]
) -> tuple[Violation, ...]:
    """The references that another graph describes, but as something else than is meant, sorted.

    Args:
        elsewhere: what validation of a graph could not check.
        types: the classes of what the other graph describes (:func:`types_of`).
    """
    return tuple(
        Violation(
            focus=one.focus,
            shape=one.shape,
            path=one.path,
            constraint="Class" if len(one.expected) == 1 else "Or",
            value=one.value,
            line=_line(one.focus),
            message_zh=f"所指的事物属于别的类：须是 {'、'.join(one.expected)}。",
            message_en=f"What is referred to is of another class than {', '.join(one.expected)}.",
        )
        for one in sorted(elsewhere)
        if one.value in types and not types[one.value] & set(one.expected)
    )


def _line(focus: str) -> int | None:
    place = _LOCATOR.search(focus)
    return None if place is None else int(place[1])


def _violation(focus: str, predicate: str, value: str) -> Violation:
    return Violation(
        focus=focus,
        shape=_RULE,
        path=predicate,
        constraint="Reference",
        value=value,
        line=_line(focus),
        message_zh="所指的事物没有描述：请在本次发布中描述它，或去掉这处引用。",
        message_en="What is referred to is not described: describe it in the release, or take the reference away.",
    )
