"""Which amounts a table without boundaries truly leaves open: brute force says.

The rule: an amount is open where another placement of its table's numbers, each in the order in
which its row prints them, keeps every row identity of the form, every sum of the code tree and every
equality with other tables that the filing as disclosed keeps. It shares no code with the reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from tests.golden.disclosed import facts_of, reading_of
from tests.mutation.draft import Draft, Truth, draft_of, places_of
from tests.mutation.money import column_totals

from fiscograph.budget import Outcome
from fiscograph.identities import RowSum
from fiscograph.provenance import Place

RowKey = tuple[int, str]  # line of the filing as disclosed, side
Placing = dict[str, str]  # column key by mark
# Half the last digit of 万元 with two decimals, in yuan: what one printed number may be off.
_HALF = Decimal(50)
_STEPS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A flat table: the ways to place each row's marks, and the sums.

    ``sums`` are rows with the rows that they sum, in every column; ``totals`` columns with the rows
    that sum to an amount of another table.
    """

    options: Mapping[RowKey, Sequence[Placing]]
    sums: Sequence[tuple[RowKey, frozenset[RowKey]]]
    columns: Sequence[str]
    values: Mapping[str, Decimal]
    totals: Sequence[tuple[str, frozenset[RowKey], Decimal]]


def truly_open(draft: Draft) -> frozenset[str]:
    """Marks of the amounts that another placement, too, would satisfy."""
    flat = [
        number
        for number in draft.tables()
        if not any(draft.lines[at].drawn for at in draft.of_table(number))
    ]
    return frozenset(mark for number in flat for mark in _open_in(draft, number, set(flat)))


def _open_in(draft: Draft, number: int, flat: set[int]) -> Iterator[str]:
    table = _table(draft, number, flat)
    for row, options in table.options.items():
        for mark in options[0]:
            truth = _truth(draft, mark)
            never = _left_blank(draft, number, truth)
            others = [o for o in options if o[mark] != truth.column_key and o[mark] not in never]
            if others and _solvable(table, row, others):
                yield mark


def _left_blank(draft: Draft, number: int, truth: Truth) -> set[str]:
    """The columns that a row leaves blank by what its code is."""
    form = reading_of(draft.name).layout.grids[number].form
    return {key for rule in form.row_rules if truth.row_code in rule.codes for key in rule.blank}


def _truth(draft: Draft, mark: str) -> Truth:
    truth = draft.truth(mark)
    assert truth is not None
    return truth


def _table(draft: Draft, number: int, flat: set[int]) -> _Table:
    grid = reading_of(draft.name).layout.grids[number]
    places = places_of(draft.name)
    rows: dict[RowKey, list[str]] = {}
    for at in draft.of_table(number):
        for mark in draft.lines[at].marks:
            if draft.truth(mark) is not None:
                key = (places[mark].line, _truth(draft, mark).side)
                rows.setdefault(key, []).append(mark)
    values = {mark: draft.amounts[mark].yuan for marks in rows.values() for mark in marks}
    pinned = _pinned(draft, flat)
    columns = list(dict.fromkeys(column.key for column in grid.columns if column.key))
    options: dict[RowKey, list[Placing]] = {}
    for key, marks in rows.items():
        true = {mark: _truth(draft, mark).column_key or "" for mark in marks}
        own = [
            column for column in columns if not key[1] or _on_side(draft, number, column, key[1])
        ]
        ways = [
            placing
            for placing in _ways(marks, own, values, grid.form.identities)
            if all(placing[mark] == true[mark] for mark in marks if mark in pinned)
        ]
        options[key] = ways if true in ways else [true]
    return _Table(
        options=options,
        sums=_sums(draft, rows),
        columns=columns,
        values=values,
        totals=_totals(draft, rows),
    )


def _on_side(draft: Draft, number: int, column: str, side: str) -> bool:
    grid = reading_of(draft.name).layout.grids[number]
    wanted = {"收入": "income", "支出": "expenditure"}[side]
    return any(c.key == column and c.side in {"", wanted} for c in grid.columns)


def _ways(
    marks: Sequence[str],
    columns: Sequence[str],
    values: Mapping[str, Decimal],
    identities: Sequence[RowSum],
) -> Iterator[Placing]:
    """Placements in order that keep the row identities over the columns that the table has."""
    known = [sum_ for identity in identities if (sum_ := identity.over(columns)) is not None]
    for chosen in combinations(columns, len(marks)):
        at = {column: values[mark] for mark, column in zip(marks, chosen, strict=True)}
        if all(_keeps(identity, at) for identity in known):
            yield dict(zip(marks, chosen, strict=True))


def _keeps(identity: RowSum, at: Mapping[str, Decimal]) -> bool:
    parts = sum((at.get(part, Decimal()) for part in identity.parts), Decimal())
    off = abs(at.get(identity.total, Decimal()) - parts)
    return off <= (len(identity.parts) + 1) * _HALF


