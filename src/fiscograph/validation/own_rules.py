"""The constraints that this room checks itself: classes of values, and our SPARQL constraints.

They say what :class:`Broken` says; the report adds messages and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from fiscograph.validation.data import Data, Term, label, pairs
from fiscograph.validation.errors import QueryUnusable
from fiscograph.validation.report import Elsewhere
from fiscograph.validation.rules import ClassRule, QueryRule, Rules

_OPENING = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A focus node that breaks a shape."""

    focus: Term
    shape: str
    path: str
    constraint: str
    value: Term | None


def broken(data: Data, rules: Rules) -> Iterator[Broken]:
    """All violations of the classes of values and of the SPARQL constraints.

    Raises:
        QueryUnusable: a constraint is no SPARQL.
    """
    for rule in rules.classes:
        for focus, value in _of_other_class(data, rule):
            if _could_be_elsewhere(data, value):
                continue
            yield Broken(
                focus=focus,
                shape=rule.shape,
                path=rule.path,
                constraint=rule.constraint,
                value=value,
            )
    for query in rules.queries:
        yield from _answers(data, query)


def elsewhere(data: Data, rules: Rules) -> Iterator[Elsewhere]:
    """The references to what the graph does not describe, each once for its shape and value."""
    for rule in rules.classes:
        found: dict[Term, list[Term]] = {}
        for focus, value in _of_other_class(data, rule):
            if _could_be_elsewhere(data, value):
                found.setdefault(value, []).append(focus)
        for value, focuses in found.items():
            yield Elsewhere(
                shape=rule.shape,
                path=rule.path,
                expected=rule.classes,
                value=label(value),
                focus=label(focuses[0]),
                references=len(focuses),
            )


def _of_other_class(data: Data, rule: ClassRule) -> list[tuple[Term, Term]]:
    focus_nodes = data.focus_nodes(rule.target)
    return pairs(
        (focus, value)
        for focus, value in data.values(rule.path)
        if focus in focus_nodes and not data.is_one(value, rule.classes)
    )


def _could_be_elsewhere(data: Data, value: Term) -> bool:
    """Only a name can be described in another graph; a blank node is known in its own alone."""
    return isinstance(value, ox.NamedNode) and value not in data.described


def _answers(data: Data, rule: QueryRule) -> Iterator[Broken]:
    """The rows of a constraint for all its focus nodes: ``$this`` is bound by a first pattern."""
    patterns = [
        f"?this <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{below}> ."
        for kind in rule.target.classes
        for below in sorted(data.below(kind))
    ] + [f"?this <{name}> ?anything_ ." for name in rule.target.subjects_of]
    seen: set[tuple[str, str, str]] = set()
    for pattern in patterns:
        text = _OPENING.sub(f"WHERE {{ {pattern}", rule.select.replace("$this", "?this"), count=1)
        for focus, path, value in _rows(data, rule.shape, text):
            key = (str(focus), str(path), str(value))
            if key not in seen:
                seen.add(key)
                yield Broken(
                    focus=focus,
                    shape=rule.shape,
                    path="" if path is None else label(path),
                    constraint="SPARQL",
                    value=value,
                )


def _rows(data: Data, shape: str, text: str) -> Iterator[tuple[Term, Term | None, Term | None]]:
    try:
        solutions = data.store.query(text, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        raise QueryUnusable(shape, str(error)) from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise QueryUnusable(shape, "it is no SELECT")
    names = {variable.value for variable in solutions.variables}
    for row in solutions:
        focus = row["this"]
        if focus is not None:
            yield (
                focus,
                row["path"] if "path" in names else None,
                row["value"] if "value" in names else None,
            )
