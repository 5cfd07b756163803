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
        "项目概况": FG.overview,
        "项目概述": FG.overview,
        "basis": FG.basisText,
        "立项依据": FG.basisText,
        "goals": FG.goals,
        "绩效目标": FG.goals,
        "当年绩效目标": FG.goals,
        "年度绩效目标": FG.goals,
        "年度目标": FG.goals,
        "整体绩效目标": FG.goals,
        "schedule": FG.schedule,
        "实施进度计划": FG.schedule,
    }
)
_BLACK = "█"


def text_pairs(fields: tuple[TextField, ...], scope: Scope) -> Iterator[Pair]:
    """A field that has no property of its own is published as ``fg:otherText`` after its name."""
    for field in fields:
        text = blacked_out(field, scope.contacts)
        if field.field in _PROPERTIES:
            yield _PROPERTIES[field.field], zh(text)
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
