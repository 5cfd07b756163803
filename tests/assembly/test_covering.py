"""A unit's filing is covered where its department's filing of that year is there too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode
from tests.golden.disclosed import BEIBEI, NAMES, QIJIANG_DATA, TONGNAN, facts_of
from tests.mapping.builder import IDS

from fiscograph.assembly.covering import coverings
from fiscograph.assembly.reduction import reduce_facts
from fiscograph.budget import Covering, FilingFacts, FilingKind
from fiscograph.mapping import map_shared
from fiscograph.vocabulary import FG
from fiscograph.vocabulary.codelists import load_code_lists


def filed(
    name: str, code: str, kind: FilingKind, *, year: int = 2023, region: str = "500152"
) -> FilingFacts:
    """A filing of the five, as if another body had disclosed it."""
    facts = facts_of(name)
    key = replace(facts.filing.id, region=region, body=code, year=year, kind=kind.value)
    filing = replace(facts.filing, id=key, region=region, body_code=code, year=year, kind=kind)
    return replace(facts, filing=filing)


UNIT = filed(QIJIANG_DATA, "426003", FilingKind.UNIT_BUDGET)
DEPARTMENT = facts_of(TONGNAN)


def test_the_department_that_prints_a_unit_covers_the_units_filing() -> None:
    covering = Covering(filing=UNIT.filing.id, by=DEPARTMENT.filing.id)
    assert coverings([UNIT, DEPARTMENT]) == coverings([DEPARTMENT, UNIT]) == (covering,)


@pytest.mark.parametrize(
    "other",
    [
        filed(QIJIANG_DATA, "426003", FilingKind.UNIT_BUDGET, year=2022),
        filed(QIJIANG_DATA, "426003", FilingKind.UNIT_FINAL),
        filed(QIJIANG_DATA, "426003", FilingKind.UNIT_BUDGET, region="500110"),
        filed(QIJIANG_DATA, "426009", FilingKind.UNIT_BUDGET),
        filed(QIJIANG_DATA, "426003", FilingKind.DEPARTMENT_BUDGET),
    ],
    ids=["year", "phase", "region", "unit not printed", "kind"],
)
def test_a_filing_of_something_else_is_not_covered(other: FilingFacts) -> None:
    assert coverings([other, DEPARTMENT]) == ()


def test_a_department_that_prints_no_unit_covers_those_that_its_code_begins() -> None:
    own = DEPARTMENT.filing.body_code
    alone = replace(
        DEPARTMENT, organizations=tuple(o for o in DEPARTMENT.organizations if o.code == own)
    )
    other = filed(QIJIANG_DATA, "427003", FilingKind.UNIT_BUDGET)
    assert [one.filing for one in coverings([UNIT, other, alone])] == [UNIT.filing.id]


def test_of_the_five_filings_none_covers_another() -> None:
    assert coverings([facts_of(name) for name in NAMES]) == ()
    assert coverings([facts_of(BEIBEI)]) == ()


def test_the_graph_says_which_filing_is_covered() -> None:
    lists = load_code_lists()
    shared = reduce_facts([UNIT, DEPARTMENT], lists, ())
    said = [
        (quad.subject, quad.object, quad.graph_name)
        for quad in map_shared(shared, IDS)
        if quad.predicate == FG.coveredBy
    ]
    assert said == [
        (
            NamedNode(IDS.filing(UNIT.filing.id)),
            NamedNode(IDS.filing(DEPARTMENT.filing.id)),
            NamedNode(IDS.organizations_graph),
        )
    ]
