"""Columns of tables that white space draws: which column each number stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fiscograph.forms.grid import Column, Row
from fiscograph.forms.headers.flat import NO_AMOUNT
from fiscograph.forms.rows_read import RowsRead
from fiscograph.forms.schema import ColumnSpec, Form
from fiscograph.provenance import Span
from fiscograph.tables import (
    Line,
    Stack,
    cluster_of,
    clusters,
    is_aligned,
    nearest,
    stacks_of,
)

_YEAR = re.compile(r"20\d\d年度?")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """A header that white space sets apart: its column, and where it stands."""

    stack: Stack
    column: Column


def by_places(form: Form, lines: Sequence[Line], read: RowsRead) -> RowsRead:
    """Rows whose numbers know their column, by the places of their lines and cells as they are.

    Args:
        form: the form.
        lines: the table's lines.
        read: what its grammar made of them; it is given back where nothing is told.
    """
    page_of = {line.number: line.page for line in lines}
    found = read
    for side in dict.fromkeys(row.side for row in read.rows):
        known = False
        for page in dict.fromkeys(line.page for line in lines):
            rows = [
                row
                for row in found.rows
                if row.side == side
                and row.numbers
                and all(page_of.get(cell.span.line) == page for cell in row.numbers)
                and all(cell.column is None for cell in row.numbers)
            ]
            own = [line for line in lines if line.page == page]
            before, found = found, _placed(form, own, found, rows, known=known)
            known = known or found is not before
    return found


def _placed(
    form: Form, lines: Sequence[Line], read: RowsRead, rows: Sequence[Row], *, known: bool
) -> RowsRead:
    """One page's rows of one side; ``known`` says that a page before told the columns' order."""
    spans = [[cell.span for cell in row.numbers] for row in rows]
    if not rows or any(len({span.line for span in row}) > 1 for row in spans):
        return read
    stands = clusters(spans)
    if stands is None or not is_aligned(lines, spans, stands):
        return read
    side = rows[0].side
    indices = [at for at, column in enumerate(read.columns) if column.side == side]
    if not indices:
        return read
    told = _told_by_header(form, lines, read, rows, stands)
    if told is not None:
        columns, at_of = _merged(read.columns, indices, *told)
    elif len(stands) == len(indices) and (known or len(indices) == 1):
        columns, at_of = read.columns, dict(enumerate(indices))
    else:
        return read
    done = {id(row): _with_columns(row, stands, at_of) for row in rows}
    moved = tuple(done.get(id(row), row) for row in read.rows)
    return replace(read, columns=columns, rows=moved)


def _with_columns(row: Row, stands: Sequence[tuple[int, int]], at_of: Mapping[int, int]) -> Row:
    numbers = tuple(
        replace(cell, column=at_of[cluster_of(cell.span, stands)]) for cell in row.numbers
    )
    return replace(row, numbers=numbers)


def _told_by_header(
    form: Form,
    lines: Sequence[Line],
    read: RowsRead,
    rows: Sequence[Row],
    stands: Sequence[tuple[int, int]],
) -> tuple[list[Column], tuple[int, ...]] | None:
    """The columns of a page's header, and for each interval of cells the one that it stands under.

    None unless the header holds every column that its text names. Headers that the form does not
    know count where they stand in the line of those that it knows, else where cells need them.
    Where every header is known and every column filled, their order is enough.
    """
    side = rows[0].side
    wanted = Counter(column.key for column in read.columns if column.side == side and column.key)
    every = _leaves(form, lines, read, rows)
    lowest = min((leaf.stack.line for leaf in every if leaf.column.key), default=0)
    beside = [leaf for leaf in every if leaf.column.key or leaf.stack.line >= lowest]
    for leaves in (beside,) if side else (beside, every):
        named = Counter(leaf.column.key for leaf in leaves if leaf.column.key)
        # The same headers may stand under two years: each of them is a column of its own.
        if not wanted <= named and max(wanted.values(), default=1) > 1:
            return None
        if not wanted.keys() <= named.keys():
            return None
        full = len(leaves) == len(stands) == named.total() and wanted.keys() == named.keys()
        under = (
            tuple(range(len(leaves))) if full else nearest(stands, [leaf.stack for leaf in leaves])
        )
        if under is not None:
            return [leaf.column for leaf in leaves], under
    return None


def _merged(
    columns: Sequence[Column],
    indices: Sequence[int],
    named: Sequence[Column],
    under: Sequence[int],
) -> tuple[tuple[Column, ...], dict[int, int]]:
    """All columns with those of one side as its header prints them, and where each interval is.

    A header that is printed once more, over classes side by side, is the same column.
    """
    own = {columns[at].key: columns[at] for at in indices if columns[at].key}
    ordered: list[Column] = []
    places: list[int] = []
    before = [column for at, column in enumerate(columns) if at < indices[0]]
    after = [column for at, column in enumerate(columns) if at > indices[-1]]
    for column in named:
        same = [at for at, other in enumerate(ordered) if column.key and other.key == column.key]
        places.append(len(before) + (same[0] if same else len(ordered)))
        if not same:
            ordered.append(own.get(column.key, column))
    at_of = {cluster: places[leaf] for cluster, leaf in enumerate(under)}
    return (*before, *ordered, *after), at_of


def _leaves(form: Form, lines: Sequence[Line], read: RowsRead, rows: Sequence[Row]) -> list[_Leaf]:
    """The amount columns of a page's header, left to right."""
    first = min(cell.span.line for row in rows for cell in row.numbers)
    left, right = _reach(read.rows, rows[0].side, {line.number for line in lines})
    header = [
        replace(line, cells=cells)
        for line in lines
        if line.number in set(read.header)
        and line.number < first
        and (cells := tuple(c for c in line.words if left <= c.span.start and c.span.end < right))
    ]
    stacks = stacks_of(header)
    specs = _specs(form, rows[0].side)
    told = [_candidates(stack, specs) for stack in stacks]
    taken = {options[0].key for options in told if len(options) == 1}
    leaves: list[_Leaf] = []
    for stack, options in zip(stacks, told, strict=True):
        free = options if len(options) == 1 else [o for o in options if o.key not in taken]
        spec = free[0] if free else None
        if spec is None and (not leaves or not _is_unknown(stack, form)):
            continue
        if spec is not None:
            taken.add(spec.key)
        year = next((int(t[:4]) for text in stack.texts for t in _YEAR.findall(text)), None)
        column = Column(
            key=spec.key if spec else "",
            path=stack.texts if spec is None else (_own(stack, spec),),
            side=rows[0].side,
            year=year,
        )
        leaves.append(_Leaf(stack=stack, column=column))
    return leaves


