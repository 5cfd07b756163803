"""Library, command line, HTTP and SPARQL give the same rows and totals, for every document."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode
from tests.serving.conftest import Client

from fiscograph import cli
from fiscograph.queries import Limits, QueryEngine, Row, load
from fiscograph.terminal import traced
from fiscograph.tracing import Tracer, Wanted

BASE = "https://fiscograph.example/"
LIMITS = Limits(seconds=20.0)
THREE = ("渝财社〔2022〕155号", "渝府发〔2005〕121号", "渝人社发〔2019〕27号")
Amounts = dict[str, Decimal | None]


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def of_json(answer: dict[str, Any]) -> tuple[Amounts, str | None]:
    """Project budgets with their amounts, and the total, of a JSON answer."""
    rows = {one["project_budget"]: one["amount_cny"] for one in answer["projects"]}
    amounts = {iri: None if text is None else Decimal(text) for iri, text in rows.items()}
    return amounts, answer["total_cny"]


def squeezed(text: str) -> str:
    return "".join(text.split())


def of_sparql(rows: tuple[Row, ...]) -> Amounts:
    return {
        row["budget"].value: Decimal(row["amount"].value) if "amount" in row else None  # type: ignore[union-attr]
        for row in rows
    }


def test_every_document_has_the_same_rows_and_totals_on_every_face(
    over: Tracer, whole: QueryEngine, http: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    sums = {
        row["policy"].value: row  # type: ignore[union-attr]
        for row in whole.select(load("money-by-document"), LIMITS)
    }
    ranking = {row.document: row for row in over.ranking(Wanted(rows=10_000)).rows}
    assert set(ranking) == set(sums)
    for iri, document in over.documents.by_iri.items():
        found = over.funding(document)
        library = {one.project_budget: one.amount_cny for one in found.projects}
        rows = whole.select(load("funding-of-document", policy=NamedNode(iri)), LIMITS)
        assert library == of_sparql(rows)
        total = Decimal(sums[iri]["money"].value) if iri in sums else Decimal(0)  # type: ignore[union-attr]
        assert found.total_cny == total == sum(amount or 0 for amount in library.values())
        assert (ranking[iri].amount_cny if iri in ranking else 0) == total
        traced.show(found, "json")
        printed = json.loads(capfd.readouterr().out)
        sent = http.get("/api/trace/document", q=document.number or iri).json()
        assert of_json(printed) == of_json(sent)
        assert {**sent, "typed": ""} == printed
        assert of_json(printed)[0] == library
        assert Decimal(printed["total_cny"]) == total


@pytest.mark.parametrize("number", THREE)
def test_the_command_and_the_address_answer_alike(
    release: Path,
    http: Client,
    number: str,
    capfd: pytest.CaptureFixture[str],
    here: Path,
) -> None:
    assert here.is_dir()
    assert cli.run(["trace", number, "--json", "--release", str(release)]) == 0
    printed = json.loads(capfd.readouterr().out)
    assert printed == http.get("/api/trace", q=number).json()
    assert printed == http.get("/trace", "application/json", number=number).json()
    assert printed["rule"]["id"] == "whole-amount-per-document"


@pytest.mark.parametrize(
    ("number", "districts"),
    [("渝府发〔2005〕121号", {"綦江区", "潼南区"}), ("渝人社发〔2019〕27号", {"北碚区", "潼南区"})],
)
def test_one_document_funds_projects_in_two_districts(
    over: Tracer, number: str, districts: set[str]
) -> None:
    document = over.resolve(number).document
    assert document is not None
    assert {one.region_name for one in over.funding(document).projects} == districts
    assert number in {row.label for row in over.shared().rows}


def test_every_edge_of_the_release_names_a_sentence_that_holds_the_mention(over: Tracer) -> None:
    edges = {(document.iri, budget.iri) for document, budget in over.whole.pairs()}
    told = set()
    for document in over.documents.by_iri.values():
        for one in over.funding(document).projects:
            assert one.via, (document.label, one.name)
            for mention in one.via:
                told.add((mention.document, one.project_budget))
                assert mention.source_file
                assert mention.line > 0
                assert mention.sentence is not None, (document.label, one.name, mention)
                assert squeezed(mention.text) in squeezed(mention.sentence)
    assert told == edges


def test_money_with_and_without_a_document_is_the_same_in_sparql(
    over: Tracer, whole: QueryEngine
) -> None:
    rows = {
        row["founded"].value: Decimal(row["money"].value)  # type: ignore[union-attr]
        for row in whole.select(load("money-with-basis"), LIMITS)
    }
    (without,) = over.without_basis(Wanted(rows=1)).unions
    (union,) = over.ranking(Wanted(rows=1)).unions
    shares = over.shares().rows
    assert rows == {"true": union.amount_cny, "false": without.amount_cny}
    assert rows["true"] == sum(row.with_basis_cny for row in shares)
    assert rows["true"] + rows["false"] == sum(row.amount_cny for row in shares)


def test_each_departments_answer_adds_up_to_its_share(over: Tracer) -> None:
    for share in over.shares().rows:
        assert share.department is not None
        found = over.of_organization(share.department, share.name)
        assert found.shares == (share,)
        assert found.total_cny == share.amount_cny
        assert {row.document for row in found.ranking} == {
            basis.document for one in found.projects for basis in one.bases
        }


def test_every_documents_page_says_the_total_of_the_query_beside_it(
    over: Tracer, whole: QueryEngine, http: Client
) -> None:
    for iri in over.documents.by_iri:
        page = http.get(f"/{iri.removeprefix(BASE)}.html", "text/html").text
        rows = whole.select(load("funding-totals", document=NamedNode(iri)), LIMITS)
        said = re.findall(r"(\d+) 个项目，合计 <strong>([\d,.]+) 元</strong>", page)
        assert said == [
            (row["projects"].value, f"{Decimal(row['amount'].value):,f}")  # type: ignore[union-attr]
            for row in rows
        ]


def test_every_departments_page_says_the_money_of_the_query_beside_it(
    over: Tracer, whole: QueryEngine, http: Client
) -> None:
    for share in over.shares().rows:
        assert share.department is not None
        path = share.department.removeprefix(BASE)
        page = http.get(f"/{path}.html", "text/html").text
        node = NamedNode(share.department)
        (row,) = whole.select(load("organization-totals", organization=node), LIMITS)
        assert f"合计 <strong>{Decimal(row['amount'].value):,f} 元" in page  # type: ignore[union-attr]
        assert f"{Decimal(row['withBasis'].value):,f} 元，占" in page  # type: ignore[union-attr]
        documents = whole.select(load("documents-of-organization", organization=node), LIMITS)
        ranking = over.of_organization(share.department).ranking
        assert {
            (row["document"].value, row["projects"].value, Decimal(row["amount"].value))  # type: ignore[union-attr]
            for row in documents
        } == {(one.document, str(one.projects), one.amount_cny) for one in ranking}


def test_the_overviews_give_the_rows_of_the_queries_beside_them(
    over: Tracer, whole: QueryEngine
) -> None:
    shared = whole.select(load("documents-of-several-regions"), LIMITS)
    assert [(row["policy"].value, Decimal(row["money"].value)) for row in shared] == [  # type: ignore[union-attr]
        (row.document, row.amount_cny) for row in over.shared().rows
    ]
    bare = whole.select(load("projects-without-basis"), LIMITS)
    found = over.without_basis(Wanted(rows=10_000))
    assert {row["budget"].value for row in bare} == {row.project_budget for row in found.rows}  # type: ignore[union-attr]
    assert len(bare) == found.rows_in_all
    shares = whole.select(load("department-shares"), LIMITS)
    assert {
        (row["department"].value, Decimal(row["amount"].value), Decimal(row["withBasis"].value))  # type: ignore[union-attr]
        for row in shares
    } == {(row.department, row.amount_cny, row.with_basis_cny) for row in over.shares().rows}
