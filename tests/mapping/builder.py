"""A small filing made by hand: one table, one project with its target sheet, one of everything."""

from __future__ import annotations

from decimal import Decimal

from fiscograph.budget import (
    NOT_STATED,
    Allocation,
    Amount,
    BudgetPhase,
    Citation,
    Concept,
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
    Operator,
    OperatorBasis,
    Organization,
    OrganizationKey,
    OrganizationRole,
    Outcome,
    PerformanceIndicator,
    Placement,
    PolicyDocument,
    PolicyKey,
    PrintedAmount,
    PrintedTotal,
    Project,
    ProjectBudget,
    Region,
    Scheme,
    Severity,
    SharedFacts,
    SourceFile,
    Statement,
    StatementKind,
    Table,
    TableKey,
    TextField,
    Unit,
    UnitBasis,
)
from fiscograph.identifiers import Identifiers
from fiscograph.provenance import Place, Span

IDS = Identifiers(base="https://fiscograph.example/")
SHA = "0123456789abcdef" * 4
FILING = FilingId(region="500152", body="426", year=2023, kind="department-budget")
DEPARTMENT = OrganizationKey(region="500152", body="426")
UNIT = OrganizationKey(region="500152", body="426003")
TABLE = TableKey(source=SHA, locator="L10C1")
CODE = "50015223T000003175737"
NUMBER = DocumentNumber(issuer_code="渝财社", year=2022, serial=155)
POLICY = PolicyKey(number=NUMBER)
FUND = ConceptKey(scheme=Scheme.FUND.value, edition=None, notation="GPB")
CLASS = ConceptKey(scheme=Scheme.FUNCTION.value, edition=2023, notation="2080799")
SECTION = ConceptKey(scheme=Scheme.FUNCTION.value, edition=2023, notation="20807")
SPENDING = ConceptKey(scheme=Scheme.SPENDING_TYPE.value, edition=None, notation=NOT_STATED)


def place(line: int, start: int, end: int) -> Place:
    return Place(source=SHA, span=Span(line=line, start=start, end=end))


PRINTED = place(12, 30, 37)
SHEET = place(40, 8, 15)


def printed_amount(where: Place, printed: str = "4,144.00") -> PrintedAmount:
    return PrintedAmount(
        place=where,
        printed=printed,
        amount=Amount(value=Decimal(printed.replace(",", "")), unit=Unit.TEN_THOUSAND_YUAN),
        unit_basis=UnitBasis.TABLE,
        table=TABLE,
        form="budget.expenditure-by-function",
        row_code="2080799",
        row_label="其他就业补助支出",
        column=("支出", "项目支出"),
        column_key="project",
        fiscal_year=2023,
        phase=BudgetPhase.APPROVED,
        placement=Placement.CHOSEN,
        rivals=(("支出", "基本支出"),),
        is_aggregate=False,
    )


def allocation(cube: Cube = Cube.FUNCTION) -> Allocation:
    return Allocation(
        cube=cube,
        organization=DEPARTMENT,
        fiscal_year=2023,
        phase=BudgetPhase.APPROVED,
        operation="expenditure",
        classification=None if cube is Cube.PROJECT else CLASS,
        project=CODE if cube is Cube.PROJECT else None,
        label="其他就业补助支出",
        fund=FUND,
        spending_type=SPENDING,
        amount=Decimal("41440000.00"),
        evidence=(PRINTED, SHEET),
        rule="list-before-sheet",
    )


def project_budget() -> ProjectBudget:
    amount = Amount(value=Decimal("4144.00"), unit=Unit.TEN_THOUSAND_YUAN)
    return ProjectBudget(
        key=CODE,
        code=CODE,
        name="就业补助资金渝财社[2022]155",
        other_names=("就业补助资金",),
        unit=UNIT,
        department=DEPARTMENT,
        category="一般性项目",
        amount=amount,
        amount_place=PRINTED,
        funding=(
            FundingPart(part="total", amount=amount, place=PRINTED),
            FundingPart(part="upper", amount=amount, place=SHEET),
        ),
        texts=(
            TextField(field="basis", text="渝财社【2022】155号", parts=(place(41, 1, 13),)),
            TextField(field="联系方式", text="张某 023-1234", parts=(place(42, 1, 11),)),
        ),
        spending="project",
        starts="2023",
        ends=None,
        lines=(12, 40, 41, 42),
        source=SHA,
    )


def statement() -> Statement:
    """A change that the project's overview tells."""
    return Statement(
        place=Place(source=SHA, span=Span(line=39, start=30, end=33)),
        kind=StatementKind.CHANGE,
        about="就业补助资金 比2022年增加",
        value=Decimal("10.8"),
        unit="万元",
        year=2023,
        printed="10.8",
        field="项目概况",
        project=CODE,
        told_of="就业补助资金",
        direction=1,
        base=2022,
        approximate=True,
    )


