"""Figures of the five filings, read there by hand."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    NAMES,
    QIJIANG,
    QIJIANG_DATA,
    TONGCHUAN,
    TONGNAN,
    facts_of,
    lines_of,
)

from fiscograph.budget import Cube, DocumentNumber, FilingFacts, OrganizationRole
from fiscograph.identities import tolerance_of_sum

DOCUMENT = DocumentNumber(issuer_code="渝财社", year=2022, serial=155)


def total(facts: FilingFacts, cube: Cube) -> Decimal:
    return sum((a.amount for a in facts.allocations if a.cube is cube), Decimal(0))


@pytest.mark.parametrize(
    ("name", "yuan", "line", "printed"),
    [
        (QIJIANG_DATA, 712_100, 280, "71.20"),
        (QIJIANG, 30_941_700, 156, "3,094.17"),
        (TONGNAN, 92_097_200, 664, "9209.73"),
        (TONGCHUAN, 989_200, 198, "98. 92"),
        (BEIBEI, 46_839_600, 538, "4,683.96"),
    ],
)
def test_expenditure_by_function_sums_to_what_is_printed(
    name: str, yuan: int, line: int, printed: str
) -> None:
    facts = facts_of(name)
    assert total(facts, Cube.FUNCTION) == yuan
    (told,) = [t for t in facts.printed_totals if t.cube == Cube.FUNCTION.value]
    assert told.place.line == line
    assert lines_of(name)[line - 1][told.place.start - 1 : told.place.end] == printed
    count = sum(a.cube is Cube.FUNCTION for a in facts.allocations)
    missed = abs(
        total(facts, Cube.FUNCTION) / 10_000 - Decimal(printed.replace(",", "").replace(" ", ""))
    )
    assert missed <= tolerance_of_sum(count, 2)


@pytest.mark.parametrize(
    ("name", "cube", "yuan"),
    [
        (BEIBEI, Cube.ECONOMIC, 29_356_800),
        (QIJIANG, Cube.ECONOMIC, 9_842_700),
        (TONGNAN, Cube.ECONOMIC, 24_961_700),
        (BEIBEI, Cube.REVENUE, 46_839_600),
        (QIJIANG, Cube.REVENUE, 30_941_700),
        (QIJIANG_DATA, Cube.REVENUE, 712_000),
        (TONGNAN, Cube.REVENUE, 92_097_300),
        (BEIBEI, Cube.PROJECT, 389_500),
        (TONGNAN, Cube.PROJECT, 67_135_800),
        (BEIBEI, Cube.THREE_PUBLIC, 157_900),
        (QIJIANG, Cube.THREE_PUBLIC, 35_000),
        (BEIBEI, Cube.PROCUREMENT, 65_000),
        (TONGNAN, Cube.PROCUREMENT, 177_600),
    ],
)
def test_other_cubes_sum_to_what_is_printed(name: str, cube: Cube, yuan: int) -> None:
    assert total(facts_of(name), cube) == yuan


def test_state_capital_that_only_the_balance_prints_is_not_lost() -> None:
    (found,) = [
        a
        for a in facts_of(QIJIANG).allocations
        if a.fund.notation == "SCB" and a.cube is Cube.FUNCTION
    ]
    assert found.amount == 1_300_000
    assert found.classification is not None
    assert found.classification.notation == "223"
    assert {place.line for place in found.evidence} <= {13, 14, 15, 150}


def test_last_year_s_columns_stay_printed_and_allocate_nothing() -> None:
    facts = facts_of(TONGNAN)
    earlier = {a.place for a in facts.printed_amounts if a.fiscal_year == 2022}
    assert len(earlier) > 40
    assert not [a for a in facts.allocations if earlier & set(a.evidence)]
    assert {a.fiscal_year for a in facts.allocations} == {2023}


def test_no_key_of_an_allocation_is_given_twice() -> None:
    for name in NAMES:
        keys = Counter((a.cube, a.dimension_notations) for a in facts_of(name).allocations)
        assert max(keys.values()) == 1


def test_there_are_72_projects_and_427_indicators() -> None:
    counts = {
        name: (len(facts_of(name).projects), len(facts_of(name).indicators)) for name in NAMES
    }
    assert counts == {
        BEIBEI: (2, 14),
        QIJIANG: (17, 90),
        QIJIANG_DATA: (1, 18),
        TONGNAN: (49, 287),
        TONGCHUAN: (3, 18),
    }
    assert sum(projects for projects, _ in counts.values()) == 72
    assert sum(indicators for _, indicators in counts.values()) == 427


def test_every_indicator_belongs_to_a_project_of_its_filing_or_to_the_whole() -> None:
    for name in NAMES:
        facts = facts_of(name)
        keys = {project.key for project in facts.projects}
        assert len(keys) == len(facts.projects)
        assert {i.project for i in facts.indicators} <= {None, *keys}
        assert len({i.place for i in facts.indicators}) == len(facts.indicators)


def test_one_document_funds_one_project_and_says_where() -> None:
    citing = {
        (name, citation.project)
        for name in NAMES
        for citation in facts_of(name).citations
        if citation.number == DOCUMENT and citation.project is not None
    }
    ((name, key),) = citing
    assert name == TONGNAN
    (project,) = [p for p in facts_of(name).projects if p.key == key]
    assert project.amount is not None
    assert project.amount_place is not None
    assert project.amount.yuan == 41_440_000
    assert project.amount_place.line == 1656
    assert project.unit is not None
    assert (project.unit.region, project.unit.body) == ("500152", "426002")
    assert lines_of(name)[1655].startswith("4144.00 ")


def test_departments_and_units_of_a_filing_have_their_codes_and_parents() -> None:
    found = {o.key.body: o for o in facts_of(TONGNAN).organizations}
    assert {body: found[body].name for body in found} == {
        "426": "重庆市潼南区人力资源和社会保障局",
        "426001": "重庆市潼南区人力资源和社会保障局（本级）",
        "426002": "重庆市潼南区就业和人才中心",
        "426003": "重庆市潼南区社会保险事务中心",
        "426004": "重庆市潼南区劳动人事争议仲裁院",
        "426005": "重庆市潼南区人事信息档案管理中心",
        "426006": "重庆市潼南区人力资源和社会保障行政执法支队",
    }
    department = found.pop("426")
    assert department.role is OrganizationRole.DEPARTMENT
    assert department.parent is None
    for body, unit in found.items():
        assert unit.code == body
        assert unit.role is OrganizationRole.UNIT
        assert unit.parent == department.key


@pytest.mark.parametrize(
    ("name", "bodies"),
    [
        (BEIBEI, {"401", "401001", "401003"}),
        (QIJIANG, {"212002"}),
        (QIJIANG_DATA, {"212006"}),
        (TONGCHUAN, {"189001"}),
    ],
)
def test_organizations_of_the_other_filings(name: str, bodies: set[str]) -> None:
    assert {o.key.body for o in facts_of(name).organizations} >= bodies
    coded = {o.code for o in facts_of(name).organizations if o.code}
    assert coded >= bodies


@pytest.mark.parametrize(
    ("name", "region", "department", "kind"),
    [
        (BEIBEI, "500109", "重庆市北碚区人力资源和社会保障局", "department-budget"),
        (QIJIANG, "500110", "重庆市綦江区社会保险事务中心", "unit-budget"),
        (QIJIANG_DATA, "500110", "重庆市綦江区人力资源和社会保障信息中心", "unit-budget"),
        (TONGNAN, "500152", "重庆市潼南区人力资源和社会保障局", "department-budget"),
        (TONGCHUAN, "511702", "达州市通川区人力资源和社会保障信息管理中心", "department-budget"),
    ],
)
def test_who_disclosed_what(name: str, region: str, department: str, kind: str) -> None:
    filing = facts_of(name).filing
    assert (filing.region, filing.department, filing.kind.value) == (region, department, kind)
    assert filing.year == 2023


def test_every_concept_of_an_allocation_has_its_ancestors() -> None:
    for name in NAMES:
        facts = facts_of(name)
        known = {(c.key.scheme, c.key.edition, c.key.notation): c for c in facts.concepts}
        for concept in facts.concepts:
            if concept.parent is not None:
                assert (concept.key.scheme, concept.key.edition, concept.parent) in known
        used = {
            a.classification for a in facts.allocations if a.cube in {Cube.FUNCTION, Cube.ECONOMIC}
        }
        assert {(k.scheme, k.edition, k.notation) for k in used if k is not None} <= set(known)
