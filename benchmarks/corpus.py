"""A synthetic corpus: made filings of 40 districts that cite a common pool of documents.

Nothing in it is true. Its shape is that of the published filings: how many projects a filing has,
their amounts, how many documents each cites, how often and in which fields are drawn from the
tables of a release. What tracing does not ask is left out: tables of other cubes, checks, findings,
the ledger, and all but one indicator of a project.
"""

from __future__ import annotations

import csv
import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from fiscograph.budget import (
    Amount,
    BudgetPhase,
    Citation,
    Covering,
    DocumentNumber,
    Filing,
    FilingFacts,
    FilingId,
    FilingKind,
    FundingPart,
    Operator,
    Organization,
    OrganizationKey,
    OrganizationRole,
    PerformanceIndicator,
    Placement,
    PolicyDocument,
    PolicyKey,
    PrintedAmount,
    Project,
    ProjectBudget,
    Region,
    SharedFacts,
    SourceFile,
    Table,
    TableKey,
    TextField,
    Unit,
    UnitBasis,
)
from fiscograph.identifiers import Identifiers
from fiscograph.mapping import map_filing, map_shared
from fiscograph.provenance import Place, Span
from fiscograph.vocabulary import ELI, FG
from fiscograph.vocabulary.codelists import load_code_lists