def _specs(form: Form, side: str) -> tuple[ColumnSpec, ...]:
    """The columns to look for on a side; a two-sided form's first amount column is its income."""
    if side == "income":
        return form.amount_columns[:1]
    return form.amount_columns[1:] if side else form.amount_columns


def _reach(rows: Sequence[Row], side: str, numbers: set[int]) -> tuple[int, int]:
    """The characters between which a side's headers stand: from its labels to the next side's."""
    starts: dict[str, list[int]] = {}
    for row in rows:
        for span in _on(row.spans, numbers):
            starts.setdefault(row.side, []).append(span.start)
    own = min(starts.get(side, [1])) if side else 1
    others = [min(found) for other, found in starts.items() if min(found) > own and other != side]
    return (own if side else 1), min(others, default=10_000)


def _on(spans: Sequence[Span], numbers: set[int]) -> list[Span]:
    return [span for span in spans if span.line in numbers]


def _is_unknown(stack: Stack, form: Form) -> bool:
    labels = {alias for c in form.columns if not c.is_amount for alias in c.aliases}
    text = "".join(stack.texts)
    return (
        len(_HAN.findall(text)) > 1
        and not NO_AMOUNT & set(stack.texts)
        and not labels & {text, stack.texts[-1]}
    )


def _candidates(stack: Stack, specs: Sequence[ColumnSpec]) -> list[ColumnSpec]:
    """The columns that a header may stand for: by as many of its words as make a known header."""
    for size in range(len(stack.texts), 0, -1):
        text = _YEAR.sub("", "".join(stack.texts[-size:]))
        exact = [spec for spec in specs if text in spec.aliases]
        if exact:
            return _covered(exact, stack.texts[:-size]) or exact
    last = _YEAR.sub("", stack.texts[-1])
    weak = [spec for spec in specs if last in spec.last]
    # The beginning of a folded header may stand beside its end: 基 | 本支出.
    ends = [s for s in specs if len(last) > 2 and any(a.endswith(last) for a in s.aliases)]
    return weak or (ends if len(ends) == 1 else [])


def _covered(specs: Sequence[ColumnSpec], above: Sequence[str]) -> list[ColumnSpec]:
    """Of columns that share a header, the one whose cover stands right above it, if one does."""
    for cover in reversed(above):
        found = [spec for spec in specs if cover in spec.under]
        if found:
            return found[:1]
    return []


def _own(stack: Stack, spec: ColumnSpec) -> str:
    for size in range(len(stack.texts), 0, -1):
        text = "".join(stack.texts[-size:])
        if _YEAR.sub("", text) in (*spec.aliases, *spec.last):
            return text
    return stack.texts[-1]
