"""A small release made by hand, for the tests of this room.

``python -m tests.release.sample OUT SEED`` publishes it, its filings and quads shuffled by SEED.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from fiscograph.budget import (
    Allocation,
    Amount,
    Bin,
    BudgetPhase,
    Citation,
    ConceptKey,
    Cube,
    DocumentNumber,
    Filing,
    FilingFacts,
    FilingId,
    FilingKind,
    Finding,
    FundingPart,
    IdentityCheck,
    LedgerRow,
    Operator,
    Organization,
    OrganizationKey,
    OrganizationRole,
    Outcome,
    PerformanceIndicator,
    Placement,
    PolicyDocument,
    PolicyKey,
    PrintedAmount,
    Project,
    ProjectBudget,
    Region,
    Severity,
    SharedFacts,
    SourceFile,
    Statement,
    StatementKind,
    TableKey,
    Unit,
    UnitBasis,
)
from fiscograph.identifiers import Identifiers
from fiscograph.provenance import Place, Span
from fiscograph.release import Failure, Input, Release, publish

BASE = "https://fiscograph.example/"
FG = "https://w3id.org/fiscograph#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
IDS = Identifiers(base=BASE)
POLICY = PolicyKey(number=DocumentNumber(issuer_code="渝财社", year=2022, serial=155))
DEPARTMENT = OrganizationKey(region="500152", body="426")
UNIT = OrganizationKey(region="500152", body="426003")


def place(sha256: str, line: int, start: int = 1, end: int = 9) -> Place:
    return Place(source=sha256, span=Span(line=line, start=start, end=end))


def filing_id(body: str) -> FilingId:
    return FilingId(region="500152", body=body, year=2023, kind="department-budget")


def facts(body: str, sha256: str) -> FilingFacts:
    """A filing with one of everything; its telephone number is a contact."""
    printed = place(sha256, 12, 30, 37)
    amount = Amount(value=Decimal("4144.00"), unit=Unit.TEN_THOUSAND_YUAN)
    fund = ConceptKey(scheme="fund", edition=None, notation="1")
    kind = ConceptKey(scheme="spending-type", edition=None, notation="not-stated")
    return FilingFacts(
        filing=Filing(
            id=filing_id(body),
            title="2023年部门预算",
            region="500152",
            department="重庆市潼南区人力资源和社会保障局",
            body_code=body,
            year=2023,
            kind=FilingKind(filing_id(body).kind),
            sources=(
                SourceFile(name=f"{body}.txt", sha256=sha256, size=9, encoding="utf-8", lines=99),
            ),
            id_declared=True,
        ),
        tables=(),
        printed_amounts=(
            PrintedAmount(
                place=printed,
                printed="4,144.00",
                amount=amount,
                unit_basis=UnitBasis.TABLE,
                table=TableKey(source=sha256, locator="L10C1"),
                form="project-list",
                row_code=None,
                row_label="就业补助资金",
                column=("支出", "项目支出", "合计"),
                column_key="total",
                fiscal_year=2023,
                phase=BudgetPhase.APPROVED,
                placement=Placement.CHOSEN,
                rivals=(("支出", "基本支出"), ("收入",)),
                is_aggregate=True,
            ),
        ),
        allocations=(
            Allocation(
                cube=Cube.PROJECT,
                organization=UNIT,
                fiscal_year=2023,
                phase=BudgetPhase.APPROVED,
                operation="expenditure",
                classification=None,
                project="50011023T000003175737",
                label="就业补助资金",
                fund=fund,
                spending_type=kind,
                amount=amount.yuan,
                evidence=(printed,),
                rule="list-before-sheet",
            ),
        ),
        organizations=(),
        concepts=(),
        projects=(
            ProjectBudget(
                key="50011023T000003175737",
                code="50011023T000003175737",
                name="渝财社〔2022〕155号 就业补助资金",
                other_names=(),
                unit=UNIT,
                department=DEPARTMENT,
                category="一般性项目",
                amount=amount,
                amount_place=printed,
                funding=(FundingPart(part="upper", amount=amount, place=printed),),
                texts=(),
                spending="project",
                starts=None,
                ends=None,
                lines=(12, 40),
                source=sha256,
            ),
        ),
        targets=(),
        indicators=(
            PerformanceIndicator(
                place=place(sha256, 41),
                project="50011023T000003175737",
                level1="产出指标",
                level2="数量指标",
                name="城镇新增就业人数",
                operator=Operator.AT_LEAST,
                operator_printed="≥",
                target="9000",
                unit="人",
                weight="20",
                direction=None,
                core=None,
            ),
            PerformanceIndicator(
                place=place(sha256, 90),
                project=None,
                level1="效益指标",
                level2=None,
                name='说 "好"，',
                operator=None,
                operator_printed=None,
                target=None,
                unit=None,
                weight="10",
                direction=None,
                core=None,
            ),
        ),
        citations=(
            Citation(
                place=place(sha256, 12, 1, 13),
                field="项目名称",
                project="50011023T000003175737",
                cited_by="50011023T000003175737",
                printed="渝财社〔2022〕155号",
                number=POLICY.number,
                title=None,
                policy=POLICY,
                score=Decimal(1),
            ),
        ),
        statements=(
            Statement(
                place=place(sha256, 14, 1, 4),
                kind=StatementKind.COUNT,
                about="服务",
                value=Decimal(1000),
                unit="人次",
                year=None,
                printed="1000",
                field="项目概况",
                project="50011023T000003175737",
                told_of="就业补助资金",
            ),
        ),
        checks=(
            IdentityCheck(
                rule="row-sum",
                key="L12",
                outcome=Outcome.WITHIN_ROUNDING,
                left=Decimal("712000.00"),
                right=Decimal(712100),
                tolerance=Decimal(150),
                terms=(printed, place(sha256, 9)),
                label="合计",
            ),
        ),
        findings=(
            Finding(
                rule="sum-differs",
                severity=Severity.ERROR,
                place=printed,
                message_zh="合计不等于各项之和",
                message_en="the total is not the sum",
                printed="1,0",
                expected=None,
                about=(),
            ),
        ),
        ledger=(
            LedgerRow(place=printed, token="L12C30", printed="4,144.00", bin=Bin.PRINTED_AMOUNT),
            LedgerRow(place=place(sha256, 2), token="L2C1", printed="023-44555", bin=Bin.CONTACT),
            LedgerRow(place=place(sha256, 98), token="L98C1", printed="7", bin=Bin.UNREAD),
        ),
        contacts=(place(sha256, 2),),
        printed_totals=(),
    )


def quads(body: str, sha256: str) -> tuple[Quad, ...]:
    """A graph with every kind of value that our graphs hold."""
    graph = NamedNode(IDS.filing_graph(filing_id(body)))
    amount = NamedNode(IDS.at(place(sha256, 12, 30)))
    filing = NamedNode(IDS.filing(filing_id(body)))
    values: tuple[tuple[NamedNode, NamedNode, NamedNode | Literal], ...] = (
        (amount, RDF_TYPE, NamedNode(f"{FG}PrintedAmount")),
        (amount, RDF_TYPE, NamedNode("http://www.w3.org/ns/prov#Entity")),
        (amount, NamedNode(f"{FG}filing"), filing),
        (amount, NamedNode(f"{FG}line"), Literal("12", datatype=NamedNode(f"{XSD}integer"))),
        (amount, NamedNode(f"{FG}line"), Literal("012", datatype=NamedNode(f"{XSD}integer"))),
        (
            amount,
            NamedNode(f"{FG}isAggregate"),
            Literal("true", datatype=NamedNode(f"{XSD}boolean")),
        ),
        (amount, NamedNode(f"{FG}isAggregate"), Literal("1", datatype=NamedNode(f"{XSD}boolean"))),
        (
            amount,
            NamedNode(f"{FG}amountAsPrinted"),
            Literal("41440000", datatype=NamedNode(f"{XSD}decimal")),
        ),
        (amount, NamedNode(f"{FG}rowLabel"), Literal('就业"补助"\n <//资金\\', language="zh")),
        (amount, NamedNode(f"{FG}rowLabel"), Literal("employment", language="en")),
        (amount, NamedNode(f"{FG}rowLabel"), Literal("plain")),
        (amount, NamedNode("http://example.org/unknown#term"), Literal("x")),
        (amount, NamedNode("http://example.org/unknown#term"), NamedNode("https://example.org/y")),
        (filing, RDF_TYPE, NamedNode(f"{FG}Filing")),
        (
            filing,
            NamedNode("http://purl.org/dc/terms/issued"),
            Literal("2023", datatype=NamedNode(f"{XSD}gYear")),
        ),
    )
    return tuple(Quad(*triple, graph) for triple in values)


def sample() -> Release:
    """Two filings that share a policy document, and one that could not be read."""
    made = (("426", "a" * 64), ("401", "b" * 64))
    policy = NamedNode(IDS.policy(POLICY))
    title = NamedNode("http://purl.org/dc/terms/title")
    unit = Organization(
        key=UNIT,
        code="426003",
        names=("就业和人才中心", "重庆市潼南区就业和人才中心"),
        role=OrganizationRole.UNIT,
        parent=DEPARTMENT,
    )
    department = Organization(
        key=DEPARTMENT, code="426", names=("人社局",), role=OrganizationRole.DEPARTMENT, parent=None
    )
    return Release(
        facts=tuple(facts(body, sha256) for body, sha256 in made),
        shared=SharedFacts(
            organizations=(department, unit),
            projects=(
                Project(
                    code="50011023T000003175737", filing=None, budget_key=None, names=("就业",)
                ),
            ),
            policies=(
                PolicyDocument(key=POLICY, titles=("关于提前下达",), issuer="财政局", kind="通知"),
            ),
            concepts=(),
            regions=(Region(code="500152", name="潼南区", parent="500000"),),
        ),
        filing_quads={filing_id(body): quads(body, sha256) for body, sha256 in made},
        shared_quads=(
            Quad(policy, title, Literal("关于", language="zh"), NamedNode(IDS.policies_graph)),
            Quad(
                NamedNode(IDS.organization(UNIT)),
                NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
                Literal("中心", language="zh"),
                NamedNode(IDS.organizations_graph),
            ),
        ),
        ids=IDS,
        program_version="0.0.0",
        inputs=tuple(
            Input(file=f"{body}.txt", sha256=sha256, size=9, filing=filing_id(body))
            for body, sha256 in made
        ),
        failures=(Failure(file="broken.txt", reason="is empty"),),
        reports={filing_id(body): f"<!doctype html><title>{body}</title>" for body, _ in made},
    )


def shuffled(release: Release, seed: int) -> Release:
    """The same release with everything that has no order in another order."""
    chance = random.Random(seed)  # noqa: S311  no secret
    filings = chance.sample(sorted(release.filing_quads), len(release.filing_quads))
    return replace(
        release,
        facts=tuple(chance.sample(release.facts, len(release.facts))),
        filing_quads={
            filing: tuple(
                chance.sample(release.filing_quads[filing], len(release.filing_quads[filing]))
            )
            for filing in filings
        },
        shared_quads=tuple(chance.sample(release.shared_quads, len(release.shared_quads))),
        inputs=tuple(chance.sample(release.inputs, len(release.inputs))),
    )


if __name__ == "__main__":
    publish(shuffled(sample(), int(sys.argv[2])), Path(sys.argv[1]))