IDS = Identifiers(base="https://benchmark.example/")
VERSION = "0.0.0"
_YEARS = (2021, 2022, 2023, 2024)
_DISTRICTS = 40
_POOL_PER_FILING = Decimal("0.4")
# The n-th document of the pool is cited in proportion to n to this power (Zipf's law, flattened).
_POPULARITY = -0.7
_FORWARDING = 0.1
_UNIT = Unit.TEN_THOUSAND_YUAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is drawn from: values as often as they occur in the published tables.

    ``projects`` per filing; of each project its ``amounts`` in yuan, the number of its documents
    (``bases``); of each document in a project the ``fields`` that mention it.
    """

    projects: tuple[int, ...]
    amounts: tuple[Decimal, ...]
    bases: tuple[int, ...]
    fields: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, tables: Path) -> Shape:
        """The shape of a release, from the folder of its tables."""
        projects, citations = _rows(tables / "projects.csv"), _rows(tables / "citations.csv")
        fields: dict[tuple[str, str], list[str]] = {}
        for row in citations:
            if row["project_budget"] and row["policy"]:
                fields.setdefault((row["project_budget"], row["policy"]), []).append(row["field"])
        bases = Counter(budget for budget, _ in fields)
        return cls(
            projects=tuple(sorted(Counter(row["filing"] for row in projects).values())),
            amounts=tuple(Decimal(row["amount_cny"]) for row in projects if row["amount_cny"]),
            bases=tuple(bases[row["project_budget"]] for row in projects),
            fields=tuple(tuple(found) for found in fields.values()),
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """``size`` filings from a seed; the same seed gives the same filings, each by its own."""

    shape: Shape
    size: int
    seed: int

    @property
    def districts(self) -> tuple[Region, ...]:
        """The counties and districts of 重庆市 and the next ones, by code."""
        regions = load_code_lists().regions
        counties = sorted(code for code in regions if code >= "500101" and code[4:] != "00")
        return tuple(regions[code] for code in counties[:_DISTRICTS])

    @property
    def pool(self) -> tuple[PolicyDocument, ...]:
        """The documents that every filing may cite, the most cited first."""
        chance = random.Random(f"{self.seed} pool")
        codes = ("财社", "人社部发", "渝财社", "渝人社发", "渝府发", "渝府办发", "渝民发", "渝教发")
        count = max(8, int(self.size * _POOL_PER_FILING))
        return tuple(
            PolicyDocument(
                key=PolicyKey(
                    number=DocumentNumber(
                        issuer_code=codes[at % len(codes)],
                        year=2005 + at // len(codes) % 19,
                        serial=1 + at // len(codes) // 19,
                    )
                ),
                titles=(f"关于第{at}项补助资金管理的通知",) if chance.random() < 0.6 else (),
                issuer=None,
                kind=None,
            )
            for at in range(count)
        )

    def places(self) -> Iterator[tuple[Region, str, int, FilingKind]]:
        """Region, body, year and kind of every filing: of each department one a year and one of a
        unit, which the department's filing of the last year covers.
        """
        districts, made = self.districts, 0
        for department in range(101, 1000):
            for district in districts:
                for year in (*_YEARS, None):
                    if made == self.size:
                        return
                    made += 1
                    if year is None:
                        yield district, f"{department}001", _YEARS[-1], FilingKind.UNIT_BUDGET
                    else:
                        yield district, str(department), year, FilingKind.DEPARTMENT_BUDGET

    def filings(self) -> Iterator[FilingFacts]:
        """Every filing."""
        pool = self.pool
        weights = tuple(accumulate((at + 1) ** _POPULARITY for at in range(len(pool))))
        for place in self.places():
            yield _Maker(corpus=self, pool=pool, weights=weights).filing(*place)

    def shared(self) -> SharedFacts:
        """What the filings share."""
        organizations, projects, coverings = {}, {}, []
        for facts in self.filings():
            organizations.update({one.key: one for one in facts.organizations})
            for budget in facts.projects:
                projects[budget.code] = Project(
                    code=budget.code, filing=None, budget_key=None, names=(budget.name,)
                )
            filing = facts.filing.id
            if FilingKind(filing.kind) is FilingKind.UNIT_BUDGET:
                kind = FilingKind.DEPARTMENT_BUDGET.value
                by = FilingId(
                    region=filing.region, body=filing.body[:3], year=filing.year, kind=kind
                )
                coverings.append(Covering(filing=filing, by=by))
        return SharedFacts(
            organizations=tuple(organizations[key] for key in sorted(organizations)),
            projects=tuple(projects[code] for code in sorted(projects, key=str)),
            policies=self.pool,
            concepts=(),
            regions=self.districts,
            coverings=tuple(coverings),
        )

    def quads(self) -> Iterator[tuple[Quad, ...]]:
        """The graphs, one after the other; the relations between documents come last."""
        for facts in self.filings():
            yield map_filing(facts, IDS, program_version=VERSION)
        yield map_shared(self.shared(), IDS)
        yield tuple(self._relations())

    def _relations(self) -> Iterator[Quad]:
        """One document in ten hands on a more cited one, or is based on it."""
        chance = random.Random(f"{self.seed} relations")
        graph, pool = NamedNode(IDS.policies_graph), self.pool
        for at in range(1, len(pool)):
            if chance.random() < _FORWARDING:
                how = chance.choice((FG.forwards, ELI.ensures_implementation_of, ELI.based_on))
                other = pool[chance.randrange(at)]
                yield Quad(
                    NamedNode(IDS.policy(pool[at].key)),
                    how,
                    NamedNode(IDS.policy(other.key)),
                    graph,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    corpus: Corpus
    pool: tuple[PolicyDocument, ...]
    weights: tuple[float, ...]

    def filing(self, region: Region, body: str, year: int, kind: FilingKind) -> FilingFacts:
        """One made filing; it depends on its own id and the seed alone."""
        key = FilingId(region=region.code, body=body, year=year, kind=kind.value)
        chance = random.Random(f"{self.corpus.seed} {key}")
        sha = hashlib.sha256(f"{self.corpus.seed} {key}".encode()).hexdigest()
        department = OrganizationKey(region=region.code, body=body[:3])
        unit = OrganizationKey(region=region.code, body=f"{body[:3]}001")
        table = TableKey(source=sha, locator="L1C1")
        count = chance.choice(self.corpus.shape.projects)
        made = [
            self._project(at, key, sha=sha, unit=unit, department=department, chance=chance)
            for at in range(count)
        ]
        name = f"{region.name}第{body[:3]}局"
        return FilingFacts(
            filing=Filing(
                id=key,
                title=f"{name}{year}年度部门预算情况说明",
                region=region.code,
                department=name,
                body_code=body,
                year=year,
                kind=kind,
                sources=(
                    SourceFile(name=f"{key}.txt", sha256=sha, size=1, encoding="UTF-8", lines=9999),
                ),
                id_declared=True,
            ),
            tables=(
                Table(
                    key=table, form=None, title="表", place=_at(sha, 1, 1), last_line=9999, rows=1
                ),
            ),
            printed_amounts=tuple(_printed(project, table, year) for project, _ in made),
            allocations=(),
            organizations=(
                _organization(department, name, None),
                _organization(unit, f"{name}第一中心", department),
            ),
            concepts=(),
            projects=tuple(project for project, _ in made),
            targets=(),
            indicators=tuple(_indicator(project, sha) for project, _ in made),
            citations=tuple(citation for _, citations in made for citation in citations),
            checks=(),
            findings=(),
            ledger=(),
            contacts=(),
            printed_totals=(),
        )

    def _project(
        self,
        at: int,
        filing: FilingId,
        *,
        sha: str,
        unit: OrganizationKey,
        department: OrganizationKey,
        chance: random.Random,
    ) -> tuple[ProjectBudget, tuple[Citation, ...]]:
        line = 10 + 100 * at
        code = f"{filing.region}{filing.year % 100}T{filing.body[:3]}{at:09d}"
        cited = chance.choices(
            self.pool, cum_weights=self.weights, k=chance.choice(self.corpus.shape.bases)
        )
        documents = tuple(dict.fromkeys(one.key for one in cited))
        mentions = [
            (document, field)
            for document in documents
            for field in chance.choice(self.corpus.shape.fields)
        ]
        amount = chance.choice(self.corpus.shape.amounts) / _UNIT.value
        place = _at(sha, line, 10)
        names = "、".join(str(key.number) for key in documents)
        basis = f"根据{names}文件精神安排。" if documents else "根据本单位工作安排。"
        project = ProjectBudget(
            key=code,
            code=code,
            name=f"第{at}项专项经费",
            other_names=(),
            unit=unit,
            department=department,
            category=None,
            amount=Amount(value=amount, unit=_UNIT),
            amount_place=place,
            funding=(
                FundingPart(part="total", amount=Amount(value=amount, unit=_UNIT), place=place),
            ),
            texts=(TextField(field="basis", text=basis, parts=(), kind="basis"),),
            spending=None,
            starts=None,
            ends=None,
            lines=(line,),
            source=sha,
        )
        citations = tuple(
            Citation(
                place=_at(sha, line + 1 + number, 1),
                field=field,
                project=code,
                cited_by=code,
                printed=str(document.number),
                number=document.number,
                title=None,
                policy=document,
                score=Decimal(1),
            )
            for number, (document, field) in enumerate(mentions)
        )
        return project, citations


def _at(sha: str, line: int, start: int) -> Place:
    return Place(source=sha, span=Span(line=line, start=start, end=start + 19))


def _organization(key: OrganizationKey, name: str, parent: OrganizationKey | None) -> Organization:
    role = OrganizationRole.DEPARTMENT if parent is None else OrganizationRole.UNIT
    return Organization(key=key, code=key.body, names=(name,), role=role, parent=parent)


def _printed(project: ProjectBudget, table: TableKey, year: int) -> PrintedAmount:
    amount, place = project.amount, project.amount_place
    if amount is None or place is None:
        raise ValueError(f"a made project without money: {project.key}")
    return PrintedAmount(
        place=place,
        printed=f"{amount.value:,.2f}",
        amount=amount,
        unit_basis=UnitBasis.TABLE,
        table=table,
        form=None,
        row_code=None,
        row_label=project.name,
        column=("预算金额",),
        column_key=None,
        fiscal_year=year,
        phase=BudgetPhase.APPROVED,
        placement=Placement.PRINTED,
    )


def _indicator(project: ProjectBudget, sha: str) -> PerformanceIndicator:
    return PerformanceIndicator(
        place=_at(sha, project.lines[0] + 90, 1),
        project=project.key,
        level1="产出指标",
        level2="数量指标",
        name="服务人数",
        operator=Operator.AT_LEAST,
        operator_printed="≥",
        target="100",
        unit="人",
        weight="10",
        direction=None,
        core=None,
    )
