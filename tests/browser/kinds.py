"""The kinds of pages, each with one page of the release of all filings that shows it well."""

from __future__ import annotations

from dataclasses import dataclass

NUMBER = "渝财社〔2022〕155号"
CODE = "50015223T000003534367"
_FILING = "/filing/500152-426-2023-department-budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of page.

    ``path`` is its example; ``figures`` says whether it shows figures of filings with the query
    that gives them; ``status`` is what it answers.
    """

    name: str
    path: str
    figures: bool = False
    status: int = 200


KINDS = (
    Kind(name="start", path="/", figures=True),
    Kind(name="trace", path="/trace"),
    Kind(name="traced", path=f"/trace?q={NUMBER}", figures=True),
    Kind(name="several", path="/trace?q=渝财社", status=300),
    Kind(name="overview", path="/trace/documents"),
    Kind(name="filing", path=_FILING, figures=True),
    Kind(name="policy", path="/policy/渝财社/2022/155", figures=True),
    Kind(name="project", path=f"/project/{CODE}", figures=True),
    Kind(name="project-budget", path=f"{_FILING}/project/{CODE}", figures=True),
    Kind(name="organization", path="/organization/500152/426", figures=True),
    Kind(name="source", path="/source/a8bdb7342e826835"),
    Kind(name="catalog", path="/catalog"),
    Kind(name="vocabulary", path="/ontology"),
    Kind(name="nothing", path="/filing/nothing", status=404),
    Kind(name="sparql", path="/sparql"),
    Kind(name="sparql-answer", path="/sparql?query=SELECT * { ?filing a fg:Filing } LIMIT 5"),
    Kind(name="sparql-fault", path="/sparql?query=SELECT * {", status=400),
)
