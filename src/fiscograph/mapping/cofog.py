"""Functional concepts linked to COFOG, so that a simple query is not led to a wrong division.

A plain ``skos:closeMatch`` or ``skos:broadMatch`` is stated for a primary class without a caveat
alone, and ``fg:cofogDivision`` only where no money under the concept is known to be doubtful. What
else is known, alternatives and caveats, stands on nodes of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Concept, ConceptKey
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe
from fiscograph.mapping.literals import plain
from fiscograph.vocabulary import DCTERMS, FG, PROV, RDF, SKOS
from fiscograph.vocabulary.cofog import CofogLink, division_of, is_doubtful, nearest_link


def linked_to(concepts: Iterable[Concept]) -> set[ConceptKey]:
    """The COFOG concepts that some functional concepts are linked to."""
    links = (nearest_link(concept) for concept in concepts)
    return {
        key
        for link in links
        if link is not None
        for key in (link.primary, *link.alternatives)
        if key
    }


def map_links(every: Mapping[ConceptKey, Concept], ids: Identifiers) -> Iterator[Triple]:
    """The links of all functional concepts; those without one of their own have that of the
    nearest wider concept.
    """
    for concept in every.values():
        link = nearest_link(concept)
        if link is None or link.primary is None:
            continue
        yield from _statements(concept, link, link.primary, ids)
        ranked = [("primary", link.primary), *(("alternative", key) for key in link.alternatives)]
        wider = _wider(concept, link, every)
        for rank, target in ranked:
            yield from _link(concept, link, target, rank, ids)
            if wider is not None:
                own, origin = (
                    ids.concept_mapping(concept.key, target),
                    ids.concept_mapping(wider, target),
                )
                yield Triple(NamedNode(own), PROV.wasDerivedFrom, NamedNode(origin))


def _is_own(concept: Concept, link: CofogLink) -> bool:
    return link.code == concept.key.notation


def _relation(concept: Concept, link: CofogLink) -> NamedNode:
    """A concept below the one that a link was made for is narrower than what that is linked to."""
    return SKOS.closeMatch if link.is_close and _is_own(concept, link) else SKOS.broadMatch


def _statements(
    concept: Concept, link: CofogLink, primary: ConceptKey, ids: Identifiers
) -> Iterator[Triple]:
    iri = NamedNode(ids.concept(concept.key))
    if link.caveat is None:
        yield Triple(iri, _relation(concept, link), NamedNode(ids.concept(primary)))
    if not is_doubtful(concept, link):
        yield Triple(iri, FG.cofogDivision, NamedNode(ids.concept(division_of(primary))))


def _link(
    concept: Concept, link: CofogLink, target: ConceptKey, rank: str, ids: Identifiers
) -> Iterator[Triple]:
    is_stated = rank == "primary" and link.caveat is None
    return describe(
        NamedNode(ids.concept_mapping(concept.key, target)),
        (RDF.type, FG.ConceptMapping),
        (FG.mappingSource, NamedNode(ids.concept(concept.key))),
        (FG.mappingTarget, NamedNode(ids.concept(target))),
        (FG.mappingRelation, _relation(concept, link) if is_stated else None),
        (FG.mappingRank, plain(rank)),
        (FG.mappingConfidence, plain(link.confidence)),
        (FG.mappingCaveat, plain(link.caveat)),
        (FG.mappingNote, plain(link.note)),
        (DCTERMS.source, plain(link.basis)),
    )


def _wider(
    concept: Concept, link: CofogLink, every: Mapping[ConceptKey, Concept]
) -> ConceptKey | None:
    """The wider concept that a link is taken from, where it is there with that link."""
    if _is_own(concept, link):
        return None
    key = replace(concept.key, notation=link.code, region=None)
    wider = every.get(key)
    return key if wider is not None and nearest_link(wider) is link else None
