"""The one printed value whose change would close every sum that fails (after DART: card-minimal)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import Amount, IdentityCheck, Outcome, PrintedAmount
from fiscograph.provenance import Place

CheckKey = tuple[str, str]
# What the program reads of the parts is its own sum: it says nothing of what is printed.
_OWN_SUMS = frozenset({"cube-total"})
_CONFIRMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The only single change that closes ``failures``: ``place`` prints ``printed``, ``value``
    (in the unit of ``printed``) would close them.
    """

    place: Place
    printed: Amount
    value: Decimal
    failures: tuple[CheckKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Equation:
    """A check as a linear equation over printed places: what is left over is ``difference``."""

    key: CheckKey
    signs: Mapping[Place, int]
    difference: Decimal
    tolerance: Decimal
    fails: bool


def repairs_of(
    checks: Iterable[IdentityCheck], amounts: Iterable[PrintedAmount]
) -> dict[CheckKey, Repair]:
    """For each failing check the change that explains it, where exactly one change does.

    Failing checks that share printed values are explained together: a change has to close all of
    them, and none that holds may break by it. Where two values could be changed, or none, nothing
    is said; nor where one identity alone fails, since nothing then confirms the value.
    """
    values = {amount.place: amount.amount for amount in amounts}
    equations = [
        equation
        for check in checks
        if check.rule not in _OWN_SUMS and (equation := _equation(check, values)) is not None
    ]
    at: dict[Place, list[_Equation]] = {}
    for equation in equations:
        for place in equation.signs:
            at.setdefault(place, []).append(equation)
    found: dict[CheckKey, Repair] = {}
    for component in _components([e for e in equations if e.fails]):
        if len(component) < _CONFIRMED:
            continue
        common = set.intersection(*(set(equation.signs) for equation in component))
        tried = [(place, _closing(place, at[place], values[place])) for place in sorted(common)]
        possible = [(place, value) for place, value in tried if value is not None]
        if len(possible) != 1:
            continue
        place, value = possible[0]
        failures = tuple(sorted(equation.key for equation in component))
        repair = Repair(place=place, printed=values[place], value=value, failures=failures)
        found.update(dict.fromkeys(failures, repair))
    return found


def _equation(check: IdentityCheck, values: Mapping[Place, Amount]) -> _Equation | None:
    """The check over its printed terms; None where they do not give its two sides."""
    left, right = check.left, check.right
    if check.outcome is Outcome.NOT_CHECKABLE or left is None or right is None:
        return None
    if check.tolerance is None or any(place not in values for place in check.terms):
        return None
    printed = [values[place].yuan for place in check.terms]
    split = next(
        (
            at
            for at in range(1, len(printed))
            if sum(printed[:at], Decimal(0)) == left and sum(printed[at:], Decimal(0)) == right
        ),
        None,
    )
    if split is None:
        return None
    return _Equation(
        key=(check.rule, check.key),
        signs={place: 1 if at < split else -1 for at, place in enumerate(check.terms)},
        difference=left - right,
        tolerance=check.tolerance,
        fails=check.outcome is Outcome.FAILS,
    )


def _components(failing: Sequence[_Equation]) -> list[list[_Equation]]:
    """Failing equations in groups that share printed values."""
    groups: list[tuple[set[Place], list[_Equation]]] = []
    for equation in failing:
        places, members = set(equation.signs), [equation]
        apart: list[tuple[set[Place], list[_Equation]]] = []
        for known, others in groups:
            if known & places:
                places, members = known | places, [*others, *members]
            else:
                apart.append((known, others))
        groups = [*apart, (places, members)]
    return [members for _, members in groups]


def _closing(place: Place, equations: Sequence[_Equation], printed: Amount) -> Decimal | None:
    """What a place would have to print so that all its equations hold, in its own unit."""
    low = high = None
    exact: list[Decimal] = []
    for equation in equations:
        needed = printed.yuan - equation.signs[place] * equation.difference
        below, above = needed - equation.tolerance, needed + equation.tolerance
        low = below if low is None else max(low, below)
        high = above if high is None else min(high, above)
        if equation.fails:
            exact.append(needed)
    if low is None or high is None or low > high:
        return None
    fitting = sorted({value for value in exact if low <= value <= high})
    if not fitting or (printed.value >= 0 > fitting[0]):
        return None
    return max(fitting, key=lambda value: (exact.count(value), -value)) / printed.unit.value
