"""A text against itself: shares, growth, changes, sums and products that it spells out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import IdentityCheck, Outcome, StatementKind
from fiscograph.forms.narrative import Family
from fiscograph.provenance import Place
from fiscograph.reconciliation.checks import outcome_of
from fiscograph.reconciliation.narrative.intervals import Interval, Ratio, compared, per_cent
from fiscograph.reconciliation.narrative.numbers import Number, Text, check_of

_TIMES, _EQUALS = frozenset({"*", "×", "x", "X"}), frozenset({"=", "＝"})
_TOTALS = ("合计", "共计", "总计", "共")
_HUNDRED = Decimal(100)
_ALL = (Decimal(99), Decimal(101))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a filing: families of parts that exclude one another, the amounts in yuan
    that any of its texts tells, and whether 基本支出 and 项目支出 are all its expenditure.
    """

    families: Sequence[Family]
    wholes: frozenset[Decimal]
    two_types: bool


def text_checks(text: Text, known: Known) -> Iterator[IdentityCheck]:
    """Every check that one text allows; where the terms are not certain there is none."""
    yield from _products(text)
    yield from _shares(text, known.wholes)
    yield from _growths(text)
    yield from _differences(text)
    yield from _parts(text, known.families)
    yield from _totals(text)
    yield from _partial_changes(text, two_types=known.two_types)


def _products(text: Text) -> Iterator[IdentityCheck]:
    """10000 万元*3%=300 万元."""
    for base, rate, product in zip(text.numbers, text.numbers[1:], text.numbers[2:], strict=False):
        if rate.unit != "%" or not base.like(product):
            continue
        if text.between(base, rate) not in _TIMES or text.between(rate, product) not in _EQUALS:
            continue
        exact = base.amount * rate.value / _HUNDRED
        yield check_of(
            "prose-product",
            product,
            right=exact,
            terms=(base.place, rate.place),
            outcome=outcome_of(product.amount - exact, product.step / 2),
            tolerance=product.step / 2,
            label=product.about,
        )


def _shares(text: Text, wholes: AbstractSet[Decimal]) -> Iterator[IdentityCheck]:
    """A share of a whole that the text names: 基本支出 93.92 万元，占 95%."""
    pairs = [
        (part, share)
        for part, share in zip(text.numbers, text.numbers[1:], strict=False)
        if share.kind is StatementKind.SHARE
        and share.unit == "%"
        and share.about.rpartition(" ")[2].startswith("占")
        and part.kind is StatementKind.AMOUNT
        and part.factor is not None
        and part.subject == share.subject
    ]
    implied = _implied(pairs, wholes)
    for part, share in pairs:
        whole = _whole_of(text, part, share)
        if whole is not None:
            exact, spread, terms = whole.amount, whole.interval, [part.place, whole.place]
        elif implied and share.told.telling.whole is None:
            steps = sum((p.step for p, _ in pairs), Decimal(0)) / 2
            exact, spread = implied, Interval(low=implied - steps, high=implied + steps)
            terms = [part.place, *(p.place for p, _ in pairs)]
        else:
            continue
        ratio = per_cent(part.interval, spread)
        if ratio is None or exact == 0:
            continue
        tried = compared(share.value, ratio, part.amount / exact * _HUNDRED)
        yield _of_ratio("prose-share", share, tried, terms)


def _implied(
    pairs: Sequence[tuple[Number, Number]], wholes: AbstractSet[Decimal]
) -> Decimal | None:
    """The sum of the parts, where it is the whole: the shares are all, or a text tells the sum."""
    if len(pairs) < 2:
        return None
    shares = sum((share.value for _, share in pairs), Decimal(0))
    total = sum((part.amount for part, _ in pairs), Decimal(0))
    return total if _ALL[0] <= shares <= _ALL[1] or total in wholes else None


def _whole_of(text: Text, part: Number, share: Number) -> Number | None:
    """The amount whose parts are listed: the last one before 其中, if the share names no other."""
    named = share.told.telling.whole
    at = text.numbers.index(part)
    for index in range(at - 1, -1, -1):
        candidate = text.numbers[index]
        if candidate.kind is not StatementKind.AMOUNT or not candidate.like(part):
            continue
        if named is not None:
            if candidate.subject.endswith(named):
                return candidate
        elif text.numbers[index + 1].told.telling.parts:
            return candidate
    return None


