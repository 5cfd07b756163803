"""A small graph as one JSON-LD tree around a thing, for readers who know JSON and not RDF.

Each other thing hangs where a breadth-first walk from the root meets it first, forwards under its
property or backwards under a key with ``@reverse`` (W3C, JSON-LD 1.1, section 4.8, "Reverse
Properties"). A thing is always an object with an ``id``, never a bare string. Things of which only
names are known are written out wherever they are named, and what the walk does not reach, as the
labels of classes, stands beside (section 4.7, "Included Nodes"). Expanding the tree gives the graph
again.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from fiscograph.release.graphs import RDF_TYPE, Graph, Triple
from fiscograph.release.jsonld import Json, Writer

_REVERSE = "@reverse"
_INCLUDED = "@included"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """The triples that carry a thing below another: of ``forwards`` the object hangs there, of
    ``backwards`` the subject; ``reached`` is every thing that the root leads to.
    """

    forwards: frozenset[Triple]
    backwards: frozenset[Triple]
    reached: frozenset[NamedNode]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """``of`` gives what is said of a thing, ``behind`` the backward triples that hang below it."""

    writer: Writer
    of: Mapping[NamedNode, tuple[Triple, ...]]
    walk: _Walk
    behind: Mapping[NamedNode, tuple[Triple, ...]]

    def node(self, thing: NamedNode) -> dict[str, Json]:
        own = [triple for triple in self.of.get(thing, ()) if triple not in self.walk.backwards]
        written = self.writer.node(
            thing,
            ((predicate, value) for _, predicate, value in own),
            lambda predicate, value: self._reference(thing, predicate, value),
        )
        others: dict[str, Json] = {}
        for predicate, triples in groupby(self.behind.get(thing, ()), key=lambda one: one[1]):
            members: list[Json] = [self.node(subject) for subject, _, _ in triples]
            key = self.writer.backward(predicate)
            if key:
                written[key] = members
            else:
                others[self.writer.untyped_key(predicate.value)] = members
        return {**written, _REVERSE: others} if others else written

    def _reference(self, thing: NamedNode, predicate: NamedNode, value: NamedNode) -> Json:
        if (thing, predicate, value) in self.walk.forwards or self._only_named(value):
            return self.node(value)
        return {self.writer.context.alias("@id"): self.writer.absolute(value.value)}

    def _only_named(self, thing: NamedNode) -> bool:
        known = self.of.get(thing, ())
        return (
            bool(known)
            and not self.behind.get(thing)
            and all(isinstance(value, Literal) for _, _, value in known)
        )


def document(writer: Writer, graph: Graph, root: NamedNode) -> str:
    """The graph as one JSON-LD document whose outermost object is ``root``.

    Raises:
        ContextError: an IRI cannot be written under the writer's context.
    """
    of: dict[NamedNode, tuple[Triple, ...]] = {
        subject: tuple(triples)
        for subject, triples in groupby(graph.triples, key=lambda triple: triple[0])
    }
    walk = _walk(of, graph.triples, root)
    behind = _by_object(
        sorted(walk.backwards, key=lambda one: (one[2].value, one[1].value, one[0].value))
    )
    tree = _Tree(writer=writer, of=of, walk=walk, behind=behind)
    node = tree.node(root)
    beside: list[Json] = [tree.node(thing) for thing in of if thing not in walk.reached]
    if beside:
        node[_INCLUDED] = beside
    body = json.dumps(node, ensure_ascii=False, indent=2)
    return f"{writer.head()}{body.removeprefix('{')}\n"


def _by_object(triples: Iterable[Triple]) -> dict[NamedNode, tuple[Triple, ...]]:
    """The triples that lead to a thing; a type is written as a name and leads nowhere."""
    found: dict[NamedNode, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple[2], NamedNode) and triple[1] != RDF_TYPE:
            found.setdefault(triple[2], []).append(triple)
    return {thing: tuple(several) for thing, several in found.items()}


def _walk(
    of: Mapping[NamedNode, tuple[Triple, ...]], triples: tuple[Triple, ...], root: NamedNode
) -> _Walk:
    pointing = _by_object(triples)
    forwards: set[Triple] = set()
    backwards: set[Triple] = set()
    reached = {root}
    waiting = deque([root])
    while waiting:
        thing = waiting.popleft()
        for triple in of.get(thing, ()):
            _, predicate, value = triple
            if predicate == RDF_TYPE or not isinstance(value, NamedNode):
                continue
            if value in of and value not in reached:
                forwards.add(triple)
                reached.add(value)
                waiting.append(value)
        for triple in pointing.get(thing, ()):
            if triple[0] not in reached:
                backwards.add(triple)
                reached.add(triple[0])
                waiting.append(triple[0])
    return _Walk(
        forwards=frozenset(forwards), backwards=frozenset(backwards), reached=frozenset(reached)
    )
