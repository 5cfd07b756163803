"""From the parameters of a request to the rows of a table that it chooses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fiscograph.release.tables.columns import Kind, schemas
from fiscograph.search import terms
from fiscograph.serving.api.models import equal_columns, has_filing
from fiscograph.serving.api.rows import Condition, sorting
from fiscograph.tracing import normal_form

_PREFIX = "substr({column}, 1, {length}) = ?"


def conditions(name: str, asked: Mapping[str, Any], base: str) -> tuple[Condition, ...]:
    """The conditions that the given parameters set for the rows of a table.

    Args:
        name: the table.
        asked: the parameters by name, checked; None where one is not given.
        base: the base IRI: an identifier is taken with it or without.
    """
    return tuple(_conditions(name, {k: v for k, v in asked.items() if v is not None}, base))


def _conditions(name: str, asked: Mapping[str, Any], base: str) -> Iterator[Condition]:
    schema = schemas()[name]
    for column in equal_columns(schema):
        if column.name in asked:
            value = asked[column.name]
            if column.kind is Kind.IRI:
                value = value.removeprefix(base).removeprefix("/")
            text = str(value).lower() if column.kind is Kind.BOOLEAN else str(value)
            yield Condition(clause=f'"{column.name}" = ?', values=(text,))
    yield from _of_time_and_place(name, asked)
    if "document" in asked:
        yield _of_document(name, asked["document"], base)
    for parameter, sign in (("min_amount", ">="), ("max_amount", "<=")):
        if parameter in asked:
            clause = f"amount_cny <> '' AND \"amount_cny sorted\" {sign} ?"
            yield Condition(clause=clause, values=(sorting(asked[parameter]),))
    for term in terms(asked.get("text", "")):
        yield Condition(clause='instr("text searched", ?) > 0', values=(term,))


def _of_time_and_place(name: str, asked: Mapping[str, Any]) -> Iterator[Condition]:
    if "year" in asked and not has_filing(name):
        yield Condition(clause="year = ?", values=(asked["year"],))
    elif "year" in asked:
        yield _of_filing(name, "fiscal_year", "fiscal_year = ?", asked["year"])
    if "region" in asked:
        code = _above(asked["region"])
        yield _of_filing(name, "region", _PREFIX.format(column="region", length=len(code)), code)


def _above(code: str) -> str:
    """What the codes of a region and those below it begin with (GB/T 2260: two digits a level).

    >>> _above("500000"), _above("500100"), _above("500109")
    ('50', '5001', '500109')
    """
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _of_filing(name: str, column: str, clause: str, value: str) -> Condition:
    """A condition on a row's own column, else on its filing's."""
    names = schemas()[name].names
    if column in names:
        return Condition(clause=clause, values=(value,))
    filings = f"SELECT filing FROM filings WHERE {clause}"  # noqa: S608  clauses of ours
    if "filing" in names:
        return Condition(clause=f"filing IN ({filings})", values=(value,))
    budgets = f"SELECT project_budget FROM projects WHERE filing IN ({filings})"  # noqa: S608
    return Condition(clause=f"project_budget IN ({budgets})", values=(value,))


def _of_document(name: str, typed: str, base: str) -> Condition:
    number = normal_form(typed) or typed
    path = typed.removeprefix(base).removeprefix("/")
    title = typed.strip().removeprefix("《").removesuffix("》")
    policies = "SELECT policy FROM policies WHERE number = ? OR policy = ? OR title = ?"
    values = (number, path, title)
    if "policy" in schemas()[name].names:
        return Condition(clause=f"policy IN ({policies})", values=values)
    budgets = f"SELECT project_budget FROM funding WHERE policy IN ({policies})"  # noqa: S608
    return Condition(clause=f"project_budget IN ({budgets})", values=values)
