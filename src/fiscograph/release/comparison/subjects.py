"""What two releases are compared by: which columns say that two rows are of one thing, and which
say what is known of it.

Rows are known by what they mean, never by where they are printed: a line more at the top of a
filing moves every number and changes none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Row = Mapping[str, str]
_LINES = re.compile(r"第[\d、至]+行")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One kind of thing, a table of the release.

    ``keys`` are tried one after the other, the strictest first: rows that agree in all columns of
    a key, of which one at least is not empty, are of one thing. ``compared`` are the columns whose
    change is told, ``named`` those that name the thing for a reader. ``by_filing`` is false for
    what filings share. ``without_lines`` are texts whose line numbers do not count.
    """

    table: str
    keys: tuple[tuple[str, ...], ...]
    compared: tuple[str, ...]
    named: tuple[str, ...]
    by_filing: bool = True
    without_lines: frozenset[str] = field(default_factory=frozenset)

    def said(self, row: Row, column: str) -> str:
        """A cell as it is compared; empty where the table has no such column."""
        text = row.get(column, "")
        return _LINES.sub("", text) if column in self.without_lines else text

    def name(self, row: Row) -> str:
        """What a reader calls the thing."""
        return " · ".join(row[column] for column in self.named if row.get(column))


FILINGS = Subject(
    table="filings",
    keys=(("filing",),),
    compared=(
        "region",
        "department",
        "budget_code",
        "fiscal_year",
        "kind",
        "source_file",
        "sha256",
    ),
    named=("department", "fiscal_year"),
    by_filing=False,
)
ORGANIZATIONS = Subject(
    table="organizations",
    keys=(("organization",),),
    compared=("name", "code", "region", "role", "parent"),
    named=("name",),
    by_filing=False,
)
POLICIES = Subject(
    table="policies",
    keys=(("policy",),),
    compared=("number", "issuer", "title", "kind"),
    named=("number", "title"),
    by_filing=False,
)
PROJECTS = Subject(
    table="projects",
    keys=(("code",), ("name", "unit"), ("name",)),
    compared=(
        "code",
        "name",
        "unit",
        "unit_code",
        "department",
        "category",
        "amount_cny",
        "upper_cny",
        "own_cny",
        "other_cny",
    ),
    named=("name", "code"),
)
ALLOCATIONS = Subject(
    table="allocations",
    keys=(
        ("allocation",),
        ("cube", "organization", "scheme", "code", "fund", "spending_type"),
        ("cube", "label", "amount_cny"),
    ),
    compared=(
        "organization",
        "fiscal_year",
        "phase",
        "fund",
        "code",
        "label",
        "spending_type",
        "amount_cny",
    ),
    named=("cube", "code", "label", "fund"),
)
PRINTED_AMOUNTS = Subject(
    table="printed_amounts",
    keys=(
        ("form", "row_code", "row_label", "column", "fiscal_year", "phase"),
        ("form", "row_code", "row_label", "printed"),
        ("form", "column", "fiscal_year", "phase", "printed"),
        ("form", "row_label", "column"),
    ),
    compared=(
        "row_code",
        "row_label",
        "column",
        "fiscal_year",
        "phase",
        "printed",
        "unit",
        "amount_cny",
        "placement",
    ),
    named=("row_code", "row_label", "column"),
)
INDICATORS = Subject(
    table="indicators",
    keys=(
        ("of", "level1", "level2", "name"),
        ("of", "name"),
        ("of", "level1", "level2", "target"),
        ("level1", "level2", "name", "target"),
    ),
    compared=(
        "of",
        "level1",
        "level2",
        "name",
        "operator",
        "target",
        "unit",
        "weight",
        "direction",
        "core",
    ),
    named=("of", "name"),
)
CITATIONS = Subject(
    table="citations",
    keys=(
        ("cited_by", "field", "printed"),
        ("cited_by", "field", "policy"),
        ("cited_by", "printed"),
        ("field", "printed"),
        ("cited_by", "field"),
    ),
    compared=("cited_by", "field", "printed", "number", "title", "policy", "score"),
    named=("printed", "cited_by"),
)
FUNDING = Subject(
    table="funding",
    # Money and names are those of the project and the document, and are told there.
    keys=(("policy", "project_code", "project_name"), ("policy", "project_code")),
    compared=("via",),
    named=("number", "title", "project_name"),
)
STATEMENTS = Subject(
    table="statements",
    keys=(("about", "unit", "year"), ("about", "unit"), ("about",), ("value", "unit", "year")),
    compared=("about", "value", "unit", "year"),
    named=("about", "year"),
)
FINDINGS = Subject(
    table="findings",
    keys=(
        ("rule", "message_zh"),
        ("rule", "printed", "expected"),
        ("rule", "printed"),
        ("rule", "lines"),
    ),
    # The English message says the same as the Chinese one.
    compared=("severity", "message_zh", "printed", "expected"),
    named=("rule", "message_zh"),
    without_lines=frozenset({"message_zh"}),
)
CHECKS = Subject(
    table="checks",
    # A check is known by its place; how many of a rule hold and fail is known without.
    keys=(("rule", "outcome"),),
    compared=("count",),
    named=("rule", "outcome"),
)
SUBJECTS = (
    FILINGS,
    FINDINGS,
    PROJECTS,
    ALLOCATIONS,
    PRINTED_AMOUNTS,
    POLICIES,
    FUNDING,
    CITATIONS,
    INDICATORS,
    STATEMENTS,
    CHECKS,
    ORGANIZATIONS,
)
