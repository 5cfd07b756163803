"""Terms that claim our vocabulary and are not in it: misspelt, or of another namespace."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from fiscograph.vocabulary import PREFIXES, RDF
from fiscograph.vocabulary.ontology import ontology

# Our namespace as it is mistaken: http for https, / for #.
_CLAIM = re.compile(r"\Ahttps?://(?:www\.)?w3id\.org/fiscograph[#/](?!shapes)(.*)\Z")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Undeclared:
    """A term that the ontology does not declare; ``nearest`` is what may be meant."""

    term: str
    uses: int
    nearest: str | None


def watched(quads: Iterable[ox.Quad], claimed: Counter[str]) -> Iterator[ox.Quad]:
    """The quads, while the properties and classes that claim our vocabulary are counted."""
    for quad in quads:
        predicate = quad.predicate.value
        if "w3id.org/fiscograph" in predicate:
            claimed[predicate] += 1
        if predicate == RDF.type.value and isinstance(quad.object, ox.NamedNode):
            kind = quad.object.value
            if "w3id.org/fiscograph" in kind:
                claimed[kind] += 1
        yield quad


def undeclared(claimed: Mapping[str, int]) -> tuple[Undeclared, ...]:
    """Those of the counted terms that the ontology does not declare, sorted."""
    known = _declared()
    return tuple(
        Undeclared(term=term, uses=uses, nearest=_nearest(found[1]))
        for term, uses in sorted(claimed.items())
        if term not in known and (found := _CLAIM.match(term)) is not None
    )


@cache
def _declared() -> frozenset[str]:
    return frozenset(
        triple.subject.value
        for triple in ontology()
        if isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value.startswith(PREFIXES["fg"])
    )


def _nearest(local: str) -> str | None:
    """The declared term that is spelt most alike; a class for a class, by its first letter."""
    names: dict[str, list[str]] = {}
    for term in sorted(_declared()):
        names.setdefault(term.removeprefix(PREFIXES["fg"]).lower(), []).append(term)
    close = difflib.get_close_matches(local.lower(), names, n=1, cutoff=0.6)
    if not close:
        return None
    alike = names[close[0]]
    same = [t for t in alike if t.removeprefix(PREFIXES["fg"])[0].isupper() == local[0].isupper()]
    return (same or alike)[0]
