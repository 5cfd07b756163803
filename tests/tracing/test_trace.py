from __future__ import annotations

import csv
from decimal import Decimal
from itertools import pairwise

import pytest
from tests.serving.small_release import BASE, NUMBER, POLICY_PATH, PROJECT_PATH, UNIT_PATH

from fiscograph.tracing import Found, Funding, Tracer, as_csv, graph_of, trace

TITLE = "关于提前下达2023年就业补助资金预算的通知"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "渝财社[2022]155",
        "渝财社（２０２２） 155 号",
        "渝财社2022155",
        TITLE,
        f"《{TITLE}》",
    ],
)
def test_a_number_or_title_leads_to_project_unit_amount_and_line(
    tracer: Tracer, typed: str
) -> None:
    found = trace(tracer, typed)
    assert found.number == NUMBER
    assert found.policies == (BASE + POLICY_PATH,)
    assert found.issuers == ("重庆市财政局",)
    (row,) = found.rows
    assert row.name == "就业补助资金渝财社[2022]155"
    assert row.code == "50015223T000003175737"
    assert row.unit == "重庆市潼南区就业和人才中心"
    assert row.department == "重庆市潼南区人力资源和社会保障局"
    assert (row.fiscal_year, row.phase) == ("2023", "approved")
    assert row.amount_cny == Decimal(41_440_000)
    assert (row.printed, row.printed_unit, row.line) == ("4,144.00", "万元", 12)
    assert row.source_file == "500152-426-2023.txt"
    assert [(one.field, one.sentence, one.line) for one in row.via] == [
        ("立项依据", "渝财社【2022】155号", 41)
    ]
    assert [(one.name, one.target) for one in row.indicators] == [("职业培训人数", "5000")]
    assert found.total == Decimal(41_440_000)


def test_the_graph_leads_from_policy_to_department(tracer: Tracer) -> None:
    found = trace(tracer, NUMBER).funding
    assert found is not None
    graph = graph_of(found)
    path = [
        BASE + POLICY_PATH,
        BASE + PROJECT_PATH,
        BASE + UNIT_PATH,
        BASE + "organization/500152/426",
    ]
    assert [edge for edge in graph.edges if graph.edges[edge]["relation"] == "funds"] == list(
        pairwise(path)
    )
    assert [graph.nodes[node]["kind"] for node in path] == [
        "policy",
        "project-budget",
        "unit",
        "department",
    ]
    (first, *others) = (
        data for _, _, data in graph.edges(data=True) if data["relation"] == "funds"
    )
    assert first["amount"] == Decimal(41_440_000)
    assert [data["amounts"] for data in others] == [{("2023", "approved"): Decimal(41_440_000)}] * 2


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("50015223T000003175737", "project"),
        ("就业补助资金渝财社[2022]155", "project"),
        (f"{BASE}project/50015223T000003175737", "project"),
        ("project/50015223T000003175737", "project"),
        (PROJECT_PATH, "project"),
        (POLICY_PATH, "document"),
        ("426003", "organization"),
        ("重庆市潼南区就业和人才中心", "organization"),
        ("潼南区人社局", "organization"),
        (UNIT_PATH, "organization"),
    ],
)
def test_whatever_can_be_traced_is_found_by_its_names(
    tracer: Tracer, typed: str, kind: str
) -> None:
    found = tracer.follow(tracer.meant(typed))
    assert found is not None
    assert found.kind == kind
    assert found.typed == typed
    assert found.total_cny == Decimal(41_440_000)
    assert [one.name for one in found.projects] == ["就业补助资金渝财社[2022]155"]


def test_a_piece_of_a_name_names_nothing_and_lists_what_it_fits(tracer: Tracer) -> None:
    meant = tracer.meant("就业")
    assert tracer.follow(meant) is None
    assert {one.kind for one in meant.things} == {"project", "organization"}


def test_an_unknown_number_gets_its_nearest(tracer: Tracer) -> None:
    found = trace(tracer, "渝财社〔2022〕156号")
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
        "http://a b",
        "https://",
    ],
)
def test_what_is_typed_is_never_read_as_a_query(tracer: Tracer, typed: str) -> None:
    found = tracer.follow(tracer.meant(typed))
    assert found is None or (isinstance(found, Funding) and found.policies == (BASE + POLICY_PATH,))
    assert trace(tracer, typed).resolution.found in Found


def test_csv_has_a_row_for_each_project(tracer: Tracer) -> None:
    found = trace(tracer, NUMBER).funding
    assert found is not None
    (told,) = csv.DictReader(as_csv(found).splitlines())
    assert told["amount_cny"] == "41440000"
    assert told["documents"] == NUMBER
    assert told["sentences"] == "渝财社【2022】155号"
