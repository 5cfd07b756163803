"""The graph of a filing: key triples, closed vocabulary, nothing of what is not published."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from tests.mapping.builder import (
    CODE,
    IDS,
    PRINTED,
    SHA,
    SHEET,
    allocation,
    filing_facts,
    place,
    printed_amount,
    project_budget,
)

from fiscograph.budget import Cube, TextField
from fiscograph.identifiers import Identifiers
from fiscograph.mapping import map_filing
from fiscograph.mapping.cube import dimensions
from fiscograph.mapping.text_field import blacked_out
from fiscograph.vocabulary import DQV, FG, OA, PREFIXES, PROV, QB, RDF, RDFS, XSD
from fiscograph.vocabulary.ontology import ontology

QUADS = map_filing(filing_facts(), IDS, program_version="0.1.0")
FILING = "filing/500152-426-2023-department-budget"
SOURCE = "source/0123456789abcdef"


def iri(path: str) -> NamedNode:
    return NamedNode(IDS.base + path)


def values(path: str, predicate: NamedNode) -> list[str]:
    return [
        quad.object.value
        for quad in QUADS
        if quad.subject == iri(path)
        and quad.predicate == predicate
        and isinstance(quad.object, (NamedNode, Literal))
    ]


def instances(kind: NamedNode) -> list[NamedNode]:
    return [
        quad.subject
        for quad in QUADS
        if quad.predicate == RDF.type
        and quad.object == kind
        and isinstance(quad.subject, NamedNode)
    ]


def test_all_quads_stand_in_the_graph_of_the_filing_once_and_without_blank_nodes() -> None:
    assert len(set(QUADS)) == len(QUADS)
    for quad in QUADS:
        assert quad.graph_name == iri("graph/filing/500152-426-2023-department-budget")
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_a_printed_amount_keeps_its_text_and_its_place() -> None:
    amount = f"{SOURCE}/at/L12C30"
    assert values(amount, FG.printedText) == ["4,144.00"]
    assert values(amount, FG.printedValue) == ["4144"]
    assert values(amount, FG.amountAsPrinted) == ["41440000"]
    assert values(amount, FG.columnHeader) == ["支出/项目支出"]
    assert values(amount, FG.rival) == ["支出/基本支出"]
    assert values(amount, FG.placement) == ["chosen"]
    assert [values(amount, term) for term in (FG.line, FG.start, FG.end)] == [
        ["12"],
        ["30"],
        ["37"],
    ]
    assert values(amount, FG.page) == []


def test_the_place_is_also_said_in_the_words_of_web_annotation() -> None:
    amount = f"{SOURCE}/at/L12C30"
    assert values(amount, OA.hasSource) == [IDS.base + f"{SOURCE}/at/L12"]
    assert values(f"{SOURCE}/at/L12", OA.hasSource) == [IDS.base + SOURCE]
    assert values(f"{SOURCE}/at/L12/selector", RDF.value) == ["line=11,12"]
    assert values(f"{amount}/position", OA.start) == ["29"]
    assert values(f"{amount}/position", OA.end) == ["37"]
    assert values(f"{amount}/quote", OA.exact) == ["4,144.00"]


def test_an_allocation_is_an_observation_in_yuan_that_leads_back_to_its_ink() -> None:
    observation = (
        f"{FILING}/allocation/expenditure-by-function/"
        "426.2023.approved.expenditure.2080799.GPB.not-stated"
    )
    assert Quad(
        iri(observation),
        FG.amount,
        Literal("41440000", datatype=XSD.decimal),
        iri("graph/filing/500152-426-2023-department-budget"),
    ) in set(QUADS)
    assert values(observation, QB.dataSet) == [IDS.base + "cube/expenditure-by-function"]
    assert values(observation, FG.functionalClassification) == [
        IDS.base + "code/function/2023/2080799"
    ]
    assert values(observation, PROV.wasDerivedFrom) == [IDS.at(PRINTED), IDS.at(SHEET)]
    assert values(observation, PROV.hadPrimarySource) == [IDS.at(PRINTED)]


@pytest.mark.parametrize("cube", list(Cube))
def test_every_observation_has_every_dimension_of_its_cube(cube: Cube) -> None:
    facts = replace(filing_facts(), allocations=(allocation(cube),))
    quads = map_filing(facts, IDS, program_version="0.1.0")
    about = {quad.subject for quad in quads if quad.object == QB.Observation}
    said = [quad.predicate for quad in quads if quad.subject in about]
    for dimension in dimensions(cube):
        assert said.count(dimension) == 1, dimension


def test_an_unclassified_allocation_says_not_stated() -> None:
    facts = replace(
        filing_facts(), allocations=(replace(allocation(Cube.ECONOMIC), classification=None),)
    )
    quads = map_filing(facts, IDS, program_version="0.1.0")
    assert iri("code/departmental-economic/not-stated") in {
        quad.object for quad in quads if quad.predicate == FG.economicClassification
    }


def test_a_project_budget_rests_on_the_documents_that_it_cites_itself() -> None:
    budget = f"{FILING}/project/{CODE}"
    assert values(budget, FG.legalBasis) == [IDS.base + "policy/渝财社/2022/155"]
    assert values(budget, FG.hasIndicator) == [IDS.base + f"{SOURCE}/at/L50C20"]
    assert values(budget, FG.project) == [IDS.base + f"project/{CODE}"]
    assert values(budget, FG.budgetAmount) == ["41440000"]
    assert values(budget, FG.upperFunds) == ["41440000"]
    assert values(budget, FG.ownFunds) == []
    citations = tuple(replace(item, project=None) for item in filing_facts().citations)
    elsewhere = map_filing(
        replace(filing_facts(), citations=citations), IDS, program_version="0.1.0"
    )
    assert not [quad for quad in elsewhere if quad.predicate == FG.legalBasis]


def test_checks_and_findings_say_rule_sides_and_messages() -> None:
    check = f"{FILING}/check/row-sum/L12"
    assert values(check, FG.difference) == ["-0.1"]
    assert values(check, FG.outcome) == ["fails"]
    assert values(check, DQV.computedOn) == [IDS.base + FILING]
    assert values(check, DQV.isMeasurementOf) == values(check, FG.rule)
    assert values(check, FG.term) == [IDS.at(PRINTED), IDS.at(SHEET)]
    finding = f"{FILING}/finding/row-sum/L12C30"
    assert values(finding, FG.rule) == [IDS.base + "code/rule/row-sum"]
    assert values(finding, OA.motivatedBy) == [DQV.qualityAssessment.value]
    assert values(finding, OA.hasTarget) == [IDS.base + FILING]
    assert sorted(values(finding, FG.message)) == [
        "the total differs from the sum of its parts",
        "合计与各项之和不等",
    ]
    assert values(finding, FG.relatedLine) == ["40"]


def test_contacts_never_appear() -> None:
    text = "\n".join(str(quad) for quad in QUADS)
    assert "张某" not in text
    assert "1234" not in text.replace(SHA, "").replace("0123456789abcdef", "")
    assert f"{FILING}/project/{CODE}" in text
    assert values(f"{FILING}/project/{CODE}", FG.otherText) == ["联系方式：██ ████████"]


def test_a_text_that_cannot_be_lined_up_with_a_contact_is_left_out() -> None:
    field = TextField(field="goals", text="张某", parts=(place(42, 1, 5),))
    assert blacked_out(field, (place(42, 2, 3),)) is None
    assert blacked_out(field, (place(43, 2, 3),)) == "张某"


def test_the_run_names_the_program_and_its_inputs_and_no_clock() -> None:
    run = f"{FILING}/run"
    assert values(run, FG.programVersion) == ["0.1.0"]
    assert values(run, PROV.used) == [IDS.base + SOURCE]
    assert values("graph/filing/500152-426-2023-department-budget", PROV.wasGeneratedBy) == [
        IDS.base + run
    ]
    assert not [quad for quad in QUADS if "dateTime" in str(quad.object)]


def test_the_printed_total_of_a_cube_is_marked() -> None:
    assert values(f"{SOURCE}/at/L12C30", FG.printedTotalOf) == [
        IDS.base + "cube/expenditure-by-function"
    ]


def test_every_term_in_use_is_declared() -> None:
    declared = {triple.subject for triple in ontology()}
    used = {quad.predicate for quad in QUADS} | {
        quad.object for quad in QUADS if quad.predicate == RDF.type
    }
    ours = {
        term
        for term in used
        if isinstance(term, NamedNode) and term.value.startswith(PREFIXES["fg"])
    }
    assert ours <= declared
    assert instances(FG.Citation)
    assert not [quad for quad in QUADS if quad.predicate == RDFS.Class]


def test_characters_that_xml_forbids_do_not_reach_the_graph() -> None:
    facts = replace(filing_facts(), projects=(replace(project_budget(), name="甲\x00乙"),))
    quads = map_filing(facts, IDS, program_version="0.1.0")
    assert [quad for quad in quads if "甲\ufffd乙" in str(quad.object)]
    assert not [quad for quad in quads if "\x00" in str(quad.object)]


def test_a_reference_to_no_project_budget_is_refused() -> None:
    with pytest.raises(KeyError):
        map_filing(replace(filing_facts(), projects=()), IDS, program_version="0.1.0")


def test_another_publisher_has_its_own_instances_and_the_same_words() -> None:
    other = map_filing(
        filing_facts(), Identifiers(base="https://budget.example/open/"), program_version="0.1.0"
    )
    assert {quad.predicate for quad in other} == {quad.predicate for quad in QUADS}
    assert not [quad for quad in other if IDS.base in str(quad)]


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_order_does_not_depend_on_the_hash_seed(seed: str) -> None:
    program = (
        "from tests.mapping.builder import IDS, filing_facts\n"
        "from fiscograph.mapping import map_filing\n"
        "print(*map_filing(filing_facts(), IDS, program_version='0.1.0'), sep='\\n')"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUTF8": "1",
    }
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )
    assert run.stdout.decode("utf-8").splitlines() == [str(quad) for quad in QUADS]


def test_the_order_of_the_facts_does_not_matter() -> None:
    facts = filing_facts()
    turned = replace(facts, printed_amounts=facts.printed_amounts[::-1])
    assert map_filing(turned, IDS, program_version="0.1.0") == QUADS
    assert printed_amount(PRINTED) in turned.printed_amounts
