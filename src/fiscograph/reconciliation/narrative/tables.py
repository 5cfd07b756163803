"""A text against the tables of its filing, where what it speaks of is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import IdentityCheck, Outcome, PrintedAmount, StatementKind
from fiscograph.reconciliation.checks import outcome_of
from fiscograph.reconciliation.narrative.cells import Cells, is_settled
from fiscograph.reconciliation.narrative.numbers import Number, Text, check_of

_ITEM = re.compile(
    r"(?:(?P<class>[^()]*)\(类\))?(?:(?P<group>[^()]*)\(款\))?(?P<item>[^()]*(?:\([^类款项]\)[^()]*)*)\(项\)"
    r"(?:支出|年初)?(?:预算数?|预算安排|安排|决算数?|支出决算)?"
)
# These stand below any class as well as below the whole.
_OF_ANYTHING = frozenset({"basic", "project", "personnel", "public"})
_OTHER_BASIS = re.compile(r"执行|决算|调整|追加")
_NEAR = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """A number of a text and the cells that print what it is about.

    ``sure`` says that nothing before it in its sentence is of something else; ``scoped`` that its
    own phrase says whose money it means.
    """

    number: Number
    printed: Sequence[PrintedAmount]
    label: str
    sure: bool
    scoped: bool


def table_checks(texts: Sequence[Text], cells: Cells) -> Iterator[IdentityCheck]:
    """Every amount of the narrative whose subject a table prints."""
    tried = [
        found
        for text in texts
        for number in text.numbers
        if _is_own(number, cells) and (found := _tried(text, number, cells)) is not None
    ]
    agreed = {one.label for one in tried if _outcome(one, cells)[0] is not Outcome.FAILS}
    for one in tried:
        yield _compared(one, cells, agreed)


def _is_own(number: Number, cells: Cells) -> bool:
    statement = number.told.statement
    return (
        statement.told_of is None
        and number.factor is not None
        and not statement.approximate
        and number.kind is StatementKind.AMOUNT
        and (statement.year or cells.year) == cells.year
        and not (cells.final and "预算" in number.about)
    )


def _tried(text: Text, number: Number, cells: Cells) -> _Tried | None:
    subject = cells.subject_of(number.subject)
    item = _ITEM.fullmatch(number.subject)
    if subject is not None:
        printed, label = cells.of_subject(subject, cells.year), subject.zh
        sure = _is_told_of_the_whole(text, number, cells, classes=subject.key not in _OF_ANYTHING)
    elif item is not None:
        printed, label, sure = cells.of_item(item["item"], item["group"]), item["item"], True
    else:
        printed, label = cells.of_class(number.subject), number.subject
        sure = _is_told_of_the_whole(text, number, cells, classes=True)
    if not printed:
        return None
    scoped = item is not None or cells.is_scoped(number.subject)
    return _Tried(number=number, printed=printed, label=label, sure=sure, scoped=scoped)


def _is_told_of_the_whole(text: Text, number: Number, cells: Cells, *, classes: bool) -> bool:
    """Whether every amount before a number in its sentence is of something the tables total."""
    period = number.told.telling.period
    before = [
        other
        for other in text.numbers
        if other.told.telling.period == period
        and other.told.telling.start < number.told.telling.start
        and other.kind is StatementKind.AMOUNT
    ]
    return all(
        cells.subject_of(other.subject) is not None
        or (classes and bool(cells.of_class(other.subject)))
        or other.amount == 0
        for other in before
    )


def _outcome(one: _Tried, cells: Cells) -> tuple[Outcome, PrintedAmount]:
    """How a number compares with the cell that prints the nearest amount."""
    number = one.number
    nearest = min(one.printed, key=lambda a: (abs(a.amount.yuan - number.amount), a.place))
    tolerance = _tolerance(number, nearest, cells)
    return outcome_of(number.amount - nearest.amount.yuan, tolerance), nearest


def _tolerance(number: Number, printed: PrintedAmount, cells: Cells) -> Decimal:
    """Two printings in different units agree within the coarser one.

    In one unit the text takes the decimals of the table; a number rounded to fewer is no
    contradiction either.
    """
    same = printed.amount.unit.value == number.scale
    return max(cells.step(printed), number.step / 2 if same else number.step)


def _compared(one: _Tried, cells: Cells, agreed: AbstractSet[str]) -> IdentityCheck:
    """A text's amount against the cells that print it; one agreeing cell is enough.

    Where all cells print one other amount the text contradicts them. Where they differ among
    themselves, where no column is sure, or where the text may speak of a part, it cannot be told:
    another sentence that agrees has then told the whole.
    """
    outcome, nearest = _outcome(one, cells)
    certain = is_settled(one.printed) and one.sure and (one.scoped or one.label not in agreed)
    # The same digits in another unit are the same number, whatever its column.
    certain = certain or (one.sure and nearest.amount.value == one.number.value)
    if outcome is Outcome.FAILS and not certain:
        outcome = Outcome.NOT_CHECKABLE
    return check_of(
        "prose-table",
        one.number,
        right=nearest.amount.yuan,
        terms=[nearest.place],
        outcome=outcome,
        tolerance=_tolerance(one.number, nearest, cells),
        label=one.label,
    )


def change_checks(texts: Sequence[Text], cells: Cells) -> Iterator[IdentityCheck]:
    """比 2022 年减少 9.8 万元, where a table prints the amounts of both years."""
    for text in texts:
        for change in text.numbers:
            told, base = change.told.statement, change.told.telling.base
            if (
                change.kind is StatementKind.CHANGE
                and change.factor is not None
                and base is not None
                and told.told_of is None
                and (told.year or cells.year) == cells.year
            ):
                yield from _changed(text, change, cells, base or cells.year - 1)


def _changed(text: Text, change: Number, cells: Cells, base: int) -> Iterator[IdentityCheck]:
    subject = cells.subject_of(change.subject)
    start = change.told.telling.start
    # what was executed or adjusted is another amount than the budget of that year
    if subject is None or _OTHER_BASIS.search(text.text[max(0, start - _NEAR) : start]):
        return
    now, before = cells.of_subject(subject, cells.year), cells.of_subject(subject, base)
    if not (is_settled(now) and is_settled(before)):
        return
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
