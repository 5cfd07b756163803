"""What the tables of a filing print of the things that texts speak of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fiscograph.budget import (
    FilingFacts,
    FilingKind,
    Placement,
    PrintedAmount,
    StatementKind,
    TableKey,
    Unit,
)
from fiscograph.forms.narrative import Subject, Subjects
from fiscograph.reconciliation.narrative.numbers import Number
from fiscograph.tables import squeeze

_NUMBERING = re.compile(r"\A(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\d+[、.])")
_OWN = re.compile(r"(?:本|我|全)?(?:部门|单位|局|委|办|院|中心|厅|处)")
_FUNCTION = frozenset(
    {
        "department-expenditure",
        "general-public-expenditure",
        "appropriation-balance",
        "department-balance",
    }
)
_TOTALS = frozenset({"total", "budget", "GPB"})
_CLASS, _ITEM_CODE = 3, 7
_BODY = re.compile(
    r"(?:局|中心|院|队|所|站|馆|学校|大学|园|办公室|办|处|委员会|委|会|厅|政府|社|团|部)\Z"
)
_OFTEN = 3
_SCOPE = re.compile(
    r"一般公共预算|财政拨款|部门|单位|本年|总[计额数]|政府采购|三公|出国|公务|\(项\)"
)


class Cells:
    """The printed amounts of a filing's own year, by what they are amounts of."""

    def __init__(self, facts: FilingFacts, subjects: Subjects) -> None:
        self.facts, self.subjects = facts, subjects
        self.year = facts.filing.year
        self.final = facts.filing.kind in {FilingKind.DEPARTMENT_FINAL, FilingKind.UNIT_FINAL}
        # What a target sheet prints of a project is no total of the filing.
        self.amounts = [
            amount
            for amount in facts.printed_amounts
            if amount.form is not None and amount.placement is not Placement.UNPLACED
        ]
        self.names = {squeeze(name) for name in (facts.filing.department, facts.filing.title)}
        self.short: str | None = None
        # d is the most decimals that a table prints in its unit
        self.decimals: dict[tuple[TableKey, Unit], int] = {}
        for amount in self.amounts:
            key = (amount.table, amount.amount.unit)
            self.decimals[key] = max(self.decimals.get(key, 0), amount.amount.decimals)

    def step(self, amount: PrintedAmount) -> Decimal:
        """One of the last decimal of an amount's table, in yuan."""
        decimals = self.decimals[amount.table, amount.amount.unit]
        return amount.amount.unit.value.scaleb(-decimals)

    def learn_name(self, numbers: Iterable[Number]) -> None:
        """Take the one name that stands before subjects for the discloser's own short name.

        The tables bear it out: most of the amounts told of that name are those of the filing.
        """
        found: Counter[str] = Counter()
        agreeing: Counter[str] = Counter()
        for number in numbers:
            if number.kind is not StatementKind.AMOUNT or number.factor is None:
                continue
            for phrase, body in self._divided(number.subject):
                if not _BODY.search(body) or self._is_body(body):
                    continue
                found[body] += 1
                subject = self.subject_of(phrase)
                printed = self.of_subject(subject, self.year) if subject is not None else []
                agreeing[body] += any(a.amount.yuan == number.amount for a in printed)
        if len(found) == 1:
            (body,) = found
            if found[body] >= _OFTEN and 2 * agreeing[body] > found[body]:
                self.short = body

    def of_subject(self, subject: Subject, year: int) -> list[PrintedAmount]:
        """What the tables print of a subject for a year."""
        return [
            amount
            for amount in self.amounts
            if (amount.fiscal_year or self.year) == year
            and any(
                amount.form == cell.form
                and amount.column_key in cell.columns
                and (not cell.side or amount.column[:1] == (cell.side,))
                and cell.row.fullmatch(_label(amount))
                for cell in subject.cells
            )
        ]

    def of_class(self, name: str) -> list[PrintedAmount]:
        """What the tables print of a class of functions, in their columns of totals."""
        return [
            amount
            for amount in self._function()
            if _label(amount) == name
            and (len(amount.row_code or "") == _CLASS or amount.row_code is None)
        ]

    def of_item(self, name: str, group: str | None) -> list[PrintedAmount]:
        """What the tables print of an item of functions, below the group that the text names."""
        groups = {
            (amount.table, amount.row_code)
            for amount in self._function()
            if group is not None and _label(amount) == group
        }
        return [
            amount
            for amount in self._function()
            if _label(amount) == name
            and len(amount.row_code or "") == _ITEM_CODE
            and (group is None or (amount.table, (amount.row_code or "")[:5]) in groups)
        ]

    def _function(self) -> Iterator[PrintedAmount]:
        for amount in self.amounts:
            own = (amount.fiscal_year or self.year) == self.year
            coded = amount.row_code is not None or amount.column[:1] == ("支出",)
            total = amount.form in _FUNCTION and amount.column_key in _TOTALS
            if own and coded and total:
                yield amount

    def subject_of(self, phrase: str) -> Subject | None:
        """The subject that a phrase names, alone or after the discloser's name."""
        bare = self._without_body(phrase)
        return next((s for s in self.subjects.told if s.phrase.fullmatch(bare)), None)

    def is_scoped(self, phrase: str) -> bool:
        """Whether a phrase says whose money, or which, it means: 本部门…, 一般公共预算…."""
        return self._without_body(phrase) != phrase or _SCOPE.search(phrase) is not None

    def has_two_types(self) -> bool:
        """Whether the tables divide all expenditure into 基本支出 and 项目支出."""
        told = {subject.key: subject for subject in self.subjects.told}
        found = [
            self.of_subject(told[key], self.year) for key in ("expenditure", "basic", "project")
        ]
        if not all(map(is_settled, found)):
            return False
        total, basic, project = (amounts[0].amount.yuan for amounts in found)
        return total == basic + project

    def _without_body(self, phrase: str) -> str:
        """A phrase without the name of the discloser, which texts shorten: 市人社局."""
        return next((rest for rest, body in self._divided(phrase) if self._is_body(body)), phrase)

    def _divided(self, phrase: str) -> Iterator[tuple[str, str]]:
        """The longest subject that ends a phrase, with what stands before it."""
        for at in range(1, len(phrase) - 1):
            if any(subject.phrase.fullmatch(phrase[at:]) for subject in self.subjects.told):
                yield phrase[at:], phrase[:at]
                return

    def _is_body(self, text: str) -> bool:
        if text == self.short or _OWN.fullmatch(text) is not None:
            return True
        return len(text) > 1 and any(_is_shortened(text, name) for name in self.names)


def _is_shortened(short: str, name: str) -> bool:
    """Whether the characters of a shortened name stand in the name, in their order.

    >>> _is_shortened("通川区人社信息管理中心", "达州市通川区人力资源和社会保障信息管理中心")
    True
    """
    rest = iter(name)
    return all(char in rest for char in short)


def _label(amount: PrintedAmount) -> str:
    return _NUMBERING.sub("", squeeze(amount.row_label))


def is_settled(printed: Sequence[PrintedAmount]) -> bool:
    """Whether all printings are one amount that stands where it must, or that two tables print."""
    values = {amount.amount.yuan for amount in printed}
    sure = any(not amount.rivals for amount in printed)
    return len(values) == 1 and (sure or len({amount.table for amount in printed}) > 1)