def citation() -> Citation:
    return Citation(
        place=place(41, 1, 13),
        field="立项依据",
        project=CODE,
        cited_by=CODE,
        printed="渝财社【2022】155号",
        number=NUMBER,
        title="关于提前下达2023年就业补助资金预算的通知",
        policy=POLICY,
        score=Decimal(1),
    )


def indicator() -> PerformanceIndicator:
    return PerformanceIndicator(
        place=place(50, 20, 23),
        project=CODE,
        level1="产出指标",
        level2="数量指标",
        name="职业培训人数",
        operator=Operator.AT_LEAST,
        operator_printed="≧",
        operator_basis=OperatorBasis.VARIANT,
        target="5000",
        unit="人",
        weight="10",
        direction=None,
        core="是",
    )


def check() -> IdentityCheck:
    return IdentityCheck(
        rule="row-sum",
        key="L12",
        outcome=Outcome.FAILS,
        left=Decimal("41440000.00"),
        right=Decimal("41440000.10"),
        tolerance=Decimal(0),
        terms=(PRINTED, SHEET),
        label="支出合计",
    )


def finding() -> Finding:
    return Finding(
        rule="row-sum",
        severity=Severity.ERROR,
        place=PRINTED,
        message_zh="合计与各项之和不等",
        message_en="the total differs from the sum of its parts",
        printed="4,144.00",
        expected="4,144.01",
        about=(SHEET,),
    )


def filing() -> Filing:
    return Filing(
        id=FILING,
        title="重庆市潼南区人力资源和社会保障局2023年度部门预算情况说明",
        region="500152",
        department="重庆市潼南区人力资源和社会保障局",
        body_code="426",
        year=2023,
        kind=FilingKind.DEPARTMENT_BUDGET,
        sources=(
            SourceFile(
                name="500152-426-2023.txt", sha256=SHA, size=90210, encoding="utf-8", lines=1900
            ),
        ),
        id_declared=True,
    )


def filing_facts() -> FilingFacts:
    table = Table(
        key=TABLE,
        form="budget.expenditure-by-function",
        title="一般公共预算财政拨款支出预算表",
        place=place(10, 1, 16),
        last_line=30,
        rows=12,
    )
    return FilingFacts(
        filing=filing(),
        tables=(table,),
        printed_amounts=(printed_amount(PRINTED), printed_amount(SHEET)),
        allocations=(allocation(), allocation(Cube.PROJECT)),
        organizations=(),
        concepts=(),
        projects=(project_budget(),),
        targets=(TextField(field="goals", text="稳定就业", parts=(place(60, 1, 4),)),),
        indicators=(indicator(),),
        citations=(citation(),),
        statements=(statement(),),
        checks=(check(),),
        findings=(finding(),),
        ledger=(),
        contacts=(place(42, 1, 2), place(42, 4, 11)),
        printed_totals=(PrintedTotal(cube=Cube.FUNCTION.value, label="合计", place=PRINTED),),
    )


def concept(key: ConceptKey, label: str, parent: str | None = None) -> Concept:
    return Concept(
        key=key, labels=(label, f"{label}（旧）"), label_en=None, parent=parent, support="printed"
    )


def shared_facts() -> SharedFacts:
    return SharedFacts(
        organizations=(
            Organization(
                key=DEPARTMENT,
                code="426",
                names=("潼南区人社局", "重庆市潼南区人力资源和社会保障局"),
                role=OrganizationRole.DEPARTMENT,
                parent=None,
            ),
            Organization(
                key=UNIT,
                code="426003",
                names=("重庆市潼南区就业和人才中心",),
                role=OrganizationRole.UNIT,
                parent=DEPARTMENT,
            ),
        ),
        projects=(
            Project(
                code=CODE, filing=None, budget_key=None, names=("就业补助资金渝财社[2022]155",)
            ),
        ),
        policies=(
            PolicyDocument(
                key=POLICY,
                titles=("关于提前下达2023年就业补助资金预算的通知",),
                issuer="重庆市财政局",
                kind="通知",
            ),
            PolicyDocument(
                key=PolicyKey(title="社会保险法"), titles=("社会保险法",), issuer=None, kind="法律"
            ),
        ),
        concepts=(
            concept(SECTION, "就业补助"),
            concept(CLASS, "其他就业补助支出", parent="20807"),
            concept(FUND, "一般公共预算资金"),
        ),
        regions=(
            Region(code="500000", name="重庆市", parent=None),
            Region(code="500152", name="潼南区", parent="500000"),
        ),
    )
