"""The pages of ``fiscograph trace THING``: as a tree, as a table, or for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from fiscograph.errors import UsageError
from fiscograph.reports.amounts import yuan
from fiscograph.terminal.console import plain_table, print_json, results
from fiscograph.tracing import (
    VAGUE,
    Answer,
    Document,
    FundedProject,
    Funding,
    Mention,
    OrganizationDocuments,
    Rule,
    Share,
    Step,
    Total,
    as_csv,
    as_graphml,
    as_json,
    as_mermaid,
)

FORMATS = ("tree", "table", "json", "csv", "mermaid", "graphml")
WHOLE_FORMATS = ("graphml",)
OVERVIEW_FORMATS = ("table", "json", "csv")
PHASES = {"approved": "预算 / budget", "executed": "决算 / final accounts"}
_RELATIONS = {
    "forwards": "转发 / forwards",
    "promulgates": "印发 / promulgates",
    "implements": "贯彻落实 / implements",
    "based-on": "依据 / is based on",
}


def require_format(form: str, known: tuple[str, ...]) -> None:
    """Refuse a form of output that there is not.

    Raises:
        UsageError: it is none of ``known``.
    """
    if form not in known:
        raise UsageError(f"--format {form}: expected one of {', '.join(known)}")


def show(answer: Answer, form: str) -> None:
    """Print an answer in one of ``FORMATS``."""
    match form:
        case "json":
            print_json(as_json(answer))
        case "csv":
            sys.stdout.write(as_csv(answer))
        case "mermaid":
            sys.stdout.write(as_mermaid(answer))
        case "graphml":
            sys.stdout.write(as_graphml(answer))
        case _:
            out = results()
            labels = {one.iri: one.label for one in _documents(answer)}
            _heading(out, answer)
            _chains(out, answer, labels)
            out.print()
            (_table if form == "table" else _trees)(out, answer, labels)
            out.print()
            rule(out, answer.rule)


def rule(out: Console, stated: Rule) -> None:
    """The rule by which money is counted, under every sum."""
    out.print(f"计法 / rule: {stated.id}")
    out.print(stated.zh)
    out.print(stated.en)


def _documents(answer: Answer) -> tuple[Document, ...]:
    if isinstance(answer, Funding):
        return (answer.document, *answer.carriers, *answer.documents)
    return answer.documents


def _heading(out: Console, answer: Answer) -> None:
    if isinstance(answer, Funding):
        out.print(Text(answer.document.label, style="bold"))
        for line in (*answer.titles, *answer.issuers):
            out.print(line)
        for one in answer.possible:
            out.print(
                f"候选（未合并）/ candidate, never merged: {one.number or one.document}"
                f"{_sure(one.score, inferred=False)}\n{one.why_zh}\n{one.why_en}"
            )
    else:
        out.print(Text(answer.name or answer.typed, style="bold"))
    if isinstance(answer, OrganizationDocuments):
        for share in answer.shares:
            part = "—" if share.share is None else f"{share.share:.2%}"
            out.print(
                f"{share.fiscal_year or ''} 有依据 / with a document: {share.with_basis} / "
                f"{share.projects} 个项目，{yuan(share.with_basis_cny)} / "
                f"{yuan(share.amount_cny)} 元 = {part}" + hinted(share)
            )
    for total in answer.totals:
        out.print(_total(total, several=len(answer.totals) > 1))
    if not answer.totals:
        out.print("没有项目 / no projects")


def _total(total: Total, *, several: bool) -> str:
    when = f"{total.fiscal_year or '—'} {PHASES.get(total.phase or '', total.phase or '')}: "
    parts = [f"{total.projects} 个项目 / projects, {yuan(total.amount_cny)} 元 / yuan"]
    if total.through_cny:
        parts.append(f"直接 / direct {yuan(total.direct_cny)} 元")
        parts.append(f"经由其他文件 / through others {yuan(total.through_cny)} 元")
    if total.inferred:
        parts.append(
            f"其中 {total.inferred} 个的依据是推断的 / inferred；"
            f"不含推断 / without: {yuan(total.stated_cny)} 元"
        )
    if total.without_amount:
        parts.append(f"{total.without_amount} 个没有金额 / without an amount")
    if total.covered:
        parts.append(f"另有 {total.covered} 个已含在部门文件中，不计 / covered, not counted")
    return (when if several else "") + "；".join(parts)


def _chains(out: Console, answer: Answer, labels: Mapping[str, str]) -> None:
    """The ways up from the documents to the highest."""
    if isinstance(answer, OrganizationDocuments):
        return
    for chain in answer.chains:
        out.print("上位 / rests on: " + _way(chain, labels))
    for one in answer.relations:
        way = _way((Step(document=one.document, relation=one.relation, of=one.of),), labels)
        for mention in one.via:
            out.print(f"{way}{_sure(one.score or 1, inferred=False)}")
            out.print(f"  原句 / sentence: “{mention.sentence or mention.text}”")
            out.print(f"  {_place(mention.source_file, mention)}")


def _way(steps: Iterable[Step], labels: Mapping[str, str]) -> str:
    steps = tuple(steps)
    first = labels.get(steps[0].document, steps[0].document)
    return first + "".join(
        f" —{_RELATIONS.get(step.relation, step.relation)}→ {labels.get(step.of, step.of)}"
        for step in steps
    )


def _trees(out: Console, answer: Answer, labels: Mapping[str, str]) -> None:
    """Department, unit, project; what a document reaches through others stands apart."""
    groups: dict[str, list[FundedProject]] = {}
    for one in answer.projects:
        way = next((basis.steps for basis in one.bases), ()) if one.relation == "through" else ()
        groups.setdefault(f"经由 / through: {_way(way, labels)}" if way else "", []).append(one)
    for name, projects in groups.items():
        if name:
            out.print(name)
        for tree in _departments(projects):
            out.print(tree)


def _departments(projects: Iterable[FundedProject]) -> list[Tree]:
    trees: dict[str, Tree] = {}
    units: dict[tuple[str, str], Tree] = {}
    for one in projects:
        department, unit = one.department or one.unit or "—", one.unit or "—"
        tree = trees.setdefault(department, Tree(Text(department)))
        if unit != department:
            if (department, unit) not in units:
                units[department, unit] = tree.add(Text(unit))
            tree = units[department, unit]
        tree.add(Text(one.name, style="bold")).add(_facts(one))
    return list(trees.values())


def _facts(one: FundedProject) -> Table:
    """Everything that is told of a project."""
    table = plain_table("", "")
    table.show_header = False
    table.add_row("项目编码 / code", one.code or "—")
    table.add_row("单位 / unit", one.unit or "—")
    table.add_row("部门 / department", one.department or "—")
    phase = f" {PHASES.get(one.phase or '', one.phase or '')}".rstrip()
    table.add_row("年度 / year", (one.fiscal_year or "—") + phase)
    table.add_row("金额 / amount", _amount(one))
    if one.printed is not None:
        printed = f"{one.printed} {one.printed_unit or ''}".strip()
        table.add_row("原文 / printed", f"{printed}    {_place(one.source_file, one)}")
    for function in one.functions:
        named = " ".join(filter(None, (function.code, function.name)))
        table.add_row("功能 / function", f"{named}  {yuan(function.amount_cny)} 元")
    labels = {basis.document: basis.label for basis in one.bases}
    for mention in one.via:
        label = f"{labels[mention.document]}  " if len(labels) > 1 else ""
        table.add_row("依据 / via", label + _mention(mention))
    for sentence in dict.fromkeys(m.sentence for m in one.via if m.sentence):
        table.add_row("原句 / sentence", f"“{sentence}”")
    if one.other_documents:
        table.add_row("还依据 / also cites", "、".join(one.other_documents))
    if one.indicators:
        table.add_row("绩效指标 / indicators", str(len(one.indicators)))
    if one.covered:
        table.add_row("", "已含在部门文件中，不重复计 / counted in its department's filing")
    return table


def _amount(one: FundedProject) -> str:
    return "—" if one.amount_cny is None else f"{yuan(one.amount_cny)} 元"


def _place(file: str | None, one: FundedProject | Mention) -> str:
    return f"{file or one.source or ''}:{one.line}" if one.line is not None else ""


def _mention(one: Mention) -> str:
    sure = _sure(one.score, inferred=one.kind == VAGUE)
    return f"{one.field}：{one.text}{sure}    {_place(one.source_file, one)}"


def _sure(score: float, *, inferred: bool) -> str:
    """How sure a link is, where it is not certain."""
    word = "推断 / inferred" if inferred else "把握 / confidence"
    return "" if score >= 1 else f"（{word} {score:g}）"


def hinted(share: Share) -> str:
    """What a share is without the documents that are inferred, where that is another."""
    if not share.inferred:
        return ""
    part = "—" if share.stated_share is None else f"{share.stated_share:.2%}"
    return (
        f"；不含推断的 {share.inferred} 个 / without inferred: {yuan(share.stated_cny)} 元 = {part}"
    )


def _table(out: Console, answer: Answer, labels: Mapping[str, str]) -> None:
    """One line for each project; the amounts as counted, covered ones in brackets."""
    table = plain_table(
        "项目 / project",
        "单位 / unit",
        "年度 / year",
        "金额（元） / yuan",
        "依据 / via",
        numbers=("金额（元） / yuan",),
    )
    for one in answer.projects:
        amount = "—" if one.amount_cny is None else yuan(one.amount_cny)
        named = [basis.label + _sure(basis.score, inferred=basis.inferred) for basis in one.bases]
        ways = [_way(basis.steps, labels) for basis in one.bases if basis.steps]
        places = [f"{_place(mention.source_file, mention)}" for mention in one.via[:1]]
        table.add_row(
            one.name,
            one.unit or "—",
            one.fiscal_year or "—",
            f"({amount})" if one.covered else amount,
            "\n".join((*(ways or named), *places)) or "—",
        )
    out.print(table)


def money(amount: Decimal | None) -> str:
    return "—" if amount is None else yuan(amount)
