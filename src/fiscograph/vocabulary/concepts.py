"""The concepts of all code lists in ``ontology/codelists``: the one door to what the lists say.

What a release carries and what the lists' own Turtle files hold come from here alike. A list is
read when it is first asked for: the large ones cost nothing where no filing uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from fiscograph.budget import NOT_STATED, Concept, ConceptKey, Scheme, label_key
from fiscograph.vocabulary.codelists import EDITION, grouping_regions, issuer_rows, rows

COFOG = "cofog"
COFOG_EDITION = 1999
DOCUMENT_KIND, ISSUER, REGION, RULE = "document-kind", "issuer", "region", "rule"
# Dimensions of the cubes whose lists have a concept for what is not printed.
_WITH_NOT_STATED = frozenset(
    {
        Scheme.PHASE,
        Scheme.OPERATION,
        Scheme.FUND,
        Scheme.SPENDING_TYPE,
        Scheme.FUNCTION,
        Scheme.ECONOMIC,
        Scheme.REVENUE_SOURCE,
        Scheme.THREE_PUBLIC,
        Scheme.PROCUREMENT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of a classification; ``depth`` is 1 at the top, ``key`` the word that the list's
    rows use, ``length`` that of the level's codes, where codes tell it. ``basis`` as with labels.
    """

    scheme: str
    depth: int
    key: str
    length: int | None
    zh: str
    en: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a concept is called; ``basis`` says whose the English name is: ``official``,
    ``conventional`` or ``ours``, None where there is no English name.
    """

    zh: str
    en: str | None
    basis: str | None


def labels_of(key: ConceptKey) -> Labels | None:
    """What the lists call a concept; None where they do not know it.

    >>> key = ConceptKey(scheme="function", edition=2023, notation="208")
    >>> labels_of(key)
    Labels(zh='社会保障和就业支出', en='Social security and employment', basis='ours')
    """
    concept = listed(key.scheme).get(key)
    if concept is None:
        return None
    return Labels(zh=concept.names[0], en=concept.label_en, basis=concept.label_basis)


@cache
def listed(scheme: str) -> Mapping[ConceptKey, Concept]:
    """All concepts of one list, in its own order; empty for a scheme that has no list."""
    own = (_READERS[scheme]() if scheme in _READERS else ()), _named(scheme), _not_stated(scheme)
    found = {concept.key: concept for part in reversed(own) for concept in part}
    return {key: found[key] for key in sorted(found, key=lambda key: key.order)}


def schemes() -> tuple[str, ...]:
    """The schemes that have a list, sorted."""
    named = {row["scheme"] for row in rows("named_concepts")}
    return tuple(sorted({*_READERS, *named}))


def with_ancestors(keys: Iterable[ConceptKey]) -> tuple[Concept, ...]:
    """The concepts of the keys that are listed, and their ancestors, in order of their key."""
    found: dict[ConceptKey, Concept] = {}
    for key in keys:
        concept = listed(key.scheme).get(key)
        while concept is not None and concept.key not in found:
            found[concept.key] = concept
            concept = parent_of(concept)
    return tuple(found[key] for key in sorted(found, key=lambda key: key.order))


def parent_of(concept: Concept) -> Concept | None:
    """The next broader listed concept: of the same region, else a national one."""
    if concept.parent is None:
        return None
    near = replace(concept.key, notation=concept.parent)
    own = listed(concept.key.scheme)
    return own.get(near) or own.get(replace(near, region=None))


@cache
def levels(scheme: str) -> tuple[Level, ...]:
    """The levels of a classification from the top; none for a list without levels."""
    return tuple(
        Level(
            scheme=scheme,
            depth=int(row["depth"]),
            key=row["key"],
            length=int(row["length"]) if row["length"] else None,
            zh=row["label_zh"],
            en=row["label_en"],
            basis=row["basis"],
        )
        for row in rows("levels")
        if row["scheme"] == scheme
    )


def depth_of(scheme: str, notation: str, key: str = "") -> int | None:
    """The level of a code by its length, else by the word ``key`` of its row.

    >>> depth_of("function", "2080101"), depth_of("departmental-economic", "3011201")
    (3, None)
    """
    for level in levels(scheme):
        if level.length == len(notation) if level.length else level.key == key:
            return level.depth if level.length is None or notation.isdecimal() else None
    return None


@cache
def _translations() -> Mapping[tuple[str, str], tuple[str, str]]:
    return {
        (row["scheme"], label_key(row["label_zh"])): (row["label_en"], row["basis"])
        for row in rows("translations")
    }


def english(concept: Concept) -> tuple[str, str] | None:
    """The English name of a concept and its basis: that of its preferred Chinese name."""
    preferred = concept.names[0]
    if concept.label_en is not None and preferred in (concept.labels[:1] or (preferred,)):
        return concept.label_en, concept.label_basis or "ours"
    return _translations().get((concept.key.scheme, label_key(preferred)))


def _translated(concept: Concept) -> Concept:
    found = english(concept)
    return replace(concept, label_en=found[0], label_basis=found[1]) if found else concept


def _concept(
    scheme: str, row: Mapping[str, str], *, notation: str, name: str, support: str
) -> Concept:
    """A row of a list: ``label_en``, ``parent``, ``aliases``, ``level``, ``source`` where it has
    them.
    """
    edition = row.get("edition")
    aliases = (alias for alias in row.get("aliases", "").split("|") if alias)
    return _translated(
        Concept(
            key=ConceptKey(
                scheme=scheme,
                edition=int(edition) if edition else None,
                notation=notation,
                region=row.get("region") or None,
            ),
            labels=tuple(dict.fromkeys((name, *aliases))) if name else (),
            label_en=row.get("label_en") or None,
            label_basis="ours" if row.get("label_en") else None,
            parent=row.get("parent") or None,
            support=support,
            source=row.get("source") or None,
            depth=depth_of(scheme, notation, row.get("level", "")),
        )
    )


def _classification(scheme: Scheme, name: str) -> Iterable[Concept]:
    for row in rows(name):
        dated = {**row, "edition": str(EDITION)}
        code, label = row["code"], row["name"]
        yield _concept(scheme.value, dated, notation=code, name=label, support=row["confidence"])
    for row in rows("other_concepts"):
        if row["scheme"] == scheme.value:
            support = "local" if row["region"] else "printed"
            code, label = row["notation"], row["label_zh"]
            yield _concept(scheme.value, row, notation=code, name=label, support=support)


def _funds() -> Iterable[Concept]:
    for row in rows("fund_types"):
        support = "printed" if row["source"].startswith("filing") else "recalled-high"
        full = {**row, "aliases": row["printed_labels"]}
        yield _concept("fund", full, notation=row["key"], name=row["name"], support=support)


def _regions() -> Iterable[Concept]:
    grouping = grouping_regions()
    for row in rows("admin_divisions"):
        if row["code"] not in grouping:
            above = {**row, "parent": grouping.get(row["parent"], row["parent"])}
            code, name = row["code"], row["name"]
            yield _concept(REGION, above, notation=code, name=name, support="published")


def _issuers() -> Iterable[Concept]:
    """A code that another row stands for (人社部令) is another name of that row's concept."""
    found = issuer_rows()
    others: dict[str, list[str]] = {}
    for row in found:
        if row.get("same_as"):
            others.setdefault(row["same_as"], []).append(row["daizi"])
    for row in found:
        if row.get("same_as"):
            continue
        told, sure = "names the body" in row["source"], row["confidence"]
        recalled = f"recalled-{'low' if sure == 'recalled' else sure}"
        code, body = row["daizi"], row["issuing_body"]
        full = {**row, "aliases": "|".join(sorted(others.get(code, ())))}
        support = "printed" if told else recalled
        yield _concept(ISSUER, full, notation=code, name=body, support=support)


