"""Identifiers: the paths of the design, and that different keys never share an IRI."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from fiscograph.budget import (
    Allocation,
    BudgetPhase,
    ConceptKey,
    Cube,
    DocumentNumber,
    FilingId,
    OrganizationKey,
    PolicyKey,
    Project,
    Scheme,
    TableKey,
    name_key,
)
from fiscograph.identifiers import Identifiers, segment
from fiscograph.provenance import Place, Span

IDS = Identifiers(base="https://fiscograph.example/")
FILING = FilingId(region="500152", body="426", year=2023, kind="department-budget")
SHA = "0123456789abcdef" * 4
PLACE = Place(source=SHA, span=Span(line=12, start=30, end=35))

names = st.text(min_size=1, max_size=12).map(name_key).filter(lambda key: key.strip(".") != "")
codes = st.from_regex(r"[0-9]{6}", fullmatch=True).map(name_key)
filings = st.builds(
    FilingId,
    region=codes,
    body=names,
    year=st.integers(1000, 9999),
    kind=st.sampled_from(["department-budget", "unit-final"]),
)
numbers = st.builds(
    DocumentNumber,
    issuer_code=names,
    year=st.integers(1949, 2100),
    serial=st.integers(1, 9999),
    part=st.none() | st.integers(1, 20),
)
policies = st.one_of(
    st.builds(PolicyKey, number=numbers, qualifier=st.none() | codes),
    st.builds(PolicyKey, title=names),
)
concepts = st.builds(
    ConceptKey,
    scheme=st.sampled_from([scheme.value for scheme in Scheme]),
    edition=st.none() | st.integers(1949, 2100),
    notation=names,
    region=st.none() | st.from_regex(r"[1-8][0-9]{5}", fullmatch=True),
)
projects = st.builds(
    Project, code=st.none() | codes, filing=filings, budget_key=names, names=st.just(("甲",))
)


def allocation(notation: str, fund: str) -> Allocation:
    return Allocation(
        cube=Cube.FUNCTION,
        organization=OrganizationKey(region="500152", body="426"),
        fiscal_year=2023,
        phase=BudgetPhase.APPROVED,
        operation="expenditure",
        classification=ConceptKey(scheme="function", edition=2023, notation=notation),
        project=None,
        label="行政运行",
        fund=ConceptKey(scheme="fund", edition=None, notation=fund),
        spending_type=ConceptKey(scheme="spending-type", edition=None, notation="basic"),
        amount=Decimal(1),
        evidence=(PLACE,),
        rule="frontier",
    )


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (IDS.filing(FILING), "filing/500152-426-2023-department-budget"),
        (IDS.source(SHA), "source/0123456789abcdef"),
        (IDS.at(PLACE), "source/0123456789abcdef/at/L12C30"),
        (IDS.line(PLACE), "source/0123456789abcdef/at/L12"),
        (IDS.table(TableKey(source=SHA, locator="L9C1")), "source/0123456789abcdef/table/L9C1"),
        (
            IDS.allocation(FILING, allocation("2080101", "GPB")),
            (
                "filing/500152-426-2023-department-budget/allocation/expenditure-by-function/"
                "426.2023.approved.expenditure.2080101.GPB.basic"
            ),
        ),
        (
            IDS.organization(OrganizationKey(region="500152", body="426001")),
            "organization/500152/426001",
        ),
        (IDS.project_budget(FILING, "P1"), "filing/500152-426-2023-department-budget/project/P1"),
        (
            IDS.project(Project(code="P1", filing=None, budget_key=None, names=())),
            "project/P1",
        ),
        (
            IDS.project(Project(code=None, filing=FILING, budget_key="L7C2", names=())),
            "project/500152-426-2023-department-budget/L7C2",
        ),
        (
            IDS.policy(
                PolicyKey(
                    number=DocumentNumber(issuer_code="县财发", year=2021, serial=7),
                    qualifier="500152",
                )
            ),
            "policy/500152/县财发/2021/7",
        ),
        (IDS.policy(PolicyKey(title="社会保险法")), "policy/title/社会保险法"),
        (
            IDS.policy(
                PolicyKey(number=DocumentNumber(issuer_code="国务院令", year=None, serial=709))
            ),
            "policy/国务院令/709",
        ),
        (
            IDS.policy(
                PolicyKey(
                    number=DocumentNumber(issuer_code="渝财社", year=2022, serial=155, part=1)
                )
            ),
            "policy/渝财社/2022/155-1",
        ),
        (
            IDS.concept(ConceptKey(scheme="function", edition=2023, notation="2080101")),
            "code/function/2023/2080101",
        ),
        (
            IDS.concept(
                ConceptKey(
                    scheme="departmental-economic",
                    edition=2023,
                    notation="30223",
                    region="500110",
                )
            ),
            "code/departmental-economic/2023-500110/30223",
        ),
        (
            IDS.regional_scheme("departmental-economic", "500110"),
            "code/departmental-economic/region/500110",
        ),
        (IDS.level("function", 2), "code/function/level/2"),
        (IDS.issuer("县财发", "500152"), "code/issuer/500152/县财发"),
        (
            IDS.concept_mapping(
                ConceptKey(scheme="function", edition=2023, notation="20807"),
                ConceptKey(scheme="cofog", edition=1999, notation="10.5"),
            ),
            "code/function/2023/20807/mapping/cofog/10.5",
        ),
        (IDS.concept(ConceptKey(scheme="fund", edition=None, notation="GPB")), "code/fund/GPB"),
        (IDS.scheme("fund"), "code/fund"),
        (IDS.cube(Cube.FUNCTION), "cube/expenditure-by-function"),
        (IDS.region("500152"), "region/500152"),
        (IDS.filing_graph(FILING), "graph/filing/500152-426-2023-department-budget"),
        (IDS.policies_graph, "graph/policies"),
    ],
)
def test_paths_are_those_of_the_design(iri: str, path: str) -> None:
    assert IDS.path(iri) == path


@pytest.mark.parametrize("base", ["", "fiscograph", "https://x", "https://x/?", "https://x/a%20/"])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="no base IRI"):
        Identifiers(base=base)


def test_a_path_of_another_publisher_is_refused() -> None:
    with pytest.raises(ValueError, match="not under"):
        IDS.path("https://elsewhere.example/region/500152")


def test_things_without_a_key_are_refused() -> None:
    with pytest.raises(ValueError, match="neither number nor title"):
        IDS.policy(PolicyKey())
    with pytest.raises(ValueError, match="neither code nor filing"):
        IDS.project(Project(code=None, filing=None, budget_key=None, names=("甲",)))
    with pytest.raises(ValueError, match="no key"):
        segment(" \n")


def test_the_parts_of_an_allocation_key_stay_apart() -> None:
    one, other = allocation("20801.1", "GPB"), allocation("20801", "1.GPB")
    assert IDS.allocation(FILING, one) != IDS.allocation(FILING, other)


@given(st.lists(policies, min_size=2, max_size=2, unique=True))
def test_different_policies_have_different_iris(keys: list[PolicyKey]) -> None:
    assert IDS.policy(keys[0]) != IDS.policy(keys[1])


@given(st.lists(concepts, min_size=2, max_size=2, unique=True))
def test_different_concepts_have_different_iris(keys: list[ConceptKey]) -> None:
    assert IDS.concept(keys[0]) != IDS.concept(keys[1])


@given(st.lists(filings, min_size=2, max_size=2, unique=True))
def test_different_filings_have_different_iris(keys: list[FilingId]) -> None:
    assert IDS.filing(keys[0]) != IDS.filing(keys[1])


@given(st.text(min_size=1), policies, concepts, projects)
def test_every_iri_is_valid_and_canonical(
    text: str, policy: PolicyKey, concept: ConceptKey, project: Project
) -> None:
    iris = [IDS.policy(policy), IDS.concept(concept), IDS.project(project)]
    if name_key(text):
        iris.append(IDS.project_budget(FILING, text))
    for iri in iris:
        assert NamedNode(iri).value == iri
        assert "%" not in iri
        assert unicodedata.is_normalized("NFC", iri)
        assert not {"", ".", ".."} & set(IDS.path(iri).split("/"))
