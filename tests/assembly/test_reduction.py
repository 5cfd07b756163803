"""What crosses filings is the same whatever their order, and whichever of them are there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.golden.disclosed import NAMES, QIJIANG, TONGNAN, facts_of

from fiscograph.assembly.reduction import merge, reduce_facts
from fiscograph.budget import Concept, ConceptKey, FilingFacts, SharedFacts
from fiscograph.vocabulary.codelists import load_code_lists

LISTS = load_code_lists()


def reduced(facts: list[FilingFacts]) -> SharedFacts:
    return reduce_facts(facts, LISTS, ())


@settings(max_examples=8)
@given(st.permutations(NAMES))
def test_the_order_of_filings_does_not_matter(names: list[str]) -> None:
    assert reduced([facts_of(name) for name in names]) == reduced([facts_of(n) for n in NAMES])


def test_a_filing_read_twice_adds_nothing() -> None:
    facts = [facts_of(name) for name in NAMES]
    assert reduced([*facts, facts_of(TONGNAN)]).projects == reduced(facts).projects
    assert reduced([*facts, facts_of(TONGNAN)]).organizations == reduced(facts).organizations


@settings(max_examples=8)
@given(st.sets(st.sampled_from(NAMES), min_size=1))
def test_what_some_filings_name_all_of_them_name(names: set[str]) -> None:
    some = reduced([facts_of(name) for name in sorted(names)])
    whole = reduced([facts_of(name) for name in NAMES])
    assert {o.key for o in some.organizations} <= {o.key for o in whole.organizations}
    assert {p.key for p in some.policies} <= {p.key for p in whole.policies}
    assert {c.key for c in some.concepts} <= {c.key for c in whole.concepts}
    assert {(p.code, p.filing, p.budget_key) for p in some.projects} <= {
        (p.code, p.filing, p.budget_key) for p in whole.projects
    }
    assert {r.code for r in some.regions} <= {r.code for r in whole.regions}


NAMED = st.lists(st.sampled_from(["甲费", "乙费", "丙费"]), max_size=2, unique=True).map(tuple)


@st.composite
def said(draw: st.DrawFn) -> Concept:
    """What one of several says of one concept."""
    return Concept(
        key=ConceptKey(scheme="function", edition=2023, notation="2080101"),
        labels=draw(NAMED),
        printed=tuple(sorted(draw(NAMED))),
        label_en=None,
        parent="20801",
        support=draw(st.sampled_from(["printed", "recalled-high", "local"])),
        source=draw(st.sampled_from([None, "a list"])),
    )


@given(said(), said(), said())
def test_what_is_said_of_a_concept_is_put_together_in_any_order(
    one: Concept, two: Concept, three: Concept
) -> None:
    assert merge(one, two) == merge(two, one)
    assert merge(merge(one, two), three) == merge(one, merge(two, three))
    assert set(merge(one, two).printed) == {*one.printed, *two.printed}


def test_a_region_that_the_list_lacks_is_described_by_its_code() -> None:
    facts = facts_of(TONGNAN)
    moved = replace(facts, filing=replace(facts.filing, region="500199"))
    regions = {region.code: region for region in reduced([moved]).regions}
    assert (regions["500199"].name, regions["500199"].parent) == ("500199", "500000")


def test_keys_are_given_once_and_come_in_order() -> None:
    shared = reduced([facts_of(name) for name in NAMES])
    bodies = [organization.key for organization in shared.organizations]
    assert bodies == sorted(set(bodies))
    assert len(shared.projects) == 72
    assert len({policy.key for policy in shared.policies}) == len(shared.policies)
    assert {r.code: r.parent for r in shared.regions}["500152"] is not None


def test_one_document_cited_in_two_filings_is_one() -> None:
    facts = [facts_of(QIJIANG), facts_of(TONGNAN)]
    cited = {c.policy for one in facts for c in one.citations if c.policy is not None}
    assert {policy.key for policy in reduced(facts).policies} == cited
