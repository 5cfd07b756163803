"""The kinds of pages, each with one page of the release of all filings that shows it well."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NUMBER = "渝财社〔2022〕155号"
CODE = "50015223T000003534367"
_FILING = "/filing/500152-426-2023-department-budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of page, by the path of its example and what that answers.

    ``figures`` says whether such pages show figures of filings beside the query that gives them;
    ``column`` is the release's table and column that names all pages of the kind, where it has one.
    """

    name: str
    path: str
    status: int = 200
    figures: bool = False
    column: tuple[str, str] | None = None

    def pages(self, release: Path) -> list[str]:
        """The paths of all pages of the kind, the example first."""
        found = {self.path: None} | dict.fromkeys(self._listed(release))
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
    Kind(name="source", path="/source/a8bdb7342e826835"),
    Kind(name="catalog", path="/catalog"),
    Kind(name="vocabulary", path="/ontology"),
    Kind(name="nothing", path="/filing/nothing", status=404),
    Kind(name="sparql", path="/sparql"),
    Kind(name="sparql-answer", path="/sparql?query=SELECT * { ?filing a fg:Filing } LIMIT 5"),
    Kind(name="sparql-fault", path="/sparql?query=SELECT * {", status=400),
    Kind(name="queries", path="/queries"),
)
