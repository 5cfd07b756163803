from __future__ import annotations

import html
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.release.sample import facts

from fiscograph.terminal import checked, resolved, traced
from fiscograph.tracing import (
    Basis,
    Document,
    Documents,
    FundedProject,
    Funding,
    Meant,
    Mention,
    resolve,
)
from fiscograph.tracing.answers import totals_of

SHA256 = "a" * 64
SOURCE = f"https://fiscograph.example/source/{SHA256[:16]}"
POLICY = Document(
    iri="https://fiscograph.example/policy/渝财社/2022/155",
    number="渝财社〔2022〕155号",
    title="关于提前下达",
    titles=("关于提前下达",),
    issuer="重庆市财政局",
    issuer_code="渝财社",
    year=2022,
    serial=155,
    level=None,
)
PROJECT = FundedProject(
    project_budget="https://fiscograph.example/filing/x/project/1",
    project="https://fiscograph.example/project/1",
    name="就业补助资金",
    code="50011023T000003175737",
    filing="https://fiscograph.example/filing/x",
    fiscal_year="2023",
    phase="approved",
    region=None,
    region_name=None,
    unit="重庆市潼南区就业和人才中心",
    unit_iri=None,
    department=None,
    department_iri=None,
    amount_cny=Decimal(41440000),
    evidence=None,
    printed="4,144.00",
    printed_unit="万元",
    source=SOURCE,
    source_file="426.txt",
    line=814,
    covered=False,
    bases=(Basis(document=POLICY.iri, label="渝财社〔2022〕155号", relation="direct", steps=()),),
    via=(
        Mention(
            citation=f"{SOURCE}/at/L813C1",
            document=POLICY.iri,
            field="项目名称",
            text="渝财社〔2022〕155号",
            sentence="渝财社〔2022〕155号就业补助资金",
            source=SOURCE,
            source_file="426.txt",
            line=813,
            kind="numbered",
            score=1.0,
        ),
    ),
)
FOUND = Funding(
    number=POLICY.number,
    policies=(POLICY.iri,),
    titles=POLICY.titles,
    issuers=("重庆市财政局",),
    document=POLICY,
    total_cny=Decimal(41440000),
    totals=totals_of((PROJECT,)),
    projects=(PROJECT,),
    rows_in_all=1,
    carriers=(),
    chains=(),
)


def test_check_shows_ledger_unread_and_findings(capfd: pytest.CaptureFixture[str]) -> None:
    checked.show([facts("426", SHA256)], as_json=False)
    out = capfd.readouterr().out
    for text in ("500152-426-2023-department-budget", "41,440,000", "未读出", "合计不等于各项之和"):
        assert text in out
    assert "023-44555" not in out


def test_check_for_programs(capfd: pytest.CaptureFixture[str]) -> None:
    checked.show([facts("426", SHA256)], as_json=True)
    (found,) = json.loads(capfd.readouterr().out)
    assert found["unread"] == [{"line": 98, "start": 1, "printed": "7"}]
    assert found["totals_cny"] == {"expenditure-by-project": "41440000"}
    assert found["ledger"] == {"contact": 1, "printed-amount": 1, "unread": 1}


def test_clean_is_nothing_unread_and_no_finding() -> None:
    made = facts("426", SHA256)
    assert not checked.is_clean(made)
    assert not checked.is_clean(replace(made, findings=()))
    assert checked.is_clean(replace(made, findings=(), ledger=made.ledger[:2]))


@pytest.mark.parametrize("form", ["tree", "table"])
def test_trace_shows_unit_money_and_source_line(
    capfd: pytest.CaptureFixture[str], form: str
) -> None:
    traced.show(FOUND, form)
    out = capfd.readouterr().out
    for text in (
        "渝财社〔2022〕155号",
        "关于提前下达",
        "重庆市财政局",
        "重庆市潼南区就业和人才中心",
        "41,440,000",
        "426.txt:813",
        "whole-amount-per-document",
    ):
        assert text in out
    if form == "tree":
        for text in ("4,144.00 万元", "426.txt:814", "“渝财社〔2022〕155号就业补助资金”"):
            assert text in out


def test_trace_for_programs(capfd: pytest.CaptureFixture[str]) -> None:
    traced.show(FOUND, "json")
    found = json.loads(capfd.readouterr().out)
    (project,) = found["projects"]
    assert found["total_cny"] == project["amount_cny"] == "41440000"
    assert (project["source_file"], project["line"]) == ("426.txt", 814)
    assert found["rule"]["id"] == "whole-amount-per-document"


@pytest.mark.parametrize("form", ["csv", "mermaid", "graphml"])
def test_trace_in_other_forms_has_the_money(capfd: pytest.CaptureFixture[str], form: str) -> None:
    traced.show(FOUND, form)
    out = capfd.readouterr().out
    assert "就业补助资金" in html.unescape(out)
    assert "41440000" in out.replace(",", "")


def test_what_is_covered_is_shown_and_not_counted(capfd: pytest.CaptureFixture[str]) -> None:
    twin = replace(PROJECT, covered=True, project_budget=f"{PROJECT.project_budget}2")
    both = (PROJECT, twin)
    traced.show(replace(FOUND, projects=both, totals=totals_of(both)), "tree")
    out = capfd.readouterr().out
    assert "1 个项目 / projects, 41,440,000 元 / yuan" in out
    assert "另有 1 个已含在部门文件中" in out
    assert out.count("counted in its department's filing") == 1


def test_a_number_that_nobody_cites_names_the_nearest(capfd: pytest.CaptureFixture[str]) -> None:
    documents = Documents(by_iri={POLICY.iri: POLICY})
    missing = resolve(documents, "渝财社〔2022〕156号")
    resolved.show_unclear(Meant(typed=missing.typed, resolution=missing), for_programs=False)
    assert "渝财社〔2022〕155号" in capfd.readouterr().out
    resolved.show_unclear(Meant(typed=missing.typed, resolution=missing), for_programs=True)
    told = json.loads(capfd.readouterr().out)
    assert (told["found"], told["nearest"]) == ("none", ["渝财社〔2022〕155号"])
    assert (told["projects"], told["policies"], told["total_cny"]) == ([], [], None)
