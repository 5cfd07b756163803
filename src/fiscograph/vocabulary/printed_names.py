"""Concepts by what filings print for them: levels of indicators, types of projects.

A name that no list knows finds nothing; none is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fiscograph.budget import Concept, ConceptKey, Scheme, label_key
from fiscograph.vocabulary.concepts import listed

_INDICATOR = "指标"


def indicator_level(level1: str | None, level2: str | None) -> ConceptKey | None:
    """The concept of the finest level of an indicator that is listed.

    A second level counts under the first one that is printed beside it: 成本指标 stands under
    产出指标 in some templates and is a first level of its own in others. Where the two do not
    belong together, the first level is the finest that can be told.

    >>> indicator_level("产出指标", "成本指标").notation, indicator_level("成本指标", None).notation
    ('产出成本指标', '成本指标')
    """
    first = [one for one in _levels(level1) if one.parent is None]
    second = [one for one in _levels(level2) if one.parent is not None]
    if first:
        inner = [one for one in second if one.parent == first[0].key.notation]
        return (inner or first)[0].key
    if level1 is None and len(second) == 1:
        return second[0].key
    return None


def project_type(printed: str | None) -> ConceptKey | None:
    """The type of projects that a printed category names.

    >>> project_type("运转性项目").notation
    '运转类'
    """
    found = _by_name(Scheme.PROJECT_TYPE).get(label_key(printed or ""), ())
    return found[0].key if len(found) == 1 else None


def _levels(name: str | None) -> tuple[Concept, ...]:
    key = label_key(name or "")
    by_name = _by_name(Scheme.INDICATOR_LEVEL)
    return by_name.get(key) or by_name.get(key + _INDICATOR) or () if key else ()


@cache
def _by_name(scheme: Scheme) -> Mapping[str, tuple[Concept, ...]]:
    found: dict[str, tuple[Concept, ...]] = {}
    for concept in listed(scheme.value).values():
        for name in {label_key(label) for label in concept.labels}:
            found[name] = (*found.get(name, ()), concept)
    return found
