"""The page of ``fiscograph build``: what was read and published."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from fiscograph.release.summary import BuildSummary
from fiscograph.terminal.console import messages, plain_table, print_json, results

_MEGABYTE = 1_000_000


def show(summary: BuildSummary, *, as_json: bool) -> None:
    """Print what a build did; what the user should know of single files goes to stderr."""
    if as_json:
        print_json(_document(summary))
    else:
        _page(summary)
    notes = messages()
    for filing in summary.derived_ids:
        notes.print(f"没有 .toml，标识由内容推得 / id derived from the filing: {filing}")
    for note in summary.encodings:
        notes.print(f"编码 / encoding: {note}")
    for failure in summary.failures:
        where = failure.file if failure.line is None else f"{failure.file}:{failure.line}"
        notes.print(f"未发布 / left out: {where}: {failure.reason}")


def _page(summary: BuildSummary) -> None:
    out = results()
    table = plain_table(f"发布到 / published: {summary.out}", "数量", "其中", numbers=("数量",))
    for label, number, parts in _rows(summary):
        red = label.startswith("未读出") and number > 0
        table.add_row(Text(label, style="red" if red else ""), f"{number:,}", _listed(parts))
    out.print(table)
    memory = f"{summary.peak_memory / _MEGABYTE:,.0f} MB"
    out.print(f"{summary.seconds:.1f} 秒 / s，最大进程 / largest process {memory}")


def _rows(summary: BuildSummary) -> tuple[tuple[str, int, Mapping[str, int]], ...]:
    return (
        ("公开文件 / filings", summary.filings, {}),
        ("印出金额 / printed amounts", sum(summary.placements.values()), summary.placements),
        ("项目 / projects", summary.projects, {}),
        ("绩效指标 / indicators", summary.indicators, {}),
        ("引用 / citations", summary.citations, {}),
        ("政策文件 / policy documents", summary.policies, {}),
        ("勾稽 / checks", sum(summary.checks.values()), summary.checks),
        ("发现 / findings", summary.findings, {}),
        ("数字 / numeric tokens", sum(summary.bins.values()), summary.bins),
        ("未读出 / unread", summary.unread, {}),
        ("三元组 / triples", summary.triples, {}),
    )


def _listed(parts: Mapping[str, int]) -> str:
    """The parts, the largest first; among equals by name."""
    ordered = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    return "  ".join(f"{name} {number:,}" for name, number in ordered if number)


def _document(summary: BuildSummary) -> Mapping[str, object]:
    return {
        "out": str(summary.out),
        "filings": summary.filings,
        "printed_amounts": dict(sorted(summary.placements.items())),
        "projects": summary.projects,
        "indicators": summary.indicators,
        "citations": summary.citations,
        "policies": summary.policies,
        "checks": dict(sorted(summary.checks.items())),
        "findings": summary.findings,
        "ledger": dict(sorted(summary.bins.items())),
        "unread": summary.unread,
        "triples": summary.triples,
        "seconds": round(summary.seconds, 3),
        "peak_memory": summary.peak_memory,
        "derived_ids": list(summary.derived_ids),
        "encodings": list(summary.encodings),
        "failures": [
            {"file": one.file, "line": one.line, "reason": one.reason} for one in summary.failures
        ],
    }
