"""Documents in the graph: what they are, what ties them, what may be the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from tests.mapping.builder import IDS, NUMBER, POLICY, citation, filing_facts, place

from fiscograph.budget import (
    DocumentCandidate,
    DocumentNumber,
    DocumentRelation,
    Level,
    MentionKind,
    PolicyDocument,
    PolicyKey,
    RelationKind,
)
from fiscograph.mapping import map_filing
from fiscograph.mapping.policy import map_candidate, map_policy, map_relation
from fiscograph.vocabulary import DCTERMS, ELI, FG, PROV

OTHER = PolicyKey(
    number=DocumentNumber(issuer_code="潼财社发", year=2022, serial=703), qualifier=None
)
SAID = place(41, 1, 14)


def values(triples: list[Triple], predicate: NamedNode) -> list[str]:
    return sorted(
        one.object.value
        for one in triples
        if one.predicate == predicate and isinstance(one.object, (Literal, NamedNode))
    )


def test_a_document_says_its_level_region_printings_and_where_its_title_is_printed() -> None:
    policy = PolicyDocument(
        key=POLICY,
        titles=("关于提前下达补助的通知",),
        issuer="重庆市财政局",
        kind="通知",
        title_places=(SAID,),
        printings=("渝财社[2022]155", "渝财社【2022】155号"),
        jurisdiction="500000",
        level=Level.PROVINCE,
        confidence="high",
    )
    found = list(map_policy(policy, IDS))
    assert values(found, FG.jurisdiction) == [IDS.region("500000")]
    assert values(found, FG.governmentLevel) == ["province"]
    assert values(found, FG.issuerSupport) == ["high"]
    assert values(found, FG.printedNumber) == ["渝财社[2022]155", "渝财社【2022】155号"]
    assert values(found, FG.titlePrintedIn) == [IDS.at(SAID)]


def test_a_document_of_the_whole_state_has_a_level_and_no_region() -> None:
    number = DocumentNumber(issuer_code="国务院令", year=None, serial=709)
    policy = PolicyDocument(
        key=PolicyKey(number=number),
        titles=(),
        issuer="国务院",
        kind="令",
        jurisdiction="000000",
        level=Level.CENTRAL,
        confidence="high",
    )
    found = list(map_policy(policy, IDS))
    assert values(found, FG.jurisdiction) == []
    assert values(found, FG.issueYear) == []
    assert values(found, ELI.id_local) == ["国务院令第709号"]


@pytest.mark.parametrize(
    ("kind", "predicate"),
    [
        (RelationKind.FORWARDS, FG.forwards),
        (RelationKind.PROMULGATES, FG.promulgates),
        (RelationKind.IMPLEMENTS, ELI.ensures_implementation_of),
        (RelationKind.BASED_ON, ELI.based_on),
    ],
)
def test_a_relation_is_a_triple_and_a_node_that_leads_to_its_citations(
    kind: RelationKind, predicate: NamedNode
) -> None:
    relation = DocumentRelation(
        kind=kind, subject=OTHER, object=POLICY, score=Decimal("0.9"), places=(SAID,)
    )
    found = list(map_relation(relation, IDS))
    direct = Triple(NamedNode(IDS.policy(OTHER)), predicate, NamedNode(IDS.policy(POLICY)))
    assert direct in found
    assert values(found, PROV.wasDerivedFrom) == [IDS.at(SAID)]
    assert values(found, FG.relationProperty) == [predicate.value]


def test_a_candidate_that_no_filing_cites_is_a_number_and_no_document() -> None:
    candidate = DocumentCandidate(
        rule="series-ended",
        subject=OTHER,
        citation=None,
        number=NUMBER,
        document=None,
        score=Decimal("0.5"),
        reason_zh="可能印错。",
        reason_en="It may be a misprint.",
    )
    found = list(map_candidate(candidate, IDS))
    assert values(found, FG.candidateDocument) == []
    assert values(found, FG.candidateNumber) == [str(NUMBER)]
    assert values(found, FG.candidateFor) == [IDS.policy(OTHER)]
    assert len(values(found, DCTERMS.description)) == 2
    of_a_citation = replace(candidate, subject=None, citation=SAID, document=POLICY)
    found = list(map_candidate(of_a_citation, IDS))
    assert values(found, FG.candidateFor) == [IDS.at(SAID)]
    assert values(found, FG.candidateDocument) == [IDS.policy(POLICY)]
    with pytest.raises(ValueError, match="for nothing"):
        list(map_candidate(replace(candidate, subject=None), IDS))


def test_an_unresolved_mention_is_in_the_graph_without_a_document() -> None:
    vague = replace(
        citation(),
        number=None,
        title=None,
        policy=None,
        kind=MentionKind.VAGUE,
        printed_number=None,
        score=Decimal("0.3"),
    )
    facts = replace(filing_facts(), citations=(vague,))
    quads = map_filing(facts, IDS, program_version="0.1.0")
    node = NamedNode(IDS.at(vague.place))
    said = {quad.predicate for quad in quads if quad.subject == node}
    assert FG.mentionKind in said
    assert FG.citedDocument not in said
    assert not [quad for quad in quads if quad.predicate == FG.legalBasis]
