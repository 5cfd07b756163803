"""The page of ``fiscograph validate``: what breaks the shapes, and what could not be checked."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from fiscograph.terminal.console import print_json, results
from fiscograph.terminal.validated_view import Broken, ValidationView, compact
from fiscograph.validation import Checked, Violation

_SHOWN = 5


def show(view: ValidationView, *, as_json: bool) -> None:
    """Print what was found; all of it as JSON, the first cases of each shape for people."""
    if as_json:
        print_json(_document(view.checked))
        return
    out = results()
    report = view.checked.report
    out.print(Text(", ".join(view.checked.files), style="bold"))
    out.print(
        f"{report.triples:,} 个三元组，核对了 {report.focus_nodes:,} 个事物 / "
        f"{report.triples:,} triples, {report.focus_nodes:,} things checked"
    )
    if report.conforms:
        out.print(Text("符合全部约束 / conforms", style="green"))
    else:
        broken = f"{view.violations:,} 处不符合 / {view.violations:,} violations"
        out.print(Text(broken, style="red"))
    for one in view.broken:
        _broken(out, one)
    _unknown(out, view)
    _undeclared(out, view.checked)


def _broken(out: Console, broken: Broken) -> None:
    out.print()
    out.print(Text(f"{broken.shape}  ({len(broken.cases):,})", style="bold"))
    out.print(broken.told.zh)
    if broken.told.en != broken.told.zh:
        out.print(broken.told.en)
    for case in broken.cases[:_SHOWN]:
        named = f"  {case.name}" if case.name else ""
        line = f"  第 {case.line} 行 / line {case.line}" if case.line else ""
        out.print(f"  • {case.focus}{named}{line}", soft_wrap=True)
        out.print(f"    {case.fault.zh} / {case.fault.en}", soft_wrap=True)
    more = len(broken.cases) - _SHOWN
    if more > 0:
        out.print(f"  … 另有 {more:,} 处，见 --html 或 --json / {more:,} more: --html or --json")


def _unknown(out: Console, view: ValidationView) -> None:
    """A warning: what the files refer to and do not describe is taken at its word."""
    if not view.unknown:
        return
    out.print()
    out.print(
        Text(
            "未能核对：所指的事物不在这些文件里，请连同描述它们的文件一起核对 / "
            "not checked: described in none of these files; give the files that describe them too",
            style="yellow",
        )
    )
    for one in view.unknown:
        out.print(
            f"  {one.classes}：{one.things:,} 个，{one.references:,} 处引用，例如 / "
            f"{one.things:,} things, {one.references:,} references, as in {one.example}",
            soft_wrap=True,
        )


def _undeclared(out: Console, checked: Checked) -> None:
    if not checked.undeclared:
        return
    out.print()
    out.print(Text("词汇表里没有的词 / terms that are not declared", style="yellow"))
    for one in checked.undeclared:
        meant = f"  是否指 / is this meant: {compact(one.nearest)}" if one.nearest else ""
        out.print(f"  {one.term}  ×{one.uses:,}{meant}", soft_wrap=True)


def _document(checked: Checked) -> Mapping[str, object]:
    report = checked.report
    return {
        "files": list(checked.files),
        "conforms": report.conforms,
        "triples": report.triples,
        "focus_nodes": report.focus_nodes,
        "violations": [_violation(one) for one in report.violations],
        "not_checked": [
            {
                "shape": one.shape,
                "path": one.path,
                "classes": list(one.expected),
                "value": one.value,
                "focus": one.focus,
                "references": one.references,
            }
            for one in report.elsewhere
        ],
        "undeclared": [
            {"term": one.term, "uses": one.uses, "nearest": one.nearest}
            for one in checked.undeclared
        ],
    }


def _violation(one: Violation) -> Mapping[str, object]:
    return {
        "focus": one.focus,
        "name": one.name,
        "shape": one.shape,
        "path": one.path,
        "constraint": one.constraint,
        "value": one.value,
        "line": one.line,
        "message_zh": one.message_zh,
        "message_en": one.message_en,
    }
