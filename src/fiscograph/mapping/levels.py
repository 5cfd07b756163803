"""The levels of a classification: 类, 款, 项 (XKOS, section on classification levels)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Concept
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import en, integer, plain, zh
from fiscograph.vocabulary import DCTERMS, FG, RDF, SKOS, XKOS
from fiscograph.vocabulary.concepts import Level, depth_of, levels


def map_levels(concepts: Iterable[Concept], ids: Identifiers) -> Iterator[Triple]:
    """All levels of the schemes of the concepts, each with those of the concepts that stand on it."""
    members: dict[tuple[str, int], list[str]] = {}
    schemes: set[str] = set()
    for concept in concepts:
        key = concept.key
        schemes.add(key.scheme)
        depth = concept.depth or depth_of(key.scheme, key.notation)
        if depth is not None:
            members.setdefault((key.scheme, depth), []).append(ids.concept(key))
    for scheme in sorted(schemes):
        every = levels(scheme)
        count = integer(len(every)) if every else None
        yield from describe(NamedNode(ids.scheme(scheme)), (XKOS.numberOfLevels, count))
        for level in every:
            yield from _level(level, members.get((scheme, level.depth), ()), ids)


def map_level_list(scheme: str, ids: Identifiers) -> Iterator[Triple]:
    """The list of levels that ``xkos:levels`` asks for, of named nodes.

    It stands in the lists' own files alone: a release is JSON-LD too, whose algorithms take the
    names from the cells of a list (JSON-LD 1.1 API, section 8.4.2).
    """
    every = levels(scheme)
    if every:
        yield Triple(
            NamedNode(ids.scheme(scheme)), XKOS.levels, NamedNode(ids.level_cell(scheme, 1))
        )
    for level in every:
        yield from _cell(level, len(every), ids)


def _level(level: Level, members: Iterable[str], ids: Identifiers) -> Iterator[Triple]:
    return describe(
        NamedNode(ids.level(level.scheme, level.depth)),
        (RDF.type, XKOS.ClassificationLevel),
        (RDF.type, SKOS.Collection),
        (SKOS.prefLabel, zh(level.zh)),
        (SKOS.prefLabel, en(level.en)),
        (FG.labelBasis, plain(level.basis)),
        (DCTERMS.isPartOf, NamedNode(ids.scheme(level.scheme))),
        (XKOS.depth, integer(level.depth)),
        *each(SKOS.member, (NamedNode(member) for member in members)),
    )


def _cell(level: Level, count: int, ids: Identifiers) -> Iterator[Triple]:
    last = level.depth == count
    return describe(
        NamedNode(ids.level_cell(level.scheme, level.depth)),
        (RDF.type, RDF.List),
        (RDF.first, NamedNode(ids.level(level.scheme, level.depth))),
        (RDF.rest, RDF.nil if last else NamedNode(ids.level_cell(level.scheme, level.depth + 1))),
    )