def _sums(draft: Draft, rows: Mapping[RowKey, list[str]]) -> list[tuple[RowKey, frozenset[RowKey]]]:
    """Rows that are the sum of others, as the filing's own checks of its trees say."""
    row_of = {place: key for key, marks in rows.items() for place in _printed(draft, marks)}
    children: dict[RowKey, set[RowKey]] = {}
    for check in facts_of(draft.name).checks:
        if check.rule == "tree-sum" and check.outcome is not Outcome.FAILS:
            keys = [row_of[term] for term in check.terms if term in row_of]
            if len(keys) == len(check.terms):
                children.setdefault(keys[0], set()).update(keys[1:])
    return [(parent, frozenset(found)) for parent, found in children.items()]


def _totals(
    draft: Draft, rows: Mapping[RowKey, list[str]]
) -> list[tuple[str, frozenset[RowKey], Decimal]]:
    """Columns whose classes sum to what another table prints, with what the variant prints."""
    before = draft_of(draft.name)
    found = []
    for known in column_totals(draft.name):
        mark = next(m for m, t in before.amounts.items() if t.truth and t.yuan == known.total)
        classes = frozenset(
            key
            for key, marks in rows.items()
            for truth in [_truth(draft, marks[0])]
            if truth.form == known.form and len(truth.row_code or "") == 3
        )
        if classes and known.key:
            found.append((known.key, classes, draft.amounts[mark].yuan))
    return found


def _printed(draft: Draft, marks: Sequence[str]) -> list[Place]:
    places = places_of(draft.name)
    return [places[mark] for mark in marks]


def _pinned(draft: Draft, flat: set[int]) -> set[str]:
    """Amounts that an equality with another amount fixes, or a row of a class in another table."""
    mark_at = {place: mark for mark, place in places_of(draft.name).items()}
    fixed = {
        mark_at[term]
        for check in facts_of(draft.name).checks
        if check.rule not in {"row-sum", "tree-sum", "cube-total"}
        for term in check.terms
        if term in mark_at
    }
    drawn = {
        (truth.row_code, truth.column_key, draft.amounts[mark].yuan)
        for line in draft.lines
        if line.table not in flat
        for mark in line.marks
        if (truth := draft.truth(mark)) is not None and len(truth.row_code or "") == 3
    }
    for mark, tracked in draft.amounts.items():
        truth = tracked.truth
        if truth and (truth.row_code, truth.column_key, tracked.yuan) in drawn:
            fixed.add(mark)
    return fixed


def _solvable(table: _Table, row: RowKey, ways: Sequence[Placing]) -> bool:
    """Whether the sums can hold with one of these ways for a row; unsure counts as no."""
    near = _connected(table, row)
    sums = [(parent, parts) for parent, parts in table.sums if parent in near]
    totals = [known for known in table.totals if known[1] <= near]
    order = sorted(near, key=lambda key: (key != row, key))
    steps = 0

    def search(at: int, chosen: dict[RowKey, Placing]) -> bool:
        nonlocal steps
        steps += 1
        if steps > _STEPS:
            return False
        if at == len(order):
            return True
        key = order[at]
        for way in ways if key == row else table.options[key]:
            chosen[key] = way
            held = all(
                _may_hold(table, parent, parts, chosen)
                for parent, parts in sums
                if key == parent or key in parts
            )
            reached = held and all(_may_reach(table, *known, chosen) for known in totals)
            if reached and search(at + 1, chosen):
                return True
            del chosen[key]
        return False

    return search(0, {})


def _connected(table: _Table, row: RowKey) -> set[RowKey]:
    near = {row}
    while True:
        grown = set(near)
        for parent, parts in table.sums:
            if near & {parent, *parts}:
                grown |= {parent, *parts}
        for _, parts, _ in table.totals:
            if near & parts:
                grown |= parts
        if grown == near:
            return near
        near = grown


def _may_hold(
    table: _Table, parent: RowKey, parts: frozenset[RowKey], chosen: Mapping[RowKey, Placing]
) -> bool:
    """Whether a sum holds in each column, or can still hold when the rest is placed."""
    if parent not in chosen:
        return True
    whole = all(part in chosen for part in parts)
    allowed = (len(parts) + 1) * _HALF
    for column in table.columns:
        total = _in_column(table, chosen[parent], column)
        found = sum(
            (_in_column(table, chosen[part], column) for part in parts if part in chosen),
            Decimal(),
        )
        if found - total > allowed or (whole and total - found > allowed):
            return False
    return True


def _may_reach(
    table: _Table,
    column: str,
    parts: frozenset[RowKey],
    total: Decimal,
    chosen: Mapping[RowKey, Placing],
) -> bool:
    """Whether a column's rows sum to a known total, or not all of them are placed."""
    if not all(part in chosen for part in parts):
        return True
    found = sum((_in_column(table, chosen[part], column) for part in parts), Decimal())
    return abs(found - total) <= (len(parts) + 1) * _HALF


def _in_column(table: _Table, placing: Placing, column: str) -> Decimal:
    return sum((table.values[m] for m, at in placing.items() if at == column), Decimal())
