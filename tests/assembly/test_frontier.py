"""The frontier on tables made up: money stays where the widest table puts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.golden.disclosed import QIJIANG_DATA, facts_of

from fiscograph.assembly.cubes import CubeBuilder, Cubes
from fiscograph.budget import Cube, OrganizationKey, Unit, UnitBasis
from fiscograph.forms import Column, Grid, NumberCell, Row, load_forms
from fiscograph.pipeline import read_filing
from fiscograph.placement import PlacedGrid
from fiscograph.placement.grids import place
from fiscograph.provenance import Span
from fiscograph.vocabulary.codelists import load_code_lists

# The department spends 100.00 and 20.00; its own income pays 30.00 of the education.
SHARED = """\
重庆市綦江区档案馆2023年部门预算公开
部门收支总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t90.00\t一、教育支出\t100.00
二、事业收入\t30.00\t二、住房保障支出\t20.00
本年收入合计\t120.00\t本年支出合计\t120.00
收入总计\t120.00\t支出总计\t120.00
财政拨款收支总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t合计
一、本年收入\t90.00\t一、教育支出\t{paid}
一般公共预算拨款\t90.00\t二、住房保障支出\t20.00
收入总计\t90.00\t支出总计\t90.00
"""
FILING = facts_of(QIJIANG_DATA).filing
OWN = OrganizationKey(region="500110", body="212006")
KEYS = ("total", "basic", "project")
COLUMNS = tuple(Column(key=key, path=(key,)) for key in KEYS)
CENT = Decimal("0.01")
# A row: code ("" for the total) and 合计, 基本, 项目 in 0.01 万元.
Line = tuple[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The expenditure table by class, and the functional table with all its levels."""

    wide: list[Line]
    fine: list[Line]


def table_of(form: str, lines: Sequence[Line], first: int) -> PlacedGrid:
    grid = Grid(
        form=load_forms().form(form),
        title="",
        title_span=None,
        unit=Unit.TEN_THOUSAND_YUAN,
        unit_basis=UnitBasis.TABLE,
        columns=COLUMNS,
        rows=tuple(_row(first + at, line) for at, line in enumerate(lines)),
        lines=tuple(range(first, first + len(lines))),
        header_lines=(),
    )
    return place(grid, ())


def _row(number: int, line: Line) -> Row:
    code, values = line
    return Row(
        label=f"科目{code}" if code else "合计",
        code=code or None,
        key=code or None,
        spans=(Span(line=number, start=1, end=9),),
        numbers=tuple(
            NumberCell(
                text=str(value),
                value=value * CENT,
                span=Span(line=number, start=10 + 10 * at, end=18 + 10 * at),
                column=at,
            )
            for at, value in enumerate(values)
            if value
        ),
        level=(len(code) - 1) // 2 if code else 0,
        role="item" if code else "total",
    )


def cubes_of(tables: Tables) -> Cubes:
    grids = (
        table_of("department-expenditure", tables.wide, 1),
        table_of("general-public-expenditure", tables.fine, 101),
    )
    return CubeBuilder(FILING, OWN, grids, Unit.TEN_THOUSAND_YUAN, load_code_lists()).build(())


def allocated(cubes: Cubes, code: str) -> tuple[Decimal, int]:
    """The sum of the allocations under a code in 万元, and how many they are."""
    found = [
        allocation.amount / 10_000
        for allocation in cubes.allocations
        if allocation.cube is Cube.FUNCTION
        and allocation.classification is not None
        and allocation.classification.notation.startswith(code)
    ]
    return sum(found, Decimal(0)), len(found)


@st.composite
def true_tables(draw: st.DrawFn) -> Tables:
    """Tables that add up exactly; amounts are apart by more than any tolerance."""
    amounts = st.integers(0, 50).map(lambda number: number * 1000)
    leaves: dict[str, tuple[int, int]] = {}
    for kind in draw(st.lists(st.sampled_from(["201", "208", "210"]), min_size=1, unique=True)):
        for item in range(draw(st.integers(1, 3))):
            code = f"{kind}0{draw(st.integers(1, 2))}{item + 1:02d}"
            leaves[code] = (draw(amounts) + 1000, draw(amounts))
    codes = sorted({code[:length] for code in leaves for length in (0, 3, 5, 7)})
    fine = [(code, _sums(leaves, code)) for code in codes]
    wide = [line for line in fine if len(line[0]) in {0, 3}]
    return Tables(wide=wide, fine=fine)


