"""Other amounts that keep every identity: the filing's own sums are solved for new values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cache
from random import Random

from tests.golden.disclosed import facts_of
from tests.mutation.draft import Draft, Line, Tracked

from fiscograph.budget import IdentityCheck, Outcome

Row = dict[Decimal, Fraction]
_SMALL = Decimal(10_000)
CENT = Decimal(100)  # the last digit of 万元 with two decimals, in yuan
_STATED_UNIT = re.compile(r"(?P<before>单\s*位\s*[:：]\s*|[（(])万元(?P<after>[)）]?)")
_STATED_YUAN = re.compile(r"(?P<before>单\s*位\s*[:：]\s*|[（(])元(?P<after>[)）]?)")


def rescaled(draft: Draft, seed: Random) -> Draft | None:
    """Every amount times one whole number."""
    factor = seed.choice([2, 3, 7, 11, 40])
    return _revalued(draft, dict.fromkeys(_values(draft), Fraction(factor)))


def perturbed(draft: Draft, seed: Random) -> Draft | None:
    """Every free amount times a number of its own; the sums follow."""
    for _ in range(9):
        # a small amount that shrinks could hide in what a sum may be off by rounding
        factors = {
            value: Fraction(seed.randint(40 if value > _SMALL else 100, 300), 100)
            for value in _values(draft)
        }
        if (made := _revalued(draft, factors)) is not None:
            return made
    return None


def in_yuan(draft: Draft, seed: Random) -> Draft | None:
    """万元 become 元 with two decimals, in the stated units and in the numbers."""
    return _in_yuan(draft, decimals=2)


def in_whole_yuan(draft: Draft, seed: Random) -> Draft | None:
    """万元 become whole 元 without decimals, with and without separators."""
    return _in_yuan(draft, decimals=0, plain=seed.random() < 0.5)


def _in_yuan(draft: Draft, *, decimals: int, plain: bool = False) -> Draft | None:
    exact = _revalued(draft, dict.fromkeys(_values(draft), Fraction(1)))
    if exact is None:
        return None
    amounts = {
        mark: _printed_in_yuan(tracked, decimals, plain=plain)
        if tracked.unit == 10_000
        else tracked
        for mark, tracked in exact.amounts.items()
    }
    lines = [replace(line, text=_yuan_stated(line.text)) for line in draft.lines]
    return replace(exact, amounts=amounts, lines=tuple(_unit_line_where_none(lines)))


def _yuan_stated(text: str) -> str:
    stated = _STATED_UNIT.sub(r"\g<before>元\g<after>", text)
    # A label may be folded within its unit: …总额（万 / 元).
    stated = re.sub(r"(?<=[（(])万\s*\Z", "", stated)
    return re.sub(r"(?<=[\U000f0000-\U000ffffd])(\s?)万元", r"\1元", stated)


def _unit_line_where_none(lines: list[Line]) -> list[Line]:
    """A filing that states no unit is in 万元 by custom; in 元 it says so above each table."""
    if any(_STATED_YUAN.search(line.text) for line in lines if line.table is not None):
        return lines
    made: list[Line] = []
    for line in lines:
        made.append(line)
        if line.header and line.text.startswith("部门:"):
            made.append(Line(text="单位：元", table=line.table, header=True))
    return made


def _printed_in_yuan(tracked: Tracked, decimals: int, *, plain: bool) -> Tracked:
    value = tracked.yuan.quantize(Decimal(1).scaleb(-decimals))
    return replace(tracked, printed=f"{value:f}" if plain else f"{value:,f}", unit=Decimal(1))


def _values(draft: Draft) -> list[Decimal]:
    return sorted({tracked.yuan for tracked in draft.amounts.values() if tracked.yuan})


def _revalued(draft: Draft, factors: Mapping[Decimal, Fraction]) -> Draft | None:
    """The draft with new amounts: free values take their factor, the others what sums make them.

    None where a sum would not be positive or an amount would be no number of its printed decimals.
    """
    solved = _solved(draft.name)
    new: dict[Decimal, Decimal] = {}
    for value, factor in factors.items():
        if value not in solved:
            step = CENT if value % CENT == 0 else Decimal("0.01")
            exact = Fraction(value) * factor / Fraction(step)
            new[value] = max(Decimal(round(exact)), Decimal(1)) * step
    for value, terms in solved.items():
        total = sum((Fraction(new.get(t, t)) * share for t, share in terms.items()), Fraction(0))
        if total <= 0 or (total * 100).denominator != 1:
            return None
        new[value] = Decimal(total.numerator) / Decimal(total.denominator)
    amounts = {
        mark: _reprinted(tracked, new.get(tracked.yuan, tracked.yuan))
        for mark, tracked in draft.amounts.items()
    }
    return replace(draft, amounts=amounts)


def _reprinted(tracked: Tracked, yuan: Decimal) -> Tracked:
    """The amount with another value in its own format: separators, decimals, split digits."""
    old = re.sub(r"[,\s]", "", tracked.printed)
    decimals = len(old.partition(".")[2])
    value = yuan / tracked.unit
    while value != value.quantize(Decimal(1).scaleb(-decimals)) and decimals < 6:
        decimals += 1
    value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    plain = "," not in tracked.printed and len(old.partition(".")[0]) > 3
    text = f"{value:f}" if plain else f"{value:,f}"
    if ". " in tracked.printed:
        text = text.replace(".", ". ")
    return replace(tracked, printed=text, yuan=yuan)


@cache
def _solved(name: str) -> dict[Decimal, Row]:
    """Which distinct values follow from which others, by the checks that the filing passes.

    Equal values are one unknown, so what was equal stays equal. The largest value of an equation is
    its sum: it is solved for, unless it is already, and then the next one is.
    """
    amounts = {a.place: a.amount.yuan for a in facts_of(name).printed_amounts}
    rows: dict[Decimal, Row] = {}
    checked = (
        _equation(check, [amounts.get(term) for term in check.terms])
        for check in facts_of(name).checks
        if check.outcome in {Outcome.HOLDS, Outcome.WITHIN_ROUNDING}
    )
    for equation in (*checked, *map(_total_equation, column_totals(name))):
        reduced = _substituted(equation or {}, rows)
        if not reduced:
            continue
        pivot = max(reduced)
        share = reduced.pop(pivot)
        solution = {value: -part / share for value, part in reduced.items()}
        rows = {value: _substituted(row, {pivot: solution}) for value, row in rows.items()}
        rows[pivot] = solution
    return rows


def _equation(check: IdentityCheck, terms: list[Decimal | None]) -> Row | None:
    """The check as an equation: one term on its left side, or as many as make its left side."""
    if None in terms or check.left is None or check.tolerance is None:
        return None
    known = [term for term in terms if term is not None]
    for split in range(1, len(known)):
        left, right = sum(known[:split], Decimal()), sum(known[split:], Decimal())
        if left == check.left and abs(left - right) <= check.tolerance:
            equation: Row = {}
            for at, value in enumerate(known):
                sign = 1 if at < split else -1
                equation[value] = equation.get(value, Fraction(0)) + sign
            return {value: share for value, share in equation.items() if share and value}
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTotal:
    """A column whose classes, or projects, sum to an amount printed elsewhere."""

    form: str
    key: str | None
    addends: tuple[Decimal, ...]
    total: Decimal


@cache
def column_totals(name: str) -> tuple[ColumnTotal, ...]:
    """Sums that no check of the filing tries, because the table itself prints no total."""
    columns: dict[tuple[str, str | None], list[Decimal]] = {}
    values = {a.amount.yuan for a in facts_of(name).printed_amounts}
    for amount in facts_of(name).printed_amounts:
        sheet = amount.form == "project-targets" and amount.column_key == "total"
        if len(amount.row_code or "") == 3 or sheet:
            key = (amount.form or "", amount.column_key)
            columns.setdefault(key, []).append(amount.amount.yuan)
    found: list[ColumnTotal] = []
    for (form, column), addends in columns.items():
        parts = [*addends]
        parts.remove(max(addends))
        for terms in (addends, parts):
            near = (len(terms) + 1) * CENT / 2
            total = next((v for v in values if abs(v - sum(terms, Decimal())) <= near), None)
            if len(terms) > 1 and total is not None and total not in terms:
                found.append(ColumnTotal(form=form, key=column, addends=tuple(terms), total=total))
    return tuple(found)


def _total_equation(known: ColumnTotal) -> Row:
    equation: Row = {known.total: Fraction(1)}
    for term in known.addends:
        equation[term] = equation.get(term, Fraction(0)) - 1
    return equation


def _substituted(row: Row, solved: Mapping[Decimal, Row]) -> Row:
    made: Row = {}
    for value, share in row.items():
        for part, weight in solved.get(value, {value: Fraction(1)}).items():
            made[part] = made.get(part, Fraction(0)) + share * weight
    return {value: share for value, share in made.items() if share}
