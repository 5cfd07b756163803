"""Policy documents, their issuers and kinds."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import PolicyDocument
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.concept import top_concept
from fiscograph.mapping.description import describe, each, node
from fiscograph.mapping.literals import integer, plain, year, zh
from fiscograph.vocabulary import DCTERMS, ELI, FG, RDF


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


def map_issuer(policy: PolicyDocument, ids: Identifiers) -> Iterator[Triple]:
    """The issuing authority of a document, by its 代字; nothing where it is not known."""
    number, issuer = policy.key.number, _issuer(policy, ids)
    if number is None or issuer is None:
        return iter(())
    return top_concept(issuer, ids.scheme("issuer"), number.issuer_code, policy.issuer)


def map_document_kind(policy: PolicyDocument, ids: Identifiers) -> Iterator[Triple]:
    if not policy.kind:
        return iter(())
    iri, scheme = ids.document_kind(policy.kind), ids.scheme("document-kind")
    return top_concept(iri, scheme, policy.kind, policy.kind)


def _issuer(policy: PolicyDocument, ids: Identifiers) -> str | None:
    number = policy.key.number
    if number is None or not policy.issuer:
        return None
    return ids.issuer(number.issuer_code, policy.key.qualifier)
