"""The kinds of pages, each with one page of the release of all filings that shows it well."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NUMBER = "渝财社〔2022〕155号"
CODE = "50015223T000003534367"
_SOURCE = "/source/a8bdb7342e826835"
_FILING = "/filing/500152-426-2023-department-budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of page, by the path of its example and what that answers.

    ``figures`` says whether such pages show figures of filings beside the query that gives them;
    ``column`` is the release's table and column that names all pages of the kind, where it has one;
    ``more`` are further examples.
    """

    name: str
    path: str
    status: int = 200
    figures: bool = False
    column: tuple[str, str] | None = None
    more: tuple[str, ...] = ()

    def pages(self, release: Path) -> list[str]:
        """The paths of all pages of the kind, the example first."""
        found = dict.fromkeys((self.path, *self.more, *self._listed(release)))
        return list(found)

    def _listed(self, release: Path) -> Iterator[str]:
        if self.column is None:
            return
        table, column = self.column
        with (release / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row[column]:
                    yield f"/{row[column]}"


KINDS = (
    Kind(name="start", path="/", figures=True),
    Kind(name="trace", path="/trace"),
    Kind(name="traced", path=f"/trace?q={NUMBER}", figures=True),
    Kind(name="several", path="/trace?q=渝财社", status=300),
    Kind(name="overview", path="/trace/documents"),
    Kind(name="filing", path=_FILING, figures=True, column=("filings", "filing")),
    Kind(name="policy", path="/policy/渝财社/2022/155", figures=True, column=("funding", "policy")),
    Kind(name="project", path=f"/project/{CODE}", figures=True, column=("projects", "project")),
    Kind(
        name="project-budget",
        path=f"{_FILING}/project/{CODE}",
        figures=True,
        column=("projects", "project_budget"),
    ),
    Kind(
        name="organization",
        path="/organization/500152/426",
        figures=True,
        column=("organizations", "organization"),
    ),
    Kind(name="organization-all", path="/organization/500152/426/all.html"),
    Kind(
        name="region",
        path="/region/500152",
        figures=True,
        more=("/region/500000", "/region/511702", "/region/511700"),
    ),
    Kind(
        name="class",
        path="/code/function/2023/208",
        figures=True,
        more=(
            "/code/function/2023/2080505",
            "/code/departmental-economic/2023/30101",
            "/code/fund/GPB",
        ),
    ),
    Kind(
        name="classification",
        path="/code/function",
        more=("/code/departmental-economic", "/code/fund", "/code/revenue-source"),
    ),
    Kind(name="cofog", path="/code/cofog"),
    Kind(name="filings", path="/filings"),
    Kind(name="regions", path="/regions"),
    Kind(name="departments", path="/departments"),
    Kind(name="projects", path="/projects", figures=True),
    Kind(name="policies", path="/policies"),
    Kind(name="indicators", path="/indicators"),
    Kind(name="findings", path="/findings"),
    Kind(name="compare", path="/compare", figures=True),
    Kind(name="search", path="/search?q=就业", more=("/search?q=2080799", "/search?q=无处可寻")),
    Kind(name="about", path="/about"),
    Kind(name="developers", path="/developers"),
    Kind(name="api", path="/api"),
    Kind(name="filing-list", path=f"{_FILING}/allocations.html", figures=True),
    Kind(name="filing-all", path=f"{_FILING}/all.html"),
    Kind(name="source", path=_SOURCE),
    Kind(name="source-lines", path=f"{_SOURCE}/lines/401-800.html"),
    Kind(
        name="table",
        path=f"{_SOURCE}/table/L315C1",
        figures=True,
        column=("printed_amounts", "table"),
    ),
    Kind(name="cube", path="/cube/expenditure-by-function"),
    Kind(
        name="allocation",
        path=f"{_FILING}/allocation/expenditure-by-economic-class/"
        "426.2023.approved.expenditure.30103.GPB.personnel",
        figures=True,
        column=("allocations", "allocation"),
    ),
    Kind(
        name="amount",
        path=f"{_SOURCE}/at/L1001C4",
        figures=True,
        column=("printed_amounts", "amount"),
    ),
    Kind(name="statement", path=f"{_SOURCE}/at/L107C10", column=("statements", "statement")),
    Kind(name="citation", path=f"{_SOURCE}/at/L1673C1", column=("citations", "citation")),
    Kind(name="indicator", path=f"{_SOURCE}/at/L1882C21", column=("indicators", "indicator")),
    Kind(name="check", path=f"{_FILING}/check/class-basic/L1003C23", column=("checks", "check")),
    Kind(
        name="finding",
        path=f"{_FILING}/finding/contested-row/L570C12",
        column=("findings", "finding"),
    ),
    Kind(name="catalog", path="/catalog"),
    Kind(name="graph", path="/graph/policies"),
    Kind(name="vocabulary", path="/ontology"),
    Kind(name="nothing", path="/filing/nothing", status=404),
    Kind(name="sparql", path="/sparql"),
    Kind(name="sparql-answer", path="/sparql?query=SELECT * { ?filing a fg:Filing } LIMIT 5"),
    Kind(name="sparql-fault", path="/sparql?query=SELECT * {", status=400),
    Kind(name="queries", path="/queries"),
)
