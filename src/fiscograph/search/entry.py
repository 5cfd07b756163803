"""What can be found: one entry for each thing of a release that has a name or a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Words(NamedTuple):
    """One word of ours in both languages of the pages."""

    zh: str
    en: str


class Kind(Enum):
    """The kinds of entries, the more important first: groups and hits of one rank stand so."""

    POLICY = "policy"
    ORGANIZATION = "organization"
    PROJECT = "project"
    FILING = "filing"
    CONCEPT = "concept"
    INDICATOR = "indicator"
    TABLE = "table"
    ROW = "row"
    FINDING = "finding"
    CITATION = "citation"
    STATEMENT = "statement"
    TEXT = "text"
    LINE = "line"

    @property
    def order(self) -> int:
        return _ORDER[self]

    @property
    def words(self) -> Words:
        return _WORDS[self]


_ORDER = {kind: number for number, kind in enumerate(Kind)}
_WORDS = {
    Kind.POLICY: Words("政策文件", "policy documents"),
    Kind.ORGANIZATION: Words("部门和单位", "organizations"),
    Kind.PROJECT: Words("项目", "projects"),
    Kind.FILING: Words("公开文件", "filings"),
    Kind.CONCEPT: Words("科目和代码", "classifications and codes"),
    Kind.INDICATOR: Words("绩效指标", "indicators"),
    Kind.TABLE: Words("表", "tables"),
    Kind.ROW: Words("表中的行", "rows of tables"),
    Kind.FINDING: Words("问题", "findings"),
    Kind.CITATION: Words("引用", "citations"),
    Kind.STATEMENT: Words("说明中的数字", "numbers in the narrative"),
    Kind.TEXT: Words("目标和说明", "goals and descriptions"),
    Kind.LINE: Words("原文", "lines of the source"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``path`` is the address under the base, ``codes`` what names the thing alone, ``where`` a
    line that says where it belongs. Name and text are searched; a name ranks higher.
    """

    kind: Kind
    path: str
    name: str = ""
    text: str = ""
    codes: tuple[str, ...] = ()
    where: str = ""
