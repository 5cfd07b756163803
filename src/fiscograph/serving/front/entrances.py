"""The ways in from the start page: one line per way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fiscograph.serving.frame.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """A way in: what stands behind it, and of how many things where those can be counted."""

    href: str
    word: Word
    told: Word
    count: int | None = None


_ENTRANCES = (
    (
        "/filings",
        "Filing",
        "公开文件",
        "Filings",
        "各部门、单位的预算和决算",
        "budgets and final accounts",
    ),
    (
        "/regions",
        None,
        "地区",
        "Regions",
        "从省到区县，有哪些部门公开了",
        "from province to district",
    ),
    (
        "/departments",
        None,
        "部门与单位",
        "Departments",
        "钱花在哪里，三公经费多少",
        "what each spends, and on what",
    ),
    (
        "/projects",
        "Project",
        "项目",
        "Projects",
        "多少钱，谁实施，凭哪份文件",
        "how much, run by whom, on which ground",
    ),
    (
        "/policies",
        "PolicyDocument",
        "政策文件",
        "Policy documents",
        "哪些项目以它为依据",
        "which projects rest on each",
    ),
    (
        "/indicators",
        "PerformanceIndicator",
        "绩效指标",
        "Indicators",
        "花钱要办成什么",
        "what the money is to achieve",
    ),
    (
        "/code/function",
        None,
        "按功能分类",
        "By function",
        "社保、医疗、农林水……各花多少",
        "social security, health and so on, rolled up",
    ),
    (
        "/compare",
        None,
        "部门比较",
        "Compare",
        "三公经费、人均基本支出",
        "the three public expenses, spending per head",
    ),
    (
        "/findings",
        "Finding",
        "发现",
        "Findings",
        "公开文件自己对不上的地方",
        "where filings contradict themselves",
    ),
    (
        "/trace",
        None,
        "追踪",
        "Trace",
        "文件 → 项目 → 单位 → 资金",
        "document → project → unit → money",
    ),
    (
        "/queries",
        None,
        "查询",
        "Queries",
        "现成的问题，可改可运行",
        "questions to run and to change",
    ),
    (
        "/about",
        None,
        "关于数据",
        "About the data",
        "数字从哪来，有多大把握，还不知道什么",
        "how sure a number is, and what is not known",
    ),
)


def entrances(count: Callable[[str], int | None]) -> tuple[Entrance, ...]:
    """All ways in, in order; ``count`` says how many things of a class the release holds."""
    return tuple(
        Entrance(
            href=href,
            word=Word(zh=zh, en=en),
            told=Word(zh=told_zh, en=told_en),
            count=None if name is None else count(name),
        )
        for href, name, zh, en, told_zh, told_en in _ENTRANCES
    )
