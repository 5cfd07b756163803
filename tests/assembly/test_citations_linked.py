"""Within a filing: which document a mention means, and that a doubtful link never counts as sure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assembly.cited import LISTS, facts_with
from tests.golden.disclosed import QIJIANG_DATA, text_of, written

from fiscograph.budget import FilingFacts, MentionKind, PolicyKey
from fiscograph.pipeline import read_filing


def vague(facts: FilingFacts) -> list[tuple[str, str | None]]:
    return [
        (c.printed, str(c.policy.number) if c.policy else None)
        for c in facts.citations
        if c.kind is MentionKind.VAGUE
    ]


def test_a_bare_serial_number_means_the_one_document_of_the_filing_that_has_it() -> None:
    facts = facts_with("渝府发（2005）121号规定发放", "代发121号文生活补贴")
    assert vague(facts) == [("121号文", "渝府发〔2005〕121号")]
    (linked,) = [c for c in facts.citations if c.kind is MentionKind.VAGUE]
    assert linked.score < 1
    assert linked.number is None


def test_a_bare_serial_number_that_two_documents_have_means_neither() -> None:
    facts = facts_with("渝府发〔2005〕121号", "渝财社〔2022〕121号", "代发121号文生活补贴")
    assert vague(facts) == [("121号文", None)]


def test_the_same_project_s_document_goes_before_the_filing_s() -> None:
    facts = facts_with("渝府发〔2005〕121号", "根据渝财社〔2022〕121号，代发121号文生活补贴")
    assert vague(facts) == [("121号文", "渝财社〔2022〕121号")]


def test_a_bare_serial_number_that_no_document_has_stays_unresolved() -> None:
    assert vague(facts_with("渝府发〔2005〕12号", "代发121号文生活补贴")) == [("121号文", None)]


def test_this_document_is_the_one_named_before_it_and_no_other() -> None:
    one = "根据渝府发〔2005〕12号，按照该文件精神发放"
    assert vague(facts_with(one)) == [("该文件精神", "渝府发〔2005〕12号")]
    two = "根据渝府发〔2005〕12号、渝财社〔2022〕1号，按照该文件精神发放"
    assert vague(facts_with(two)) == [("该文件精神", None)]
    assert vague(facts_with("渝府发〔2005〕12号", "按照该文件精神发放")) == [("该文件精神", None)]


def test_a_generic_title_is_the_one_titled_so_before_it() -> None:
    text = "根据《就业补助资金管理办法》（渝财规〔2019〕15号）和《社会保险法》，按《办法》发放"
    assert vague(facts_with(text)) == [("《办法》", "渝财规〔2019〕15号")]
    assert vague(facts_with("按《办法》发放")) == [("《办法》", None)]


@pytest.mark.parametrize("words", ["根据文件精神", "按相关规定", "根据“三定”方案"])
def test_words_that_point_at_nothing_are_linked_to_nothing(words: str) -> None:
    ((_, means),) = vague(facts_with(f"渝府发〔2005〕12号，{words}发放"))
    assert means is None


def test_a_title_that_the_filing_prints_with_one_number_is_that_document_below_certainty() -> None:
    title = "普陀区服务企业发展工作实施意见"
    facts = facts_with(f"1、《{title}》（普投资规范〔2023〕1号）。", f"根据《{title}》发放")
    assert len({c.policy for c in facts.citations}) == 1
    assert [c.score < 1 for c in facts.citations if c.kind is MentionKind.TITLED] == [True]
    two = facts_with(
        f"《{title}》（沪商规〔2023〕1号）", f"《{title}》（沪商规〔2023〕2号）", f"《{title}》"
    )
    (bare,) = [c for c in two.citations if c.kind is MentionKind.TITLED]
    assert bare.policy is not None
    assert bare.policy.number is None


def test_a_code_that_any_district_could_use_is_one_region_s_own() -> None:
    keys = {
        region: facts_with("根据人社发〔2020〕5号", region=region).citations[0].policy
        for region in ("500109", "500110")
    }
    assert {key.qualifier for key in keys.values() if key} == set(keys)
    for printed in (
        "渝民发〔2020〕5号",
        "财社〔2020〕5号",
        "綦民政〔2020〕5号",
        "国务院令第5号",
        "巴南财〔2020〕5号",
    ):
        (citation,) = facts_with(printed).citations
        assert citation.policy == PolicyKey(number=citation.number), printed


def test_a_district_s_one_character_tells_it_within_its_province_only() -> None:
    here, there = (
        facts_with("潼民政〔2020〕5号", region=r).citations[0] for r in ("500152", "610522")
    )
    assert here.policy == PolicyKey(number=here.number)
    assert there.policy == PolicyKey(number=there.number, qualifier="610522")


def test_a_notice_without_number_and_place_is_one_region_s_own_and_a_law_is_not() -> None:
    notice, law, placed = facts_with(
        "《关于做好有关工作的通知》《社会保险法》《重庆市关于做好有关工作的通知》"
    ).citations
    assert [c.policy.qualifier if c.policy else "" for c in (notice, law, placed)] == [
        "500110",
        None,
        None,
    ]


CODES = st.sampled_from(["渝财社", "渝府发", "财社", "綦江财发", "某局发"])
TEXTS = st.lists(
    st.tuples(
        CODES, st.integers(2018, 2022), st.integers(1, 4), st.sampled_from(["、", "，以及", "。"])
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.integers(1, 4))
def test_every_number_counts_at_its_place_and_a_vague_link_is_never_certain(
    texts: list[list[tuple[str, int, int, str]]], serial: int
) -> None:
    printed = [
        "".join(f"{code}〔{year}〕{number}号{mark}" for code, year, number, mark in text)
        for text in texts
    ]
    facts = facts_with(*printed, f"代发{serial}号文补贴")
    numbered = [c for c in facts.citations if c.kind is MentionKind.NUMBERED]
    assert [str(c.number) for c in numbered] == [
        f"{code}〔{year}〕{number}号" for text in texts for code, year, number, _ in text
    ]
    for citation in numbered:
        line = printed[citation.place.line - 1]
        assert line[citation.place.start - 1 : citation.place.end] == citation.printed
    fitting = {c.policy for c in numbered if c.number and c.number.serial == serial}
    ((_, means),) = vague(facts)
    assert (means is not None) == (len(fitting) == 1)
    assert all(c.score < 1 for c in facts.citations if c.kind is MentionKind.VAGUE)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> FilingFacts:
    """A small filing with citations put where no text of a form is."""
    text = text_of(QIJIANG_DATA)
    for old, new in (
        ("金保网络租赁 = 363 条 20", "按渝财社〔2022〕9号租赁 = 363 条 20"),
        ("单位：万元\n\n功能分类科目", "单位：万元（渝财预\n\n〔2022〕77号）\n\n功能分类科目"),
        ("其他说明\n", "其他说明\n\n注：根据《预算管理\n办法》（渝财规〔2019〕15 号）填列\n"),
        (
            "208 社会保障和就业支出 65.63 57.13 8.50",
            "208 社会保障和就业支出 65.63 57.13 8.50 财社〔2021〕3号",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    return read_filing(written(tmp_path_factory.mktemp("changed"), text, QIJIANG_DATA))


def test_a_number_that_stands_in_no_text_of_a_form_is_a_citation_too(changed: FilingFacts) -> None:
    found = {
        (str(c.number), c.field, c.cited_by)
        for c in changed.citations
        if c.kind is not MentionKind.VAGUE
    }
    numbers = {number for number, _, _ in found}
    assert {"渝财社〔2022〕9号", "渝财预〔2022〕77号", "财社〔2021〕3号"} <= numbers
    assert ("渝财社〔2022〕9号", "绩效指标", "整体") in found
    assert {c.title for c in changed.citations if c.number and c.number.serial == 15} == {
        "预算管理办法"
    }


def test_the_list_of_issuers_is_in_the_key_under_one_name_of_the_body() -> None:
    aliases = [issuer for issuer in LISTS.issuers.values() if issuer.same_as]
    assert aliases
    for issuer in aliases:
        assert LISTS.issuers[issuer.canonical].body == issuer.body