def _sums(leaves: dict[str, tuple[int, int]], code: str) -> tuple[int, int, int]:
    basic = sum(pair[0] for leaf, pair in leaves.items() if leaf.startswith(code))
    project = sum(pair[1] for leaf, pair in leaves.items() if leaf.startswith(code))
    return basic + project, basic, project


@settings(max_examples=60)
@given(true_tables())
def test_what_adds_up_is_allocated_at_the_finest_level(tables: Tables) -> None:
    cubes = cubes_of(tables)
    assert not cubes.kept
    for code, (total, _, _) in tables.fine:
        assert allocated(cubes, code)[0] == total * CENT
    finest = {code for code, _ in tables.fine if len(code) == 7}
    found = {a.classification.notation for a in cubes.allocations if a.classification}
    assert found == finest


@settings(max_examples=100)
@given(true_tables(), st.data())
def test_a_class_is_never_replaced_by_rows_that_do_not_sum_to_it(
    tables: Tables, data: st.DataObject
) -> None:
    """One printed value of the finer table is wrong by 1.00 or more."""
    at = data.draw(st.integers(1, len(tables.fine) - 1))
    column = data.draw(st.integers(0, 2))
    wrong = data.draw(st.integers(1, 9)) * 100
    code, values = tables.fine[at]
    changed = tuple(value + wrong if i == column else value for i, value in enumerate(values))
    fine = [*tables.fine]
    fine[at] = (code, (changed[0], changed[1], changed[2]))
    cubes = cubes_of(Tables(wide=tables.wide, fine=fine))
    for kind, (total, _, _) in tables.wide:
        amount, count = allocated(cubes, kind)
        assert abs(amount - total * CENT) <= (count + 1) * CENT / 2
    untouched = [kind for kind, _ in tables.wide if kind and not code.startswith(kind)]
    for kind in untouched:
        assert all(
            len(allocation.classification.notation) == 7
            for allocation in cubes.allocations
            if allocation.classification and allocation.classification.notation.startswith(kind)
        )


@settings(max_examples=60)
@given(true_tables())
def test_rounding_of_finer_rows_does_not_keep_a_class_whole(tables: Tables) -> None:
    """Each class of the wide table is one more in the last place: within the tolerance."""
    wide = [
        (code, (total + 1, basic + 1, project) if code else (total, basic, project))
        for code, (total, basic, project) in tables.wide
    ]
    cubes = cubes_of(Tables(wide=wide, fine=tables.fine))
    assert not cubes.kept
    found = {a.classification.notation for a in cubes.allocations if a.classification}
    assert found == {code for code, _ in tables.fine if len(code) == 7}


@settings(max_examples=40)
@given(true_tables())
def test_evidence_leads_to_printed_numbers_of_that_amount(tables: Tables) -> None:
    printed = {
        (number, 10 + 10 * at): value * CENT * 10_000
        for first, lines in ((1, tables.wide), (101, tables.fine))
        for number, (_, values) in enumerate(lines, start=first)
        for at, value in enumerate(values)
        if value
    }
    for allocation in cubes_of(tables).allocations:
        assert allocation.evidence
        for place_ in allocation.evidence:
            assert printed[place_.line, place_.start] == allocation.amount


@pytest.mark.parametrize(("paid", "told"), [("70.00", False), ("170.00", True)])
def test_a_class_that_other_sources_pay_part_of_is_not_contradicted(
    paid: str, told: bool, tmp_path: Path
) -> None:
    path = tmp_path / "filing.txt"
    path.write_text(SHARED.format(paid=paid), "utf-8")
    lines = [f.place.line for f in read_filing(path).findings if f.rule == "frontier-kept"]
    assert lines == ([6] if told else [])
