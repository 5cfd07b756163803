"""The columns' description, which both descriptions and the page are made from."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import pytest

from fiscograph.budget import (
    Bin,
    BudgetPhase,
    Cube,
    FilingKind,
    Operator,
    OrganizationRole,
    Outcome,
    Placement,
    Severity,
    Unit,
    UnitBasis,
)
from fiscograph.release.tables import TABLES
from fiscograph.release.tables.columns import Column, schemas
from fiscograph.release.tables.page import page

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/tables.md"
ENUMS: dict[tuple[str, str], type[Enum]] = {
    ("filings", "kind"): FilingKind,
    ("printed_amounts", "unit_basis"): UnitBasis,
    ("printed_amounts", "phase"): BudgetPhase,
    ("printed_amounts", "placement"): Placement,
    ("allocations", "cube"): Cube,
    ("allocations", "phase"): BudgetPhase,
    ("indicators", "operator"): Operator,
    ("checks", "outcome"): Outcome,
    ("findings", "severity"): Severity,
    ("ledger", "bin"): Bin,
    ("organizations", "role"): OrganizationRole,
}


def column(table: str, name: str) -> Column:
    (found,) = (one for one in schemas()[table].columns if one.name == name)
    return found


def test_every_table_is_described_in_the_order_in_which_it_is_written() -> None:
    assert set(schemas()) == {table.name for table in TABLES}


def test_the_page_is_made_from_the_description() -> None:
    says = "run python -m fiscograph.release.tables.page docs/reference/tables.md"
    assert PAGE.read_text("utf-8") == page(), says


@pytest.mark.parametrize(("place", "kind"), ENUMS.items(), ids=str)
def test_what_a_column_may_hold_is_what_the_program_knows(
    place: tuple[str, str], kind: type[Enum]
) -> None:
    assert set(column(*place).enum) == {one.value for one in kind}


def test_no_enum_is_left_untested() -> None:
    listed = {
        (name, one.name) for name, schema in schemas().items() for one in schema.columns if one.enum
    }
    assert listed == set(ENUMS) | {("printed_amounts", "unit")}
    assert set(column("printed_amounts", "unit").enum) == {unit.printed for unit in Unit}


def test_references_lead_to_columns_that_are_there() -> None:
    for schema in schemas().values():
        for reference in schema.references:
            assert set(reference.columns) <= set(schema.names)
            assert set(reference.target) <= set(schemas()[reference.table].names)


def test_keys_and_subjects_are_columns_that_are_never_empty() -> None:
    for schema in schemas().values():
        needed = {*schema.key, *(one.about for one in schema.columns if one.about)}
        needed |= {schema.about} if schema.about else set()
        for name in needed - {None}:
            assert name is not None
            assert column(schema.name, name).required, (schema.name, name)