def _growths(text: Text) -> Iterator[IdentityCheck]:
    """增加 1.8 万元，增长 52.47%, and 2023年 60.13 万元，2024年 25.77 万元，减少 57.14%."""
    for first, second, rate in zip(text.numbers, text.numbers[1:], text.numbers[2:], strict=False):
        if rate.kind is not StatementKind.CHANGE or rate.unit != "%" or not first.like(second):
            continue
        if first.factor is None or first.kind is not StatementKind.AMOUNT:
            continue
        if second.kind is StatementKind.CHANGE:
            if not (first.subject == second.subject == rate.subject and rate.sign == second.sign):
                continue
            before = first.amount - second.sign * second.amount
            slack = (first.step + second.step) / 2
            change, spread = second.sign * second.amount, second.interval
        elif _is_before(first, second, rate) and _same_basis(text, first, second, rate):
            before, slack = first.amount, first.step / 2
            change = second.amount - first.amount
            half = (first.step + second.step) / 2
            spread = Interval(low=abs(change) - half, high=abs(change) + half)
        else:
            continue
        ratio = per_cent(spread, Interval(low=before - slack, high=before + slack))
        if ratio is None:
            continue
        exact = change / before * _HUNDRED * rate.sign
        if change * rate.sign < 0:
            ratio = Interval(low=-ratio.high, high=-ratio.low)
        tried = compared(rate.value, ratio, exact)
        yield _of_ratio("prose-growth", rate, tried, (first.place, second.place))


def _is_before(first: Number, second: Number, rate: Number) -> bool:
    """Whether two amounts are those of the base year and of the year after it, told together."""
    base = rate.told.telling.base
    return (
        bool(base)
        and second.kind is StatementKind.AMOUNT
        and first.told.telling.year == base
        and second.told.telling.year is not None
        and second.told.telling.year > (base or 0)
        and first.sentence == second.sentence == rate.sentence
    )


def _same_basis(text: Text, first: Number, second: Number, rate: Number) -> bool:
    """Whether the amount of the base year is of the kind that the change is told against."""
    compared_with = text.text[second.told.telling.after : rate.told.telling.start]
    return all((word in first.about) == (word in compared_with) for word in ("执行", "决算"))


def _differences(text: Text) -> Iterator[IdentityCheck]:
    """2022年 60 万元，2023年 50 万元，减少 10 万元."""
    for first, second, change in zip(
        text.numbers, text.numbers[1:], text.numbers[2:], strict=False
    ):
        if change.kind is not StatementKind.CHANGE or change.factor is None:
            continue
        if first.kind is not StatementKind.AMOUNT or not (
            first.like(second)
            and first.factor is not None
            and _is_before(first, second, change)
            and _same_basis(text, first, second, change)
        ):
            continue
        exact = (second.amount - first.amount) * change.sign
        tolerance = 3 * _step((first, second, change)) / 2
        yield check_of(
            "prose-change",
            change,
            right=exact,
            terms=(second.place, first.place),
            outcome=outcome_of(change.amount - exact, tolerance),
            tolerance=tolerance,
            label=change.about,
        )


def _parts(text: Text, families: Sequence[Family]) -> Iterator[IdentityCheck]:
    """A whole and its parts after 其中: more than the whole, or less where none is missing."""
    for index, whole in enumerate(text.numbers[:-1]):
        if whole.kind is not StatementKind.AMOUNT or not text.numbers[index + 1].told.telling.parts:
            continue
        parts = _closed(_listed(text.numbers[index + 1 :], whole), whole)
        if len(parts) < 2:
            continue
        total = sum((part.amount for part in parts), Decimal(0))
        tolerance = (len(parts) + 1) * _step((whole, *parts)) / 2
        outcome = outcome_of(whole.amount - total, tolerance)
        if outcome is Outcome.FAILS and not _is_certain(
            parts, families, exceeds=total > whole.amount
        ):
            continue
        yield check_of(
            "prose-parts",
            whole,
            right=total,
            terms=[part.place for part in parts],
            outcome=outcome,
            tolerance=tolerance,
            label=whole.about,
        )


