"""Money through other documents, over years, phases and covered filings: each counted by the rule."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from tests.tracing.made import MADE

from fiscograph.queries import QueryEngine
from fiscograph.tracing import (
    Funding,
    Ranking,
    Tracer,
    Wanted,
    as_graphml,
    as_mermaid,
    graph_of,
    graphml_lines,
)

CENTRAL, COUNTY = f"{MADE}policy/国发/2020/1", f"{MADE}policy/区府发/2021/3"


@pytest.fixture(scope="module")
def central(made: Tracer) -> Funding:
    return made.funding(made.documents.by_iri[CENTRAL])


def test_what_cites_a_document_is_told_apart_from_what_cites_one_that_hands_it_on(
    central: Funding,
) -> None:
    found = {one.project_budget.removeprefix(MADE): one.relation for one in central.projects}
    assert found == {
        "filing/a22/project/1": "direct",
        "filing/a23/project/1": "direct",
        "filing/a23-final/project/1": "direct",
        "filing/a23-unit/project/1": "direct",
        "filing/b23/project/1": "direct",
        "filing/a23/project/2": "through",
        "filing/a23/project/4": "through",
    }
    (one,) = [row for row in central.projects if row.name == "只经由区里"]
    assert [(step.document, step.relation) for step in one.bases[0].steps] == [
        (COUNTY, "implements"),
        (f"{MADE}policy/渝府发/2020/2", "forwards"),
    ]


def test_years_and_phases_are_never_added_up(central: Funding) -> None:
    assert central.total_cny is None
    assert [(total.fiscal_year, total.phase, total.amount_cny) for total in central.totals] == [
        ("2023", "executed", Decimal(99)),
        ("2023", "approved", Decimal("123.5")),
        ("2022", "approved", Decimal(90)),
    ]


def test_a_project_with_three_documents_of_one_chain_is_counted_once(central: Funding) -> None:
    (total,) = [t for t in central.totals if (t.fiscal_year, t.phase) == ("2023", "approved")]
    assert (total.direct_cny, total.through_cny) == (Decimal(103), Decimal("20.5"))
    assert (total.projects, total.without_amount, total.covered) == (4, 1, 1)


def test_chains_lead_up_to_the_highest_and_end_where_they_come_round(made: Tracer) -> None:
    found = made.funding(made.documents.by_iri[COUNTY])
    assert [[(s.relation, s.of.removeprefix(MADE)) for s in chain] for chain in found.chains] == [
        [("based-on", "policy/国发/2020/4")],
        [("implements", "policy/渝府发/2020/2"), ("forwards", "policy/国发/2020/1")],
    ]


def test_a_document_that_only_rests_on_another_does_not_carry_its_money(made: Tracer) -> None:
    found = made.funding(made.documents.by_iri[f"{MADE}policy/国发/2020/4"])
    assert [one.name for one in found.projects] == ["乙项目"]
    assert found.carriers == ()


def test_every_edge_from_a_document_names_its_sentence(central: Funding) -> None:
    for one in central.projects:
        cited = {basis.document for basis in one.bases}
        assert {mention.document for mention in one.via} == cited
        for mention in one.via:
            assert mention.sentence is not None
            assert mention.sentence.startswith("根据")
            assert mention.text in mention.sentence
            assert mention.source_file == f"{one.filing.removeprefix(MADE)[7:]}.txt"


def test_functions_are_those_that_the_filing_states_and_no_others(central: Funding) -> None:
    stated = {one.project_budget: one.functions for one in central.projects if one.functions}
    (functions,) = stated.values()
    assert [(one.code, one.amount_cny) for one in functions] == [("2080799", Decimal(100))]


def ranked(found: Ranking, year: str, phase: str) -> dict[str, Decimal]:
    return {
        row.label: row.amount_cny
        for row in found.rows
        if (row.fiscal_year, row.phase) == (year, phase)
    }


def test_each_document_has_the_whole_amount_and_the_union_has_it_once(made: Tracer) -> None:
    found = made.ranking()
    assert ranked(found, "2023", "approved") == {
        "国发〔2020〕1号": Decimal(103),
        "渝府发〔2020〕2号": Decimal(100),
        "区府发〔2021〕3号": Decimal("120.5"),
        "国发〔2020〕4号": Decimal(3),
        "《乙条例》": Decimal(3),
    }
    unions = {(one.fiscal_year, one.phase): one for one in found.unions}
    assert unions["2023", "approved"].amount_cny == Decimal("123.5")
    assert unions["2023", "approved"].covered == 1
    assert unions["2022", "approved"].amount_cny == Decimal(90)


def test_a_ranking_is_narrowed_by_year_region_and_level(made: Tracer) -> None:
    wanted = Wanted(year="2023", phase="approved", region="2", level="central")
    found = made.ranking(wanted)
    assert [(row.label, row.amount_cny) for row in found.rows] == [
        ("国发〔2020〕1号", Decimal(3)),
        ("国发〔2020〕4号", Decimal(3)),
    ]
    assert found.unions[0].amount_cny == Decimal(3)
    assert found.filters == (
        ("year", "2023"),
        ("phase", "approved"),
        ("region", "2"),
        ("level", "central"),
    )


def test_shared_documents_have_projects_in_several_regions(made: Tracer) -> None:
    (row,) = made.shared().rows
    assert row.document == CENTRAL
    assert [(one.name, one.amount_cny) for one in row.regions] == [
        ("甲区", Decimal(100)),
        ("乙区", Decimal(3)),
    ]


def test_projects_without_a_document_and_their_money(made: Tracer) -> None:
    found = made.without_basis()
    assert [(row.name, row.amount_cny) for row in found.rows] == [("没有依据", Decimal(7))]
    assert found.unions[0].amount_cny == Decimal(7)


def test_the_share_of_each_departments_money(made: Tracer) -> None:
    found = {(row.name, row.fiscal_year, row.phase): row for row in made.shares().rows}
    row = found["甲局", "2023", "approved"]
    assert (row.with_basis_cny, row.amount_cny) == (Decimal("120.5"), Decimal("127.5"))
    assert row.share == Decimal("0.9451")
    assert (row.with_basis, row.projects, row.covered, row.without_amount) == (3, 4, 1, 1)


def test_a_project_has_its_documents_of_every_year(made: Tracer) -> None:
    found = made.basis(f"{MADE}project/a三份文件")
    years = [(one.fiscal_year, one.phase, len(one.bases)) for one in found.projects]
    assert sorted(years, key=str) == [
        ("2022", "approved", 1),
        ("2023", "approved", 2),
        ("2023", "approved", 3),
        ("2023", "executed", 1),
    ]
    assert found.total_cny is None


@pytest.mark.parametrize("body", ["100", "100001"])
def test_an_organization_has_the_documents_of_its_projects(made: Tracer, body: str) -> None:
    found = made.of_organization(f"{MADE}organization/1/{body}", "甲")
    assert {row.label for row in found.ranking} == {
        "国发〔2020〕1号",
        "渝府发〔2020〕2号",
        "区府发〔2021〕3号",
    }
    (share,) = [s for s in found.shares if (s.fiscal_year, s.phase) == ("2023", "approved")]
    assert share.amount_cny == Decimal("127.5")


def test_a_code_of_two_organizations_names_neither(made: Tracer) -> None:
    meant = made.meant("100")
    assert not meant.found
    assert {one.name for one in meant.things} == {"甲局", "乙局"}
    assert made.follow(meant) is None


def test_a_project_whose_name_holds_its_documents_number_is_the_project(whole: QueryEngine) -> None:
    tracer = Tracer(whole, base="https://fiscograph.example/")
    meant = tracer.meant("渝财社[2022]155下达2023年就业补助资金")
    assert meant.thing is not None
    assert meant.thing.kind == "project"
    assert tracer.resolve("渝财社[2022]155下达2023年就业补助资金").document is not None


def test_the_graph_counts_covered_filings_nowhere_and_keeps_years_apart(central: Funding) -> None:
    graph = graph_of(central)
    unit, department = f"{MADE}organization/1/100001", f"{MADE}organization/1/100"
    assert graph.edges[unit, department]["amounts"] == {
        ("2022", "approved"): Decimal(90),
        ("2023", "approved"): Decimal("120.5"),
        ("2023", "executed"): Decimal(99),
    }
    assert graph.edges[f"{MADE}policy/渝府发/2020/2", COUNTY]["relation"] == "implements"
    for start, end, data in graph.edges(data=True):
        if graph.nodes[start]["kind"] == "policy" and graph.nodes[end]["kind"] == "project-budget":
            assert data["mentions"]


def test_graphs_are_written_whole(central: Funding) -> None:
    graph = graph_of(central)
    root = ET.fromstring(as_graphml(central))  # noqa: S314  our own text
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert {node.get("id") for node in root.iter(f"{space}node")} == set(graph.nodes)
    assert len(list(root.iter(f"{space}edge"))) == graph.number_of_edges()
    lines = as_mermaid(central).splitlines()
    assert lines[0] == "flowchart LR"
    assert len(lines) == 1 + graph.number_of_nodes() + graph.number_of_edges()


def test_sums_stand_with_and_without_what_is_only_inferred(made: Tracer) -> None:
    by_label = {row.label: row for row in made.ranking(Wanted(year="2023", phase="approved")).rows}
    hinted = by_label["国发〔2020〕4号"]
    assert (hinted.amount_cny, hinted.stated_cny, hinted.inferred) == (Decimal(3), Decimal(0), 1)
    stated = by_label["国发〔2020〕1号"]
    assert (stated.stated_cny, stated.inferred) == (stated.amount_cny, 0)
    unions = {(one.fiscal_year, one.phase): one for one in made.ranking().unions}
    # A project with another document that is printed is no inferred one.
    assert unions["2023", "approved"].inferred == 0
    only = unions["2022", "approved"]
    assert (only.amount_cny, only.stated_cny, only.inferred) == (Decimal(90), Decimal(0), 1)
    (share,) = [one for one in made.shares().rows if one.fiscal_year == "2022"]
    assert (share.with_basis_cny, share.stated_cny, share.inferred) == (Decimal(90), Decimal(0), 1)
    assert share.stated_share == 0


def test_a_basis_is_as_sure_as_its_surest_mention(made: Tracer) -> None:
    found = made.basis(f"{MADE}project/b乙项目")
    (one,) = found.projects
    assert {basis.label: (basis.score, basis.inferred) for basis in one.bases} == {
        "国发〔2020〕1号": (1.0, False),
        "国发〔2020〕4号": (0.6, True),
        "《乙条例》": (1.0, False),
    }
    assert not one.inferred


def test_the_graph_of_all_has_every_edge_with_its_score(made: Tracer) -> None:
    graph = made.graph()
    assert {
        (start, end)
        for start, end in graph.edges
        if graph.nodes[start]["kind"] == "policy" and graph.nodes[end]["kind"] == "project-budget"
    } == {(document.iri, budget.iri) for document, budget in made.whole.pairs()}
    scores = {data["score"] for _, _, data in graph.edges(data=True) if "score" in data}
    assert scores == {"1", "0.6"}
    assert f"{MADE}code/function/2023/2080799" in graph
    root = ET.fromstring("".join(graphml_lines(graph)))  # noqa: S314  our own text
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(list(root.iter(f"{space}node"))) == graph.number_of_nodes()
    assert len(list(root.iter(f"{space}edge"))) == graph.number_of_edges()
