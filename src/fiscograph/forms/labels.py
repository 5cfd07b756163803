"""What a printed row label stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fiscograph.budget import CodeList, label_key
from fiscograph.forms.schema import FormBook
from fiscograph.tables import squeeze

_ENUMERATOR = re.compile(
    r"\A(?:其中:)?(?:\[?2\d\d\]?[-—_.]?(?=[\u3400-\u9fff]))?(?:\(?[一二三四五六七八九十]{1,4}[)、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d))*"
)
_CODE = {
    "function": re.compile(r"2\d{2}(?:\d{2}){0,3}\Z"),
    "departmental-economic": re.compile(r"3\d{2}(?:\d{2}){0,2}\Z"),
}
# How the names of Chinese public bodies end.
BODY_END = re.compile(
    r"(局|中心|院|支队|大队|队|所|站|馆|校|学|园|办|室|处|委|会|厅|府|社|团|部|协会|\(本级\)|本级|机关)\Z"
)
TOTAL_LABELS = frozenset(
    {
        "合计",
        "总计",
        "本年支出合计",
        "支出合计",
        "本年收入合计",
        "支出总计",
        "收入合计",
        "收入总计",
        "总合计",
        "本年合计",
        "部门合计",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """``side``, ``role`` and ``key`` of a label of a two-sided form (see the forms' data)."""

    side: str
    role: str
    key: str | None


def plain_label(text: str) -> str:
    """A label without its enumerator: ``（八）社会保障和就业支出`` → 社会保障和就业支出."""
    squeezed = squeeze(text)
    return squeezed[_ENUMERATOR.match(squeezed).end() :]  # type: ignore[union-attr]


def is_part(text: str) -> bool:
    """Whether a label says that its row is a part of the one above: ``其中：专项资金``."""
    return squeeze(text).startswith("其中")


def is_code(text: str, scheme: str | None) -> bool:
    """Whether a printed number is a code of the form's classification."""
    pattern = _CODE.get(scheme or "")
    return pattern is not None and pattern.match(text) is not None


def level_of(code: str) -> int:
    """The level of a code: 类 1, 款 2, 项 3, local sub-items 4."""
    return (len(code) - 1) // 2


class LabelReader:
    """Tells what the labels of two-sided forms stand for."""

    def __init__(self, book: FormBook, function: CodeList) -> None:
        self._rows = {label: row for row in book.rows for label in row.labels}
        self._function = function

    def meaning(self, text: str, side: str | None = None) -> Meaning | None:
        """The meaning of a label; ``side`` says on which side it stands where that is known."""
        label = plain_label(text)
        row = self._rows.get(label)
        if row is not None and (side is None or row.side in {side, "either"}):
            return Meaning(side=side or row.side, role=row.role, key=row.key)
        code = self.class_code(label)
        if code is not None and side in {None, "expenditure"}:
            return Meaning(side="expenditure", role="item", key=code)
        if side is not None:
            return Meaning(side=side, role="item", key=None)
        # 对个人和家庭的补助 is spent; 上级补助 is received.
        given = label.startswith("对") and label.endswith("补助")
        if label.endswith("支出") or label == "预备费" or given:
            return Meaning(side="expenditure", role="item", key=None)
        if label.endswith(("收入", "拨款", "资金", "预算拨款")):
            return Meaning(side="income", role="item", key=None)
        return None

    def class_code(self, label: str) -> str | None:
        """The code of a functional class (类) by its label."""
        codes = [code for code in self._function.codes_of(label) if len(code) == 3]
        return codes[0] if codes else None


def joined_label(first: str, second: str, listed: CodeList, code: str | None) -> str | None:
    """Two pieces of a folded label as one, where the code list knows the whole and not the part."""
    whole = first + second
    codes = listed.codes_of(whole)
    if code is not None and code in codes:
        return whole
    if codes and code is None and not listed.by_label.get(label_key(second)):
        return whole
    return None
