"""Two printings of one thing that are a unit of money apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fiscograph.budget import (
    Finding,
    IdentityCheck,
    Outcome,
    PrintedAmount,
    Severity,
    TableKey,
    Unit,
)
from fiscograph.provenance import Place
from fiscograph.reconciliation.findings.evidence import Evidence
from fiscograph.reconciliation.findings.wording import rows_en, rows_zh
from fiscograph.reconciliation.repair import CheckKey, Repair

_POWERS = (3, 4, 8)
_TIMES = {
    3: ("一千倍", "a thousand times"),
    4: ("一万倍", "ten thousand times"),
    8: ("一亿倍", "a hundred million times"),
}
_WITHIN_A_TABLE = frozenset({"row-sum", "tree-sum", "cube-total", "project-funding"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """A check whose sides are ``power`` powers of ten apart (left over right)."""

    check: IdentityCheck
    power: int
    left: PrintedAmount
    right: PrintedAmount

    @property
    def tables(self) -> frozenset[TableKey]:
        return frozenset({self.left.table, self.right.table})


def unit_slips(
    evidence: Evidence, failing: Iterable[IdentityCheck], repairs: Mapping[CheckKey, Repair]
) -> tuple[list[Finding], set[CheckKey]]:
    """Findings of slipped units, and the failing checks that they explain.

    Where all that two tables both print is the same power apart, the unit of a table slipped: one
    finding for it. Where one number is, its unit did.
    """
    amounts = {amount.place: amount for amount in evidence.facts.printed_amounts}
    apart = [slip for check in failing if (slip := _apart(check, amounts)) is not None]
    agreeing = _agreeing(evidence, amounts)
    wholly = [slip for slip in apart if slip.tables not in agreeing and len(slip.tables) > 1]
    common = _common_unit(amounts.values())
    found: list[Finding] = []
    explained: set[CheckKey] = set()
    while wholly:
        table = _blamed(wholly, common)
        own = [slip for slip in wholly if table in slip.tables]
        wholly = [slip for slip in wholly if table not in slip.tables]
        if len(own) > 1 or _unit(own[0], table) is not common:
            found.append(_of_table(table, own, evidence))
            explained.update(_key(slip.check) for slip in own)
    for slip in apart:
        key = _key(slip.check)
        if key not in explained and key not in repairs:
            found.append(_of_number(slip, evidence))
            explained.add(key)
    return found, explained


def _key(check: IdentityCheck) -> CheckKey:
    return check.rule, check.key


def _apart(check: IdentityCheck, amounts: Mapping[Place, PrintedAmount]) -> _Apart | None:
    """The check, where it compares two printings whose sides are a unit apart."""
    left, right, tolerance = check.left, check.right, check.tolerance
    if check.rule in _WITHIN_A_TABLE or not left or not right or tolerance is None:
        return None
    if any(place not in amounts for place in check.terms):
        return None
    for power in (*_POWERS, *(-power for power in _POWERS)):
        far, near = (left, right) if power > 0 else (right, left)
        if abs(far.scaleb(-abs(power)) - near) <= tolerance:
            first, last = amounts[check.terms[0]], amounts[check.terms[-1]]
            return _Apart(check=check, power=power, left=first, right=last)
    return None


def _agreeing(
    evidence: Evidence, amounts: Mapping[Place, PrintedAmount]
) -> set[frozenset[TableKey]]:
    """Pairs of tables of which something printed in both agrees: their units do."""
    return {
        frozenset({amounts[check.terms[0]].table, amounts[check.terms[-1]].table})
        for check in evidence.facts.checks
        if check.outcome in {Outcome.HOLDS, Outcome.WITHIN_ROUNDING}
        and check.left
        and check.rule not in _WITHIN_A_TABLE
        and all(place in amounts for place in check.terms)
    }


def _common_unit(amounts: Iterable[PrintedAmount]) -> Unit | None:
    """The unit that most tables of the filing print in."""
    units = Counter({amount.table: amount.amount.unit for amount in amounts}.values())
    return max(sorted(units, key=lambda unit: unit.name), key=lambda u: units[u], default=None)


def _unit(slip: _Apart, table: TableKey) -> Unit:
    """The unit of one of the tables of a check."""
    return (slip.left if slip.left.table == table else slip.right).amount.unit


def _blamed(slips: Sequence[_Apart], common: Unit | None) -> TableKey:
    """The table that is apart from the most others; of two, the one whose unit is not the filing's.

    After these the one that is apart in the most numbers, then the first.
    """
    strange = {t for slip in slips for t in slip.tables if _unit(slip, t) is not common}
    partners: dict[TableKey, set[TableKey]] = {}
    count: Counter[TableKey] = Counter()
    for slip in slips:
        for table in slip.tables:
            partners.setdefault(table, set()).update(slip.tables - {table})
            count[table] += 1
    return min(partners, key=lambda t: (-len(partners[t]), t not in strange, -count[t], t))


def _said(slip: _Apart, evidence: Evidence) -> tuple[str, str]:
    one, other = slip.left, slip.right
    pair = [(a.place.line, evidence.printed(a.place), a.amount.unit.printed) for a in (one, other)]
    return (
        "与".join(f"第{line}行 {printed}{unit}" for line, printed, unit in pair),
        " and ".join(f"{printed} {unit} in line {line}" for line, printed, unit in pair),
    )


def _of_table(table: TableKey, slips: Sequence[_Apart], evidence: Evidence) -> Finding:
    first = slips[0]
    times_zh, times_en = _TIMES[abs(first.power)]
    said_zh, said_en = _said(first, evidence)
    own = first.left if first.left.table == table else first.right
    power = -first.power if own is first.left else first.power
    meant = _unit_times(own.amount.unit, power)
    place = next((t.place for t in evidence.facts.tables if t.key == table), own.place)
    places = tuple(dict.fromkeys(place for slip in slips for place in slip.check.terms))
    should_zh = f"，似应为“{meant.printed}”" if meant else ""
    should_en = f"; {meant.printed} seems meant" if meant else ""
    return Finding(
        rule="unit-slip",
        severity=Severity.ERROR,
        place=place,
        message_zh=(
            f"第{place.line}行 本表金额单位为“{own.amount.unit.printed}”，与他表印出的同一金额"
            f"（{rows_zh([p.line for p in places])}）恰差{times_zh}，如{said_zh}{should_zh}。"
        ),
        message_en=(
            f"Line {place.line}: by its unit ({own.amount.unit.printed}) the table is {times_en} "
            f"apart from others that print the same ({rows_en([p.line for p in places])}), such "
            f"as {said_en}{should_en}."
        ),
        printed=own.amount.unit.printed,
        expected=meant.printed if meant else None,
        about=tuple(p for p in places if p != place),
    )


def _unit_times(unit: Unit, power: int) -> Unit | None:
    value = unit.value.scaleb(power)
    return next((other for other in Unit if other.value == value), None)


def _of_number(slip: _Apart, evidence: Evidence) -> Finding:
    times_zh, times_en = _TIMES[abs(slip.power)]
    said_zh, said_en = _said(slip, evidence)
    check, place = slip.check, slip.check.terms[0]
    return Finding(
        rule="unit-slip",
        severity=Severity.ERROR,
        place=place,
        message_zh=f"第{place.line}行 {check.label}：{said_zh}恰差{times_zh}，似单位有误。",
        message_en=(
            f"Line {place.line}, {check.label}: {said_en} are exactly {times_en} apart; the unit "
            "of one seems wrong."
        ),
        printed=evidence.printed(place),
        expected=evidence.printed(check.terms[-1]),
        about=check.terms[1:],
    )


def remaining(
    failing: Iterable[IdentityCheck], explained: set[CheckKey]
) -> Iterator[IdentityCheck]:
    """The failing checks that no slipped unit explains."""
    return (check for check in failing if _key(check) not in explained)
