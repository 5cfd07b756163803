"""The page of ``fiscograph trace``: what a policy document funds, and where that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from fiscograph.budget import canonical_decimal
from fiscograph.terminal.amounts import yuan
from fiscograph.terminal.console import plain_table, print_json, results
from fiscograph.tracing import FundedProject, Mention, Trace

_SOURCE_DIGITS = 16


def show(trace: Trace, manifest: Mapping[str, Any], *, as_json: bool) -> None:
    """Print the answer; ``manifest`` is the release's, for the names of its files."""
    if as_json:
        print_json(document(trace, manifest))
        return
    out = results()
    files = _files(manifest)
    if not trace.found:
        _not_found(out, trace)
        return
    out.print(Text(trace.number or trace.typed, style="bold"))
    for title in trace.titles:
        out.print(title)
    for issuer in trace.issuers:
        out.print(issuer)
    out.print(f"{len(trace.rows)} 个项目 / projects, {yuan(trace.total)} 元 / yuan")
    for row in trace.rows:
        out.print()
        _project(out, row, files)


def document(trace: Trace, manifest: Mapping[str, Any]) -> Mapping[str, object]:
    """The answer for programs; amounts are strings of yuan."""
    files = _files(manifest)
    return {
        "typed": trace.typed,
        "number": trace.number,
        "policies": list(trace.policies),
        "titles": list(trace.titles),
        "issuers": list(trace.issuers),
        "total_cny": canonical_decimal(trace.total),
        "projects": [_row(row, files) for row in trace.rows],
        "nearest": list(trace.nearest),
    }


def _row(row: FundedProject, files: Mapping[str, str]) -> Mapping[str, object]:
    return {
        "project_budget": row.budget,
        "code": row.code,
        "name": row.name,
        "filing": row.filing,
        "fiscal_year": row.year,
        "unit": row.unit,
        "department": row.department,
        "amount_cny": None if row.amount is None else canonical_decimal(row.amount),
        "printed": row.printed,
        "printed_unit": row.printed_unit,
        "source": row.source,
        "source_file": _file(row.source, files),
        "line": row.line,
        "covered": row.covered,
        "via": [
            {"field": one.field, "text": one.text, "source": one.source, "line": one.line}
            for one in row.via
        ],
    }


def _project(out: Console, row: FundedProject, files: Mapping[str, str]) -> None:
    out.print(Text(row.name, style="bold"))
    table = plain_table("", "")
    table.show_header = False
    table.add_row("项目编码 / code", row.code or "—")
    table.add_row("单位 / unit", row.unit or "—")
    table.add_row("部门 / department", row.department or "—")
    table.add_row("年度 / year", row.year or "—")
    amount = "—" if row.amount is None else f"{yuan(row.amount)} 元"
    table.add_row("金额 / amount", amount)
    if row.printed is not None:
        printed = f"{row.printed} {row.printed_unit or ''}".strip()
        table.add_row("原文 / printed", f"{printed}    {_where(row, files)}")
    for one in row.via:
        table.add_row("依据 / via", _mention(one, files))
    if row.covered:
        table.add_row("", "已含在部门文件中，不重复计 / counted in its department's filing")
    out.print(table)


def _where(row: FundedProject, files: Mapping[str, str]) -> str:
    return f"{_file(row.source, files)}:{row.line}" if row.line is not None else ""


def _mention(one: Mention, files: Mapping[str, str]) -> str:
    return f"{one.field}：{one.text}    {_file(one.source, files)}:{one.line}"


def _not_found(out: Console, trace: Trace) -> None:
    if trace.number is None:
        out.print(f"“{trace.typed}”中没有发文字号 / no document number in it")
    else:
        out.print(f"没有项目引用 {trace.number} / no project rests on it")
    if trace.nearest:
        out.print("相近的文号 / nearest: " + "  ".join(trace.nearest))


def _files(manifest: Mapping[str, Any]) -> Mapping[str, str]:
    """The names of the source files by the key that stands in their IRIs."""
    return {one["sha256"][:_SOURCE_DIGITS]: one["file"] for one in manifest["inputs"]}


def _file(source: str | None, files: Mapping[str, str]) -> str:
    key = (source or "").rpartition("/")[2]
    return files.get(key, source or "")
