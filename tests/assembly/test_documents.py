"""One document across filings: what it is, what it does to others, and what may be the same."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assembly.cited import LISTS, facts_with
from tests.golden.disclosed import NAMES, QIJIANG, facts_of

from fiscograph.assembly.candidates import document_candidates
from fiscograph.assembly.documents import document_relations, policy_documents
from fiscograph.budget import (
    DocumentCandidate,
    DocumentRelation,
    FilingFacts,
    Level,
    MentionKind,
    PolicyDocument,
    PolicyKey,
    RelationKind,
)

DISCLOSED = [facts_of(name) for name in NAMES]


def documents(*facts: FilingFacts) -> dict[str, PolicyDocument]:
    return {str(one.key.number or one.key.title): one for one in policy_documents(facts, LISTS)}


def relations(*facts: FilingFacts) -> list[tuple[str, str, str]]:
    found = document_relations(facts, policy_documents(facts, LISTS))
    return [(one.kind.value, _named(one.subject), _named(one.object)) for one in found]


def _named(key: PolicyKey) -> str:
    return str(key.number or key.title)


def candidates(*facts: FilingFacts) -> list[tuple[str, str, str]]:
    found = document_candidates(facts, policy_documents(facts, LISTS), LISTS)
    return [
        (
            one.rule,
            str((one.subject.number or one.subject.title) if one.subject else one.citation),
            str(one.number),
        )
        for one in found
    ]


def test_the_documents_that_two_districts_cite_are_one() -> None:
    found = policy_documents(DISCLOSED, LISTS)
    assert len({one.key for one in found}) == len(found) == 41
    shared = documents(*DISCLOSED)["渝府发〔2005〕121号"]
    assert shared.printings == ("渝府发〔2005〕121号", "渝府发（2005）121 号")
    assert len(shared.titles) == 1
    assert len(shared.title_places) == 4
    citing = {
        str(facts.filing.id)
        for facts in DISCLOSED
        for citation in facts.citations
        if citation.policy == shared.key
    }
    assert len(citing) == 2


@pytest.mark.parametrize(
    ("printed", "issuer", "jurisdiction", "level", "confidence"),
    [
        ("渝财社〔2022〕155号", "重庆市财政局", "500000", Level.PROVINCE, "high"),
        (
            "渝评组办〔2022〕3号",
            "重庆市评比达标表彰工作领导机构办公室",
            "500000",
            Level.PROVINCE,
            "low",
        ),
        ("綦江财发〔2018〕636号", "重庆市綦江区财政局", "500110", Level.COUNTY, "high"),
        ("达市府发〔2020〕1号", "达州市人民政府", "511700", Level.PREFECTURE, "medium"),
        ("财社〔2021〕3号", "财政部", "000000", Level.CENTRAL, "high"),
        ("民发〔2021〕3号", "民政部", "000000", Level.CENTRAL, "recalled"),
        ("国务院令第709号", "国务院", "000000", Level.CENTRAL, "high"),
        ("水利部令第49号", None, "000000", Level.CENTRAL, "inferred"),
        ("渝民计发〔2020〕5号", None, "500000", Level.PROVINCE, "inferred"),
        ("綦民政〔2020〕5号", None, "500110", Level.COUNTY, "inferred"),
        ("巴南财〔2020〕5号", None, "500113", Level.COUNTY, "inferred"),
        ("区府发〔2020〕5号", None, "500110", Level.COUNTY, "inferred"),
        ("人社发〔2020〕5号", None, None, None, None),
        ("宁财社〔2020〕5号", None, None, None, None),
        ("普陀财〔2020〕5号", None, None, None, None),
        ("《社会保险法》", None, "000000", Level.CENTRAL, "inferred"),
        ("《就业补助资金管理办法》", None, None, None, None),
    ],
)
def test_the_issuer_is_told_only_where_it_is_known(
    printed: str, issuer: str | None, jurisdiction: str | None, level: Level, confidence: str
) -> None:
    (one,) = policy_documents([facts_with(f"根据{printed}发放")], LISTS)
    assert (one.issuer, one.jurisdiction, one.level, one.confidence) == (
        issuer,
        jurisdiction,
        level,
        confidence,
    )


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("《关于做好补助工作的通知》（渝财社〔2022〕1号）", "通知"),
        ("《就业补助资金管理办法》（渝财规〔2019〕15号）", "办法"),
        ("碚人社函〔2011〕86号", "函"),
        ("财政部令第87号", "令"),
        ("财政部公告2021年第12号", "公告"),
        ("《社会保险法》", "法律法规"),
        ("渝财社〔2022〕1号", "文件"),
    ],
)
def test_the_kind_is_what_the_title_ends_in_else_what_the_code_says(
    printed: str, kind: str
) -> None:
    (one,) = policy_documents([facts_with(printed)], LISTS)
    assert one.kind == kind


def test_the_best_title_is_the_one_printed_most_with_the_citations_that_print_it() -> None:
    often, once = "关于做好就业补助工作的通知", "重庆市财政局关于做好就业补助工作的通知"
    facts = facts_with(
        f"《{often}》（渝财社〔2022〕1号）",
        f"《{once}》（渝财社[2022]1）",
        f"《{often}》（渝财社〔2022〕1号）",
    )
    (one,) = policy_documents([facts], LISTS)
    assert one.titles == (often, once)
    assert [place.line for place in one.title_places] == [1, 3]
    assert one.printings == ("渝财社[2022]1", "渝财社〔2022〕1号")


def test_a_printing_that_leaves_out_the_code_is_none_of_the_number() -> None:
    found = documents(facts_with("根据渝财社[2013]38号、41号文件"))
    assert found["渝财社〔2013〕38号"].printings == ("渝财社[2013]38号",)
    assert found["渝财社〔2013〕41号"].printings == ()


def test_a_document_whose_title_forwards_another_is_tied_to_it() -> None:
    assert relations(*DISCLOSED) == [("forwards", "綦江人社〔2019〕137号", "渝人社发〔2018〕238号")]
    (one,) = document_relations(DISCLOSED, policy_documents(DISCLOSED, LISTS))
    (place,) = one.places
    (said,) = [c for c in facts_of(QIJIANG).citations if c.place == place]
    assert "转发〈关于完善机关事业单位工作人员遗属生活困难补助政策的通知〉" in said.printed
    assert one.score < 1


def test_relations_are_drawn_only_to_documents_that_are_known() -> None:
    promulgating = "《关于印发〈重庆市就业补助资金管理办法〉的通知》（渝财规〔2019〕15号）"
    assert relations(facts_with(promulgating)) == []
    assert relations(facts_with(promulgating, "《重庆市就业补助资金管理办法》")) == [
        ("promulgates", "渝财规〔2019〕15号", "重庆市就业补助资金管理办法")
    ]
    assert relations(facts_with("《预算法》《预算法实施条例》")) == [
        ("implements", "预算法实施条例", "预算法")
    ]


def test_a_title_that_two_documents_have_ties_to_neither() -> None:
    inner = "关于完善遗属生活困难补助政策的通知"
    twice = facts_with(f"《{inner}》（渝财社〔2018〕1号）", f"《{inner}》（渝财社〔2019〕1号）")
    forwarding = facts_with(f"《转发〈{inner}〉的通知》（綦财社〔2019〕137号）", body="2")
    assert relations(twice, forwarding) == []


def test_what_a_sentence_says_of_two_documents_is_a_relation_with_both_citations() -> None:
    facts = facts_with("根据渝财规〔2019〕15号文件精神，区财政局印发了綦江财发〔2022〕7号")
    (one,) = document_relations([facts], policy_documents([facts], LISTS))
    assert one.kind is RelationKind.BASED_ON
    assert str(one.subject.number) == "綦江财发〔2022〕7号"
    assert len(one.places) == 2


TITLE = "关于完善遗属生活困难补助政策的通知"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            [f"《{TITLE}》（渝财社〔2018〕238号）", f"《{TITLE}》（渝财社〔2018〕283号）"],
            [("same-title", "渝财社〔2018〕238号", "渝财社〔2018〕283号")],
        ),
        (
            [
                f"《{TITLE}》（渝财社〔2018〕238号）",
                f"《重庆市财政局{TITLE}》（渝财社〔2018〕23号）",
            ],
            [("same-title", "渝财社〔2018〕23号", "渝财社〔2018〕238号")],
        ),
        (
            ["渝府发〔2005〕121号", "渝府办发（2005）121号"],
            [("code-one-character", "渝府办发〔2005〕121号", "渝府发〔2005〕121号")],
        ),
        (
            ["国务院令第722号", "国务院令〔2019〕第722号"],
            [("without-year", "国务院令2019年第722号", "国务院令第722号")],
        ),
        (
            ["渝办发〔2014〕128号"],
            [("series-ended", "渝办发〔2014〕128号", "渝府办发〔2014〕128号")],
        ),
        (["渝办发〔2004〕1号"], []),
        (["渝财社〔2018〕238号", "渝财社〔2018〕239号"], []),
        (["渝财社〔2018〕238号", "财社〔2018〕238号"], []),
        (
            [
                f"《{TITLE}》（渝府发〔2005〕121号）",
                "《关于其他事项的通知》（渝府办发〔2005〕121号）",
            ],
            [],
        ),
    ],
)
def test_what_may_be_a_misprint_is_a_candidate_and_two_documents(
    texts: list[str], expected: list[tuple[str, str, str]]
) -> None:
    facts = facts_with(*texts)
    assert len(policy_documents([facts], LISTS)) == len(texts)
    assert candidates(facts) == expected


def test_one_character_apart_is_likelier_than_two_numbers_at_large() -> None:
    def score(number: str) -> DocumentCandidate:
        facts = facts_with(f"《{TITLE}》（渝财社〔2018〕238号）", f"《{TITLE}》（{number}）")
        (one,) = document_candidates([facts], policy_documents([facts], LISTS), LISTS)
        return one

    near, far = score("渝财社〔2018〕239号"), score("渝人社发〔2017〕4号")
    assert 1 > near.score > far.score > 0
    assert near.reason_zh != far.reason_zh


def test_a_title_without_number_in_one_filing_is_a_candidate_for_the_number_in_another() -> None:
    numbered = facts_with("《重庆市就业补助资金管理办法》（渝财规〔2019〕15号）")
    bare = facts_with("《重庆市就业补助资金管理办法》", body="2")
    assert len(policy_documents([numbered, bare], LISTS)) == 2
    assert candidates(numbered, bare) == [
        ("title-alone", "重庆市就业补助资金管理办法", "渝财规〔2019〕15号")
    ]


def test_the_documents_that_a_bare_serial_number_may_mean_are_candidates_of_the_citation() -> None:
    facts = facts_with("渝府发〔2005〕121号", "渝财社〔2022〕121号", "代发121号文补贴")
    found = document_candidates([facts], policy_documents([facts], LISTS), LISTS)
    (vague,) = [c for c in facts.citations if c.serial]
    assert [(one.citation, str(one.number)) for one in found] == [
        (vague.place, "渝府发〔2005〕121号"),
        (vague.place, "渝财社〔2022〕121号"),
    ]
    assert candidates(facts_with("渝府发〔2005〕121号", "代发121号文补贴")) == []


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("渝财社〔20Z2〕1S5号", "渝财社〔2022〕155号"),
        ("区府发〔2O22〕1S5号", "区府发〔2022〕155号"),
    ],
)
def test_a_misread_number_is_a_candidate_for_what_it_looks_like_and_no_citation_of_it(
    printed: str, meant: str
) -> None:
    alone, beside, elsewhere = (
        facts_with(*texts, region=region)
        for texts, region in (
            ((printed,), "500110"),
            ((printed, meant), "500110"),
            ((printed,), "500109"),
        )
    )
    (vague,) = [c for c in beside.citations if c.kind is MentionKind.VAGUE]
    assert vague.policy is None
    found = document_candidates([beside], policy_documents([beside], LISTS), LISTS)
    assert [(o.rule, o.citation, str(o.number), o.document is not None) for o in found] == [
        ("misread-digits", vague.place, meant, True)
    ]
    assert all(one.score < 1 and one.reason_zh and one.reason_en for one in found)
    assert candidates(alone) == [("misread-digits", str(alone.citations[0].place), meant)]
    # What any district could have issued is not another district's.
    both = [beside, elsewhere]
    there = [
        one.document is not None
        for one in document_candidates(both, policy_documents(both, LISTS), LISTS)
        if one.citation == elsewhere.citations[0].place
    ]
    assert there == [printed.startswith("渝")]


PIECES = [
    "渝财社〔20Z2〕1S5号",
    "渝财社〔2018〕238号",
    f"《{TITLE}》（渝财社〔2018〕238号）",
    f"《{TITLE}》（渝财社〔2018〕239号）",
    f"《转发〈{TITLE}〉的通知》（綦江财发〔2019〕7号）",
    f"《{TITLE}》",
    "渝府发〔2005〕121号和渝府办发〔2005〕121号",
    "代发121号文补贴",
    "渝办发〔2014〕128号",
]


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), min_size=2, max_size=3))
def test_the_order_of_filings_changes_nothing(texts: list[list[str]]) -> None:
    facts = [facts_with(*lines, body=str(at)) for at, lines in enumerate(texts)]

    def reduced(
        order: tuple[FilingFacts, ...],
    ) -> tuple[
        tuple[PolicyDocument, ...], tuple[DocumentRelation, ...], tuple[DocumentCandidate, ...]
    ]:
        found = policy_documents(order, LISTS)
        return (
            found,
            document_relations(order, found),
            document_candidates(order, found, LISTS),
        )

    first, *others = (reduced(order) for order in permutations(facts))
    assert all(other == first for other in others)
    assert all(one.score < 1 for one in first[2])