def _procurement() -> Iterable[Concept]:
    for row in rows("procurement_categories"):
        code, name = row["code"], row["name"]
        concept = _concept("procurement", row, notation=code, name=name, support="published")
        known = _own("procurement").get(code)
        yield replace(concept, label_en=known.label_en, label_basis="ours") if known else concept


def _cofog() -> Iterable[Concept]:
    """The classification is published in English; the Chinese names of divisions are ours."""
    for row in rows("cofog"):
        full = {**row, "edition": str(COFOG_EDITION), "label_en": row["name_en"]}
        chinese = row["name_zh_division_only"]
        concept = _concept(COFOG, full, notation=row["code"], name=chinese, support="published")
        yield replace(concept, label_basis="official")


def _kinds() -> Iterable[Concept]:
    for row in rows("document_kinds"):
        kind = row["notation"]
        yield _concept(DOCUMENT_KIND, row, notation=kind, name=kind, support="defined")


def _own_table(scheme: Scheme, name: str) -> Iterable[Concept]:
    for row in rows(name):
        level = {**row, "level": "2" if row["parent"] else "1"}
        key, label = row["notation"], row["label_zh"]
        yield _concept(scheme.value, level, notation=key, name=label, support=row["support"])


@cache
def _own(scheme: str) -> Mapping[str, Concept]:
    """The rows of ``named_concepts.csv`` of a scheme, by notation."""
    return {
        row["notation"]: _concept(
            scheme, row, notation=row["notation"], name=row["label_zh"], support="defined"
        )
        for row in rows("named_concepts")
        if row["scheme"] == scheme
    }


def _named(scheme: str) -> Iterable[Concept]:
    return _own(scheme).values()


def _not_stated(scheme: str) -> Iterable[Concept]:
    if scheme in {one.value for one in _WITH_NOT_STATED}:
        row = {"label_en": "not stated"}
        yield _concept(scheme, row, notation=NOT_STATED, name="未列明", support="defined")


_READERS: Mapping[str, Callable[[], Iterable[Concept]]] = {
    Scheme.FUNCTION.value: lambda: _classification(Scheme.FUNCTION, "functional_expenditure_2023"),
    Scheme.ECONOMIC.value: lambda: _classification(Scheme.ECONOMIC, "departmental_economic_2023"),
    Scheme.GOVERNMENT_ECONOMIC.value: lambda: _classification(
        Scheme.GOVERNMENT_ECONOMIC, "government_economic_2023"
    ),
    Scheme.FUND.value: _funds,
    Scheme.PROJECT_TYPE.value: lambda: _own_table(Scheme.PROJECT_TYPE, "project_types"),
    Scheme.INDICATOR_LEVEL.value: lambda: _own_table(Scheme.INDICATOR_LEVEL, "indicator_levels"),
    Scheme.PROCUREMENT.value: _procurement,
    COFOG: _cofog,
    DOCUMENT_KIND: _kinds,
    ISSUER: _issuers,
    REGION: _regions,
}
