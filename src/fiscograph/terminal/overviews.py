"""The pages of ``fiscograph trace`` without a thing: rankings, shared documents, shares."""

from __future__ import annotations

import sys
from decimal import Decimal

from rich.console import Console

from fiscograph.terminal.console import plain_table, print_json, results
from fiscograph.terminal.traced import PHASES, money, rule
from fiscograph.tracing import (
    Ranking,
    Shares,
    Unfoundeds,
    UnionTotal,
    as_csv,
    as_json,
)

_YUAN = "金额（元） / yuan"


def show(found: Ranking | Unfoundeds | Shares, form: str) -> None:
    """Print an overview as ``table``, ``json`` or ``csv``."""
    if form == "json":
        print_json(as_json(found))
        return
    if form == "csv":
        sys.stdout.write(as_csv(found))
        return
    out = results()
    if found.filters:
        out.print("  ".join(f"{name}: {text}" for name, text in found.filters))
    match found:
        case Ranking():
            _ranking(out, found)
        case Unfoundeds():
            _without_basis(out, found)
        case Shares():
            _shares(out, found)
    if len(found.rows) < found.rows_in_all:
        out.print(
            f"只列出前 {len(found.rows)} 行，共 {found.rows_in_all} 行 / first rows (--rows N)"
        )
    out.print()
    rule(out, found.rule)


def _ranking(out: Console, found: Ranking) -> None:
    table = plain_table(
        "文件 / document", "年度 / year", _YUAN, "项目 / projects", "地区 / regions", "标题 / title",
        numbers=(_YUAN, "项目 / projects"),
    )  # fmt: skip
    for row in found.rows:
        regions = "、".join(
            f"{one.name or one.region or '—'} {money(one.amount_cny)}" for one in row.regions
        )
        covered = f" (+{row.covered})" if row.covered else ""
        table.add_row(
            row.label,
            _when(row.fiscal_year, row.phase),
            _with_stated(row.amount_cny, row.stated_cny),
            f"{row.projects}{covered}",
            regions,
            (row.title or "") if row.title and row.title not in row.label else "",
        )
    out.print(table)
    _unions(out, found.unions)


def _without_basis(out: Console, found: Unfoundeds) -> None:
    table = plain_table(
        "项目 / project", "单位 / organization", "地区 / region", "年度 / year", _YUAN,
        numbers=(_YUAN,),
    )  # fmt: skip
    for row in found.rows:
        amount = money(row.amount_cny)
        table.add_row(
            row.name,
            row.organization_name or "—",
            row.region_name or row.region or "—",
            _when(row.fiscal_year, row.phase),
            f"({amount})" if row.covered else amount,
        )
    out.print(table)
    _unions(out, found.unions)


def _shares(out: Console, found: Shares) -> None:
    table = plain_table(
        "部门 / department", "地区 / region", "年度 / year", _YUAN, "有依据（元） / with a document",
        "占比 / share", "项目 / projects",
        numbers=(_YUAN, "有依据（元） / with a document", "占比 / share", "项目 / projects"),
    )  # fmt: skip
    for row in found.rows:
        table.add_row(
            row.name or row.department or "—",
            row.region_name or row.region or "—",
            _when(row.fiscal_year, row.phase),
            money(row.amount_cny),
            _with_stated(row.with_basis_cny, row.stated_cny),
            "—" if row.share is None else f"{row.share:.2%}",
            f"{row.with_basis} / {row.projects}",
        )
    out.print(table)


def _unions(out: Console, unions: tuple[UnionTotal, ...]) -> None:
    for one in unions:
        documents = f"{one.documents} 份文件 / documents, " if one.documents else ""
        stated = f"；不含推断 / without inferred {money(one.stated_cny)} 元" if one.inferred else ""
        covered = f"；另有 {one.covered} 个已含在部门文件中 / covered" if one.covered else ""
        out.print(
            f"合并合计 / union {_when(one.fiscal_year, one.phase)}: {documents}"
            f"{one.projects} 个项目 / projects, {money(one.amount_cny)} 元{stated}{covered}"
        )


def _with_stated(amount: Decimal, stated: Decimal) -> str:
    """An amount, and below it that without inferred links where it is another."""
    if amount == stated:
        return money(amount)
    return f"{money(amount)}\n不含推断 / stated {money(stated)}"


def _when(year: str | None, phase: str | None) -> str:
    shown = PHASES.get(phase or "", phase or "")
    return (year or "—") if phase in {None, "approved"} else f"{year or '—'} {shown}"
