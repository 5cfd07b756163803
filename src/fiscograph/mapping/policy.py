"""Policy documents, their issuers and kinds, and what ties them to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import (
    Concept,
    ConceptKey,
    DocumentCandidate,
    DocumentRelation,
    PolicyDocument,
    RelationKind,
)
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each, node
from fiscograph.mapping.literals import decimal, en, integer, plain, year, zh
from fiscograph.vocabulary import DCTERMS, ELI, FG, PROV, RDF
from fiscograph.vocabulary.concepts import DOCUMENT_KIND, ISSUER, listed

STATE = "000000"
PROPERTIES = {
    RelationKind.FORWARDS: FG.forwards,
    RelationKind.IMPLEMENTS: ELI.ensures_implementation_of,
    RelationKind.BASED_ON: ELI.based_on,
    RelationKind.PROMULGATES: FG.promulgates,
}


def map_policy(policy: PolicyDocument, ids: Identifiers) -> Iterator[Triple]:
    number, qualifier = policy.key.number, policy.key.qualifier
    region = policy.jurisdiction if policy.jurisdiction != STATE else None
    return describe(
        NamedNode(ids.policy(policy.key)),
        (RDF.type, FG.PolicyDocument),
        (ELI.id_local, plain(str(number) if number else None)),
        (FG.issuerCode, plain(number.issuer_code if number else None)),
        (FG.issueYear, year(number.year if number else None)),
        (ELI.number, integer(number.serial if number else None)),
        (FG.region, node(None if qualifier is None else ids.region(qualifier))),
        (FG.jurisdiction, node(None if region is None else ids.region(region))),
        (FG.governmentLevel, plain(policy.level.value if policy.level else None)),
        (FG.issuerSupport, plain(policy.confidence)),
        (ELI.passed_by, node(_issuer(policy, ids))),
        (ELI.type_document, node(ids.document_kind(policy.kind) if policy.kind else None)),
        *each(DCTERMS.title, (zh(title) for title in policy.titles[:1])),
        *each(DCTERMS.alternative, (zh(title) for title in policy.titles[1:])),
        *each(FG.titlePrintedIn, (NamedNode(ids.at(place)) for place in policy.title_places)),
        *each(FG.printedNumber, (plain(printed) for printed in policy.printings)),
    )


def map_relation(relation: DocumentRelation, ids: Identifiers) -> Iterator[Triple]:
    """The relation itself, and a node of its own that leads to the citations that say it."""
    subject, other = ids.policy(relation.subject), ids.policy(relation.object)
    predicate = PROPERTIES[relation.kind]
    yield Triple(NamedNode(subject), predicate, NamedNode(other))
    yield from describe(
        NamedNode(ids.relation(relation)),
        (RDF.type, FG.DocumentRelation),
        (FG.relatingDocument, NamedNode(subject)),
        (FG.relatedDocument, NamedNode(other)),
        (FG.relationProperty, predicate),
        (FG.matchScore, decimal(relation.score)),
        *each(PROV.wasDerivedFrom, (NamedNode(ids.at(place)) for place in relation.places)),
    )


def map_candidate(candidate: DocumentCandidate, ids: Identifiers) -> Iterator[Triple]:
    subject = candidate.subject
    whose = ids.policy(subject) if subject else None
    if candidate.citation is not None:
        whose = ids.at(candidate.citation)
    document = candidate.document
    return describe(
        NamedNode(ids.candidate(candidate)),
        (RDF.type, FG.DocumentCandidate),
        (FG.candidateFor, node(whose)),
        (FG.candidateDocument, node(ids.policy(document) if document else None)),
        (FG.candidateNumber, plain(str(candidate.number) if candidate.number else None)),
        (FG.candidateRule, plain(candidate.rule)),
        (FG.matchScore, decimal(candidate.score)),
        (DCTERMS.description, zh(candidate.reason_zh)),
        (DCTERMS.description, en(candidate.reason_en)),
    )


def issuer_concept(policy: PolicyDocument) -> Concept | None:
    """The issuing authority of a document, by its 代字; None where it is not known."""
    number = policy.key.number
    if number is None or not policy.issuer:
        return None
    key = ConceptKey(scheme=ISSUER, edition=None, notation=number.issuer_code)
    own = replace(key, region=policy.key.qualifier)
    known = listed(ISSUER).get(key)
    if known is not None and policy.issuer in known.labels:
        return replace(known, key=own)
    return Concept(
        key=own, labels=(policy.issuer,), label_en=None, parent=None, support="recalled-low"
    )


def kind_concept(policy: PolicyDocument) -> Concept | None:
    """What kind of document it is; a kind that no list has goes by its name."""
    if not policy.kind:
        return None
    key = ConceptKey(scheme=DOCUMENT_KIND, edition=None, notation=policy.kind)
    known = listed(DOCUMENT_KIND).get(key)
    return known or Concept(
        key=key, labels=(policy.kind,), label_en=None, parent=None, support="defined"
    )


def _issuer(policy: PolicyDocument, ids: Identifiers) -> str | None:
    number = policy.key.number
    if number is None or not policy.issuer:
        return None
    return ids.issuer(number.issuer_code, policy.key.qualifier)
