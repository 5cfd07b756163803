from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from tests.serving.small_release import BASE, NUMBER, POLICY_PATH, PROJECT_PATH, UNIT_PATH

from fiscograph.queries import QueryEngine
from fiscograph.tracing import trace


@pytest.mark.parametrize("typed", [NUMBER, "渝财社[2022]155", "渝财社（２０２２） 155 号"])
def test_a_number_leads_to_project_unit_amount_and_line(engine: QueryEngine, typed: str) -> None:
    found = trace(engine, typed)
    assert found.number == NUMBER
    assert found.policies == (BASE + POLICY_PATH,)
    assert found.issuers == ("重庆市财政局",)
    (row,) = found.rows
    assert row.name == "就业补助资金渝财社[2022]155"
    assert row.code == "50015223T000003175737"
    assert row.unit == "重庆市潼南区就业和人才中心"
    assert row.department == "重庆市潼南区人力资源和社会保障局"
    assert row.year == "2023"
    assert row.amount == Decimal(41_440_000)
    assert (row.printed, row.printed_unit, row.line) == ("4,144.00", "万元", 12)
    assert [(mention.field, mention.line) for mention in row.via] == [("立项依据", 41)]
    assert found.total == Decimal(41_440_000)


def test_the_graph_leads_from_policy_to_department(engine: QueryEngine) -> None:
    graph = trace(engine, NUMBER).graph()
    path = [
        BASE + POLICY_PATH,
        BASE + PROJECT_PATH,
        BASE + UNIT_PATH,
        BASE + "organization/500152/426",
    ]
    assert list(graph.edges) == list(pairwise(path))
    assert [graph.nodes[node]["kind"] for node in path] == [
        "policy",
        "project-budget",
        "unit",
        "department",
    ]
    amounts = {data["amount"] for _, _, data in graph.edges(data=True)}
    assert amounts == {Decimal(41_440_000)}


def test_an_unknown_number_gets_its_nearest(engine: QueryEngine) -> None:
    found = trace(engine, "渝财社〔2022〕156号")
    assert not found.found
    assert found.rows == ()
    assert found.nearest == (NUMBER,)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        '"',
        '渝财社〔2022〕155号" } UNION { ?policy ?p ?number',
        "' } #",
        "\\",
        "<script>alert(1)</script>",
        "\n; DROP ALL",
    ],
)
def test_what_is_typed_is_never_read_as_a_query(engine: QueryEngine, typed: str) -> None:
    found = trace(engine, typed)
    assert found.policies in {(), (BASE + POLICY_PATH,)}
    assert len(found.rows) <= 1
