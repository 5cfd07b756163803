"""How money is counted, said in words beside every sum."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of counting: its name and what it says."""

    id: str
    zh: str
    en: str


_STATED_ZH = (
    "合计含推断的依据：只由未指明的提及（如“121号文”，mentionKind=vague）推断、把握（score）低于 1 的，"
    "标为 inferred；stated_cny 是不含只有推断依据的项目的金额。"
)
_STATED_EN = (
    "Sums take in inferred links, which only a vague mention makes (such as 121号文, "
    "mentionKind=vague; its score is below 1) and which are marked inferred; stated_cny is the "
    "same without the projects that have no other link. "
)
_APART_ZH = _STATED_ZH + (
    "已由部门文件涵盖的单位文件（fg:coveredBy）只列出、不计入；不同年度、不同阶段（预算、决算）分别合计，"
    "从不相加；没有金额的项目只计个数。"
)
_APART_EN = _STATED_EN + (
    "A unit's filing that its department's filing covers (fg:coveredBy) is listed and not counted; "
    "years and phases (budget, final accounts) are summed apart and never added up; a project "
    "without an amount is only counted."
)
WHOLE_AMOUNT = Rule(
    id="whole-amount-per-document",
    zh=(
        "每份文件下计入以它为依据的项目的全部金额：一个项目依据三份文件时，其金额在三份文件下各出现一次，"
        "所以不同文件的金额不能相加；旁边的合并合计（union）中每个项目预算只计一次。" + _APART_ZH
    ),
    en=(
        "Under each document stands the whole amount of every project that rests on it: where one "
        "project cites three documents its money stands under all three, so the documents' amounts "
        "must not be added up; the union total beside them counts each project budget once. "
        + _APART_EN
    ),
)
ONCE = Rule(
    id="each-project-budget-once",
    zh="每个项目预算只计一次，不论它依据几份文件。" + _APART_ZH,
    en="Each project budget is counted once, however many documents it cites. " + _APART_EN,
)