def _listed(numbers: Sequence[Number], whole: Number) -> list[Number]:
    """The amounts of a list of parts: to the next whole, bracket or other sentence."""
    found: list[Number] = []
    depth = numbers[0].told.telling.depth
    for at, number in enumerate(numbers):
        telling = number.told.telling
        if (at and telling.parts and telling.depth == depth) or telling.depth < depth:
            break
        if telling.period != numbers[0].told.telling.period:
            break
        if telling.depth > depth or number.kind is not StatementKind.AMOUNT:
            continue
        if not number.like(whole) or number.subject in _TOTALS:
            break
        found.append(number)
    return found


def _closed(parts: Sequence[Number], whole: Number) -> Sequence[Number]:
    """A list of parts to where it sums to its whole: what is told after that is no part of it."""
    total = Decimal(0)
    for count, part in enumerate(parts, start=1):
        total += part.amount
        if count > 1 and total == whole.amount and any(n.amount for n in parts[count:]):
            return parts[:count]
        if count == 1 and total == whole.amount and any(n.amount for n in parts[1:]):
            return ()
    return parts


def _is_certain(parts: Sequence[Number], families: Sequence[Family], *, exceeds: bool) -> bool:
    """Whether the parts exclude one another, and, where they fall short, none is missing."""
    for family in families:
        groups = [
            next((i for i, p in enumerate(family.parts) if p.fullmatch(part.subject)), None)
            for part in parts
        ]
        if None in groups or len(set(groups)) != len(groups):
            continue
        if exceeds or (family.complete and len(groups) == len(family.parts)):
            return True
    return False


def _totals(text: Text) -> Iterator[IdentityCheck]:
    """金额 58 万元，金额 110 万元，合计 168 万元: told only where it holds, for a list may be partial."""
    for numbers in text.by_sentence.values():
        for index, total in enumerate(numbers):
            if total.subject not in _TOTALS or total.kind is StatementKind.CHANGE or index < 2:
                continue
            parts = [n for n in numbers[:index] if n.like(total) and n.kind is total.kind]
            whole = parts[0] if parts and parts[0].amount == total.amount else None
            parts = [n for n in parts if n is not whole]
            exact = sum((n.amount for n in parts), Decimal(0))
            tolerance = (len(parts) + 1) * _step((total, *parts)) / 2
            if len(parts) < 2 or abs(total.amount - exact) > tolerance:
                continue
            yield check_of(
                "prose-total",
                total,
                right=exact,
                terms=[n.place for n in parts],
                outcome=outcome_of(total.amount - exact, tolerance),
                tolerance=tolerance,
                label=total.about,
            )


def _partial_changes(text: Text, *, two_types: bool) -> Iterator[IdentityCheck]:
    """支出减少 661.58 万元，基本支出增加 205.35 万元，项目支出减少 866.93 万元."""
    for total, basic, project in zip(
        text.numbers, text.numbers[1:], text.numbers[2:], strict=False
    ):
        changes = (total, basic, project)
        if any(n.kind is not StatementKind.CHANGE or n.factor is None for n in changes):
            continue
        if not (
            basic.subject.startswith("基本支出")
            and project.subject.startswith("项目支出")
            and total.sentence == project.sentence
        ):
            continue
        exact = (basic.sign * basic.amount + project.sign * project.amount) * total.sign
        tolerance = 3 * _step(changes) / 2
        outcome = outcome_of(total.amount - exact, tolerance)
        if outcome is Outcome.FAILS and not two_types:
            continue
        yield check_of(
            "prose-change-parts",
            total,
            right=exact,
            terms=(basic.place, project.place),
            outcome=outcome,
            tolerance=tolerance,
            label=total.about,
        )


def _of_ratio(rule: str, number: Number, tried: Ratio, terms: Sequence[Place]) -> IdentityCheck:
    return check_of(
        rule,
        number,
        right=tried.exact,
        terms=terms,
        outcome=tried.outcome,
        tolerance=tried.tolerance,
        label=number.about,
    )


def _step(numbers: Sequence[Number]) -> Decimal:
    """One of the last decimal that is printed among them: 5 万元 beside 93.92 万元 means 5.00."""
    return min(number.step for number in numbers)
