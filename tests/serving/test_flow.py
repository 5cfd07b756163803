"""The picture's data over a made graph: years and phases apart, money through other documents, functions,
and nothing counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.tracing.made import MADE, quads

from fiscograph.queries import QueryEngine
from fiscograph.serving.data.paths import Paths
from fiscograph.serving.traced.flow import Flow, flow_of, flow_of_organization
from fiscograph.tracing import Tracer

PATHS = Paths(base=MADE)


@pytest.fixture(scope="module")
def tracer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracer]:
    path = tmp_path_factory.mktemp("flow") / "store"
    quads(path)
    with QueryEngine(path, base=MADE, workers=1) as engine:
        yield Tracer(engine, base=MADE)


def drawn(tracer: Tracer, number: str) -> Flow:
    document = tracer.resolve(number).document
    assert document is not None
    return flow_of(tracer.funding(document), PATHS)


def test_every_year_and_phase_is_a_picture_of_its_own(tracer: Tracer) -> None:
    flow = drawn(tracer, "国发〔2020〕1号")
    assert [group.label for group in flow.groups] == [
        "2023 年度决算",
        "2023 年度预算",
        "2022 年度预算",
    ]


def test_the_rows_of_a_picture_are_what_its_total_counts(tracer: Tracer) -> None:
    for document in tracer.documents.by_iri.values():
        funding = tracer.funding(document)
        flow = flow_of(funding, PATHS)
        totals = [total.amount_cny for total in funding.totals if total.projects]
        assert [group.total for group in flow.groups] == totals
        for group in flow.groups:
            assert sum(row.amount for row in group.rows) == group.total


def test_an_organizations_picture_draws_each_project_once_however_many_documents_it_rests_on(
    tracer: Tracer,
) -> None:
    funded = [
        project
        for document in tracer.documents.by_iri.values()
        for project in tracer.funding(document).projects
    ]
    organizations = {one.unit_iri or one.department_iri for one in funded} - {None}
    assert organizations
    for organization in organizations:
        assert organization is not None
        answer = tracer.of_organization(organization)
        flow = flow_of_organization(answer, PATHS)
        counted = [total.amount_cny for total in answer.totals if total.projects]
        assert [group.total for group in flow.groups] == counted
        for group in flow.groups:
            assert sum(row.amount for row in group.rows) == group.total
        bases = {one.project_budget: one.bases for one in answer.projects}
        for row in (row for group in flow.groups for row in group.rows):
            known = next(iri for iri in bases if PATHS.link(iri) == row.href)
            assert (row.basis is None) == (not bases[known])
        for filing in {one.filing for one in answer.projects}:
            own = [one for one in answer.projects if one.filing == filing]
            drawn_here = flow_of_organization(answer, PATHS, filing)
            assert sum(len(group.rows) for group in drawn_here.groups) == sum(
                1 for one in own if one.amount_cny and one.amount_cny > 0
            )


def test_money_through_another_document_names_it_and_functions_are_those_stated(
    tracer: Tracer,
) -> None:
    (group,) = (
        one for one in drawn(tracer, "国发〔2020〕1号").groups if one.label == "2023 年度预算"
    )
    rows = {row.project: row for row in group.rows}
    through = rows["只经由区里"].carrier
    assert through is not None
    assert through.name == "区府发〔2021〕3号"
    assert rows["三份文件"].carrier is None
    assert [part.amount for part in rows["三份文件"].functions] == [Decimal(100)]
    assert rows["三份文件"].functions[0].name == "2080799 其他就业补助支出"
    assert rows["乙项目"].functions == ()
    assert rows["乙项目"].unit is not None
    assert rows["乙项目"].unit.name == "乙局"
    assert rows["三份文件"].href == "/filing/a23/project/1"
