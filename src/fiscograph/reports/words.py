"""The words of the report for what the domain calls by keys: Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from fiscograph.budget import Bin, ConceptKey, Cube, FilingKind, Outcome, Placement, Severity
from fiscograph.vocabulary.concepts import labels_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in both languages; ``en`` may be empty where only Chinese is printed."""

    zh: str
    en: str = ""


_KEYS: Mapping[Enum, tuple[str, str]] = {
    FilingKind.DEPARTMENT_BUDGET: ("部门预算", "Department budget"),
    FilingKind.UNIT_BUDGET: ("单位预算", "Unit budget"),
    FilingKind.DEPARTMENT_FINAL: ("部门决算", "Department final accounts"),
    FilingKind.UNIT_FINAL: ("单位决算", "Unit final accounts"),
    Bin.PRINTED_AMOUNT: ("表中金额", "Amounts in tables"),
    Bin.INDICATOR: ("绩效指标值", "Values of indicators"),
    Bin.STATEMENT: ("文字说明中的数字", "Numbers in the narrative"),
    Bin.LABEL: ("编码、年份、序号等", "Codes, years, ordinals"),
    Bin.CONTACT: ("联系人、电话（不公开）", "Contacts, not published"),
    Bin.FURNITURE: ("重复的表头、页码", "Repeated headers, page numbers"),
    Bin.DAMAGE: ("损坏的数字", "Damaged numbers"),
    Bin.UNREAD: ("未读出", "Unread"),
    Placement.PRINTED: ("原表分列", "Printed: the source draws the column"),
    Placement.PROVED: ("由勾稽关系证明", "Proved by the accounting identities"),
    Placement.CHOSEN: ("有多种可能，择一", "Chosen among several"),
    Placement.UNPLACED: ("未归列", "In a table of no known form"),
    Outcome.FAILS: ("不符", "Fails"),
    Outcome.WITHIN_ROUNDING: ("四舍五入内相符", "Within rounding"),
    Outcome.NOT_CHECKABLE: ("无法核对", "Not checkable"),
    Outcome.HOLDS: ("相符", "Holds"),
    Severity.ERROR: ("错误", "Error"),
    Severity.WARNING: ("警告", "Warning"),
    Severity.NOTICE: ("提示", "Notice"),
    Cube.REVENUE: ("收入合计", "Revenue"),
    Cube.FUNCTION: ("支出合计", "Expenditure"),
    Cube.ECONOMIC: ("支出，按经济分类", "Expenditure by economic class"),
    Cube.PROJECT: ("支出，按项目", "Expenditure by project"),
    Cube.THREE_PUBLIC: ("“三公”经费", "Three public expenses"),
    Cube.PROCUREMENT: ("政府采购", "Procurement"),
}


def words(key: Enum) -> Words:
    """How the report calls a member of one of the domain's enumerations.

    >>> words(Outcome.FAILS).zh
    '不符'
    """
    zh, en = _KEYS.get(key, (str(key.value), ""))
    return Words(zh=zh, en=en)


def concept(scheme: str, notation: str) -> Words:
    """How the code lists call one of our own concepts; its notation where they do not know it.

    >>> concept("rule", "row-sum").zh
    '行内合计'
    """
    labels = labels_of(ConceptKey(scheme=scheme, edition=None, notation=notation))
    return Words(zh=notation) if labels is None else Words(zh=labels.zh, en=labels.en or "")
