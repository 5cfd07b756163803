"""A text against the tables of its filing, where what it speaks of is certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fiscograph.budget import (
    FilingFacts,
    FilingKind,
    IdentityCheck,
    Outcome,
    Placement,
    PrintedAmount,
    StatementKind,
    TableKey,
    Unit,
)
from fiscograph.forms.narrative import Subject, Subjects
from fiscograph.reconciliation.checks import outcome_of
from fiscograph.reconciliation.narrative.numbers import Number, check_of
from fiscograph.tables import squeeze

_ITEM = re.compile(
    r"(?:(?P<class>[^()]*)\(类\))?(?:(?P<group>[^()]*)\(款\))?(?P<item>[^()]*(?:\([^类款项]\)[^()]*)*)\(项\)"
    r"(?:支出|年初)?(?:预算数?|预算安排|安排|决算数?|支出决算)?"
)
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

    def learn_name(self, phrases: Iterable[str]) -> None:
        """Take the one name that stands before subjects for the discloser's own short name."""
        found = Counter(body for phrase in phrases for _, body in self._divided(phrase) if body)
        others = {b for b in found if _BODY.search(b) and not self._is_body(b)}
        if len(others) == 1 and found[min(others)] >= _OFTEN:
            self.short = others.pop()

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


def table_checks(numbers: Iterable[Number], cells: Cells) -> Iterator[IdentityCheck]:
    """Every amount and change of the narrative whose subject a table prints."""
    for number in numbers:
        statement = number.told.statement
        if statement.told_of is not None or number.factor is None or statement.approximate:
            continue
        year = statement.year or cells.year
        if cells.final and "预算" in number.about:
            continue
        if number.kind is StatementKind.AMOUNT and year == cells.year:
            yield from _amount(number, cells)


def _amount(number: Number, cells: Cells) -> Iterator[IdentityCheck]:
    subject = cells.subject_of(number.subject)
    if subject is not None:
        yield from _compared(number, cells.of_subject(subject, cells.year), cells, subject.zh)
        return
    item = _ITEM.fullmatch(number.subject)
    if item is not None:
        yield from _compared(
            number, cells.of_item(item["item"], item["group"]), cells, item["item"]
        )
        return
    yield from _compared(number, cells.of_class(number.subject), cells, number.subject)


def _compared(
    number: Number, printed: Sequence[PrintedAmount], cells: Cells, label: str
) -> Iterator[IdentityCheck]:
    """A text's amount against the cells that print it; one agreeing cell is enough.

    Where all cells print one other amount the text contradicts them; where they differ among
    themselves, or no column is sure, it cannot be told.
    """
    if not printed:
        return
    nearest = min(
        printed, key=lambda amount: (abs(amount.amount.yuan - number.amount), amount.place)
    )
    # Two printings in different units agree within the coarser one. In one unit the text takes the
    # decimals of the table, and a number rounded to fewer is no contradiction either.
    same = nearest.amount.unit.value == number.scale
    tolerance = max(cells.step(nearest), number.step / 2 if same else number.step)
    difference = number.amount - nearest.amount.yuan
    outcome = outcome_of(difference, tolerance)
    if outcome is Outcome.FAILS and not _is_settled(printed):
        outcome = Outcome.NOT_CHECKABLE
    yield check_of(
        "prose-table",
        number,
        right=nearest.amount.yuan,
        terms=[nearest.place],
        outcome=outcome,
        tolerance=tolerance,
        label=label,
    )


def _is_settled(printed: Sequence[PrintedAmount]) -> bool:
    """Whether all printings are one amount that stands where it must, or that two tables print."""
    values = {amount.amount.yuan for amount in printed}
    sure = any(not amount.rivals for amount in printed)
    return len(values) == 1 and (sure or len({amount.table for amount in printed}) > 1)


def change_checks(numbers: Sequence[Number], cells: Cells) -> Iterator[IdentityCheck]:
    """比 2022 年减少 9.8 万元, where a table prints the amounts of both years."""
    for change in numbers:
        base = change.told.telling.base
        told = change.told.statement
        if (
            change.kind is not StatementKind.CHANGE
            or change.factor is None
            or base is None
            or told.told_of is not None
            or (told.year or cells.year) != cells.year
        ):
            continue
        subject = cells.subject_of(change.subject)
        if subject is None:
            continue
        now = cells.of_subject(subject, cells.year)
        before = cells.of_subject(subject, base or cells.year - 1)
        if not now or not before or not (_is_settled(now) and _is_settled(before)):
            continue
        exact = (now[0].amount.yuan - before[0].amount.yuan) * change.sign
        step = max(cells.step(now[0]), cells.step(before[0]))
        tolerance = max(3 * step / 2, step + change.step / 2)
        yield check_of(
            "prose-change",
            change,
            right=exact,
            terms=(now[0].place, before[0].place),
            outcome=outcome_of(change.amount - exact, tolerance),
            tolerance=tolerance,
            label=change.about,
        )
