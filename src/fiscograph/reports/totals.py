"""The totals of a filing as a clerk asks for them: revenue, expenditure, and how they divide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import NOT_STATED, Allocation, Cube, FilingFacts, Scheme
from fiscograph.reports.words import Words, concept, words

_CLASS_DIGITS = 3
_ORDER = (
    Cube.REVENUE,
    Cube.FUNCTION,
    Cube.ECONOMIC,
    Cube.PROJECT,
    Cube.THREE_PUBLIC,
    Cube.PROCUREMENT,
)
# 人员经费 and 公用经费 are the two parts of 基本支出.
_BASIC = ("basic", "personnel", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What was read of a cube, in yuan, beside what the filing prints as its total."""

    words: Words
    amount: Decimal
    parts: int
    printed: str
    line: int | None
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One part of a total, in yuan; ``code`` is empty where it has none."""

    code: str
    words: Words
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A total divided in one way."""

    words: Words
    shares: tuple[Share, ...]
    total: Decimal


def totals_of(facts: FilingFacts) -> tuple[Total, ...]:
    """The sum of each cube's allocations, beside the total that the filing prints for it."""
    printed = {amount.place: amount for amount in facts.printed_amounts}
    said = {one.cube: one for one in facts.printed_totals}
    found = []
    for cube in _ORDER:
        parts = [one for one in facts.allocations if one.cube is cube]
        if not parts:
            continue
        where = said.get(cube.value)
        amount = printed.get(where.place) if where else None
        found.append(
            Total(
                words=words(cube),
                amount=sum((one.amount for one in parts), Decimal(0)),
                parts=len(parts),
                printed=f"{amount.printed} {amount.amount.unit.printed}" if amount else "",
                line=where.place.line if where else None,
                where=where.label if where else "",
            )
        )
    return tuple(found)


def groups_of(facts: FilingFacts) -> tuple[Group, ...]:
    """Revenue by source, expenditure by kind, fund, function class, economic class, three public
    items: each way of dividing that the filing allows.
    """
    by_cube = {
        cube: [one for one in facts.allocations if one.cube is cube]
        for cube in (Cube.REVENUE, Cube.FUNCTION, Cube.ECONOMIC, Cube.THREE_PUBLIC)
    }
    names = {(one.key.scheme, one.key.notation): one.names[0] for one in facts.concepts}
    ways: tuple[tuple[Words, Sequence[Allocation], Callable[[Allocation], Share]], ...] = (
        (
            Words(zh="收入，按来源", en="Revenue by source"),
            by_cube[Cube.REVENUE],
            _named,
        ),
        (
            Words(zh="支出：基本支出与项目支出", en="Basic and project expenditure"),
            by_cube[Cube.FUNCTION],
            _spending,
        ),
        (Words(zh="支出，按资金性质", en="Expenditure by fund"), by_cube[Cube.FUNCTION], _fund),
        (
            Words(zh="支出，按功能分类（类）", en="Expenditure by function, classes"),
            by_cube[Cube.FUNCTION],
            lambda one: _classed(one, names, Scheme.FUNCTION),
        ),
        (
            Words(zh="支出，按部门经济分类（类）", en="Expenditure by economic class"),
            by_cube[Cube.ECONOMIC],
            lambda one: _classed(one, names, Scheme.ECONOMIC),
        ),
        (
            Words(zh="“三公”经费", en="Three public expenses"),
            by_cube[Cube.THREE_PUBLIC],
            _named,
        ),
    )
    return tuple(_group(title, parts, way) for title, parts, way in ways if parts)


def _group(title: Words, parts: Sequence[Allocation], way: Callable[[Allocation], Share]) -> Group:
    sums: dict[tuple[str, Words], Decimal] = {}
    for one in parts:
        share = way(one)
        key = (share.code, share.words)
        sums[key] = sums.get(key, Decimal(0)) + share.amount
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], -item[1], item[0][1].zh))
    return Group(
        words=title,
        shares=tuple(
            Share(code=code, words=named, amount=amount) for (code, named), amount in ordered
        ),
        total=sum(sums.values(), Decimal(0)),
    )


def _named(one: Allocation) -> Share:
    """A part by its own concept's name, where the code lists know it, else by its label."""
    key = one.classification
    named = concept(key.scheme, key.notation) if key else Words(zh="")
    return Share(code="", words=named if named.en else Words(zh=one.label), amount=one.amount)


def _spending(one: Allocation) -> Share:
    kind = one.spending_type.notation
    return Share(code="", words=_known("spending-type", _basic(kind)), amount=one.amount)


def _basic(kind: str) -> str:
    return "basic" if kind in _BASIC else kind


def _fund(one: Allocation) -> Share:
    return Share(code="", words=_known("fund", one.fund.notation), amount=one.amount)


def _known(scheme: str, notation: str) -> Words:
    if notation == NOT_STATED:
        return Words(zh="表中未注明", en="Not stated")
    return concept(scheme, notation)


def _classed(one: Allocation, names: Mapping[tuple[str, str], str], scheme: Scheme) -> Share:
    """The class (类) of a row: the first three digits of its code."""
    notation = one.classification.notation if one.classification else ""
    if not notation[:_CLASS_DIGITS].isdigit():
        return Share(code="", words=Words(zh=one.label), amount=one.amount)
    code = notation[:_CLASS_DIGITS]
    return Share(code=code, words=Words(zh=names.get((scheme.value, code), "")), amount=one.amount)
