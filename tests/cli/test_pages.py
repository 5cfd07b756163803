from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.release.sample import facts

from fiscograph.terminal import checked, traced
from fiscograph.tracing import FundedProject, Mention, Trace

SHA256 = "a" * 64
SOURCE = f"https://fiscograph.example/source/{SHA256[:16]}"
MANIFEST = {"inputs": [{"file": "426.txt", "sha256": SHA256}]}
FOUND = Trace(
    typed="渝财社[2022]155",
    number="渝财社〔2022〕155号",
    policies=("https://fiscograph.example/policy/渝财社/2022/155",),
    titles=("关于提前下达",),
    issuers=(),
    nearest=(),
    rows=(
        FundedProject(
            budget="https://fiscograph.example/filing/x/project/1",
            name="就业补助资金",
            code="50011023T000003175737",
            filing="https://fiscograph.example/filing/x",
            year="2023",
            unit="重庆市潼南区就业和人才中心",
            unit_iri=None,
            department=None,
            department_iri=None,
            amount=Decimal(41440000),
            evidence=None,
            printed="4,144.00",
            printed_unit="万元",
            source=SOURCE,
            line=814,
            via=(Mention(field="项目名称", text="渝财社〔2022〕155号", source=SOURCE, line=813),),
            covered=False,
        ),
    ),
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


def test_trace_shows_unit_money_and_source_line(capfd: pytest.CaptureFixture[str]) -> None:
    traced.show(FOUND, MANIFEST, as_json=False)
    out = capfd.readouterr().out
    for text in (
        "渝财社〔2022〕155号",
        "重庆市潼南区就业和人才中心",
        "41,440,000 元",
        "426.txt:814",
    ):
        assert text in out


def test_trace_for_programs(capfd: pytest.CaptureFixture[str]) -> None:
    traced.show(FOUND, MANIFEST, as_json=True)
    found = json.loads(capfd.readouterr().out)
    (project,) = found["projects"]
    assert found["total_cny"] == project["amount_cny"] == "41440000"
    assert (project["source_file"], project["line"]) == ("426.txt", 814)


def test_a_number_that_nobody_cites_names_the_nearest(capfd: pytest.CaptureFixture[str]) -> None:
    missing = replace(FOUND, policies=(), rows=(), nearest=("渝财社〔2022〕156号",))
    traced.show(missing, MANIFEST, as_json=False)
    assert "渝财社〔2022〕156号" in capfd.readouterr().out
