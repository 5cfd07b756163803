"""Printed texts of a form, without the contacts that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode

from fiscograph.budget import TextField
from fiscograph.mapping.description import Pair
from fiscograph.mapping.literals import zh
from fiscograph.mapping.scope import Scope
from fiscograph.provenance import Place
from fiscograph.vocabulary import FG

_PROPERTIES: Mapping[str, NamedNode] = MappingProxyType(
    {
        "overview": FG.overview,
        "basis": FG.basisText,
        "goals": FG.goals,
        "schedule": FG.schedule,
    }
)
_BLACK = "█"


def text_pairs(fields: tuple[TextField, ...], scope: Scope) -> Iterator[Pair]:
    """A field that has no property of its own is published as ``fg:otherText`` after its name."""
    for field in fields:
        text = blacked_out(field, scope.contacts)
        known = _PROPERTIES.get(field.kind or field.field)
        if known is not None:
            yield known, zh(text)
        elif text:
            yield FG.otherText, zh(f"{field.field}：{text}")


def blacked_out(field: TextField, contacts: tuple[Place, ...]) -> str | None:
    """The text with every character that stands in a contact made black.

    None where the text cannot be lined up with its parts and one of them holds a contact.
    """
    if not any(_overlap(part, contact) for part in field.parts for contact in contacts):
        return field.text
    if len(field.text) != sum(part.end - part.start + 1 for part in field.parts):
        return None
    characters = list(field.text)
    offset = 0
    for part in field.parts:
        for contact in contacts:
            if _overlap(part, contact):
                first = max(part.start, contact.start) - part.start + offset
                last = min(part.end, contact.end) - part.start + offset
                characters[first : last + 1] = _BLACK * (last - first + 1)
        offset += part.end - part.start + 1
    return "".join(characters)


def _overlap(one: Place, other: Place) -> bool:
    return (
        one.source == other.source
        and one.line == other.line
        and one.start <= other.end
        and other.start <= one.end
    )
