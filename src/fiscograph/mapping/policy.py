"""Policy documents, their issuers and kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Concept, ConceptKey, PolicyDocument
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each, node
from fiscograph.mapping.literals import integer, plain, year, zh
from fiscograph.vocabulary import DCTERMS, ELI, FG, RDF
from fiscograph.vocabulary.concepts import DOCUMENT_KIND, ISSUER, listed


def map_policy(policy: PolicyDocument, ids: Identifiers) -> Iterator[Triple]:
    number, qualifier = policy.key.number, policy.key.qualifier
    return describe(
        NamedNode(ids.policy(policy.key)),
        (RDF.type, FG.PolicyDocument),
        (ELI.id_local, plain(str(number) if number else None)),
        (FG.issuerCode, plain(number.issuer_code if number else None)),
        (FG.issueYear, year(number.year if number else None)),
        (ELI.number, integer(number.serial if number else None)),
        (FG.region, node(None if qualifier is None else ids.region(qualifier))),
        (ELI.passed_by, node(_issuer(policy, ids))),
        (ELI.type_document, node(ids.document_kind(policy.kind) if policy.kind else None)),
        *each(DCTERMS.title, (zh(title) for title in policy.titles[:1])),
        *each(DCTERMS.alternative, (zh(title) for title in policy.titles[1:])),
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
