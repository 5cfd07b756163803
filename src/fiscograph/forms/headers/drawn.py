"""Which columns a table has whose header cells are drawn: merged cells spelled out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from fiscograph.forms.grid import Column
from fiscograph.forms.headers.flat import NO_AMOUNT, YEAR
from fiscograph.forms.schema import PRIOR, ColumnSpec, Form, amount_headers
from fiscograph.tables import Line, header_paths, squeeze

# Headers of one column repeat under each of these: a year, a phase, a comparison of two.
_COMPARED = re.compile(r"比|较|增减|增长|增加|变动")
_WHOLE = re.compile(r"(?:小计|合计|总计|金额|预算数?|决算数?|执行数|本年|当年|安排|\(.*\))+")
_YEAR_LEAD = re.compile(r"\A20\d\d年度?")
_NUMBERED = re.compile(r"第\d+列")
_PHASE = re.compile(r"(?P<budget>预算数?|年初预算数?|全年预算数?)|(?P<final>决算数?|执行数)")


def drawn_columns(
    form: Form,
    header: Sequence[Line],
    width: int,
    specs: Sequence[ColumnSpec] | None = None,
    filled: Collection[int] = (),
    *,
    within: range | None = None,
) -> tuple[dict[int, Column], dict[str, tuple[int, ...]]]:
    """The columns of a table whose header cells are drawn.

    Args:
        form: the recognised form.
        header: the header's lines, top down.
        width: how many cells the table has.
        specs: the columns to look for; the form's columns if not given.
        filled: the cells that print amounts in some row: where the form knows none of their
            headers, they are columns without a key.
        within: the cells to look in, where a table prints several sides; all if not given.

    Returns:
        the amount columns by cell index, and the cell indices of the other columns by their kind:
        ``code`` may stand in several cells, and a table by two classifications prints two.
    """
    paths = header_paths(header, width)
    amounts: dict[int, Column] = {}
    others: dict[str, tuple[int, ...]] = {}
    used: dict[tuple[int | None, str], set[str]] = {}
    known = tuple(specs) if specs is not None else form.columns
    phases = _phases(paths, form)
    for index in within or range(width):
        path = paths[index]
        compared = any(_COMPARED.search(part) for part in path)
        year = None if compared else year_of(path)
        prior = phases.get(index, "")
        taken = used.setdefault((year, prior), set())
        unnamed = any(is_unnamed(column) for column in amounts.values())
        spec = (
            _compared(path, known)
            if compared
            else _spec_of(_without_group(path, phases, index), known, taken)
        )
        shared = unnamed and spec is not None and _is_shared(path, spec, known)
        if spec is not None and spec.is_amount and (shared or _is_group(path, spec, paths)):
            # What stands before it has no header: that may be the first of two of one name. A
            # group's name alone names none of its columns.
            if index in filled:
                amounts[index] = Column(key="", path=path, year=year)
        elif spec is not None and spec.is_amount:
            taken.add(spec.key)
            amounts[index] = Column(
                key=prior + spec.key, path=_printed_path(path, spec, known), year=year
            )
        elif spec is not None:
            others[spec.kind] = (*others.get(spec.kind, ()), index)
        elif path and index in filled and not NO_AMOUNT & set(path[-1:]):
            amounts[index] = Column(key="", path=path, year=year)
        elif not path and index in filled and "label" in others:
            amounts[index] = unnamed_column(index + 1)
    return amounts, others


def unnamed_column(number: int) -> Column:
    """A column that prints amounts and no header, by its number in the table."""
    return Column(key="", path=(f"第{number}列",))


def is_unnamed(column: Column) -> bool:
    """Whether a column prints amounts and no header."""
    return not column.key and _NUMBERED.fullmatch(column.path[-1]) is not None


def _is_shared(path: Sequence[str], spec: ColumnSpec, known: Sequence[ColumnSpec]) -> bool:
    """Whether a header that names a column is the name of another column of the form too."""
    own = {squeeze(part) for part in path} & {*spec.aliases, *spec.last}
    return any(other is not spec and other.is_amount and own & {*other.aliases} for other in known)


def _is_group(path: Sequence[str], spec: ColumnSpec, paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a header covers columns with headers of their own, and only looks like a column's."""
    depth = len(path)
    return path[-1] not in spec.aliases and any(
        len(other) > depth and other[:depth] == tuple(path) for other in paths
    )


def _compared(path: Sequence[str], known: Sequence[ColumnSpec]) -> ColumnSpec | None:
    """The column that compares two years which a path's innermost header names."""
    return next((spec for spec in known if spec.compares and path[-1] in spec.aliases), None)


def filled_cells(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the drawn cells that print an amount in some line; codes and counts are none."""
    return frozenset(
        index
        for line in lines
        for index, cell in enumerate(line.cells)
        if cell.number is not None and ("." in cell.text or "," in cell.text)
    )


def year_of(path: Sequence[str]) -> int | None:
    """The fiscal year that a header path names, the innermost first."""
    return next((int(m[1]) for part in reversed(path) if (m := YEAR.search(part))), None)


def _phases(paths: Sequence[tuple[str, ...]], form: Form) -> dict[int, str]:
    """By cell index what to put before its key, where a form prints budget and final account."""
    known = {column.key for column in form.columns}
    if not any(key.startswith(PRIOR) for key in known):
        return {}
    told = {}
    for index, path in enumerate(paths):
        match = next((m for part in path if (m := _PHASE.fullmatch(part))), None)
        if match is not None:
            told[index] = PRIOR if match["budget"] else ""
    return told if len(set(told.values())) > 1 else {}


def _without_group(path: tuple[str, ...], phases: dict[int, str], index: int) -> tuple[str, ...]:
    """A path without the year or phase that it repeats under; a year alone stands for a total."""
    if index in phases:
        path = tuple(part for part in path if _PHASE.fullmatch(part) is None)
    if len(path) > 1:
        return tuple(part for part in path if YEAR.fullmatch(part) is None) or ("合计",)
    return path


def _printed_path(
    path: tuple[str, ...], spec: ColumnSpec, known: Sequence[ColumnSpec]
) -> tuple[str, ...]:
    """A path down to the column's own header, without the headers of label columns above it."""
    own = {*spec.aliases, *spec.last}
    depth = max((i for i, part in enumerate(path) if part in own), default=len(path) - 1)
    labels = {alias for other in known if not other.is_amount for alias in other.aliases}
    kept = tuple(
        part
        for part in path[:depth]
        if part not in labels and sum("\u3400" <= char <= "\u9fff" for char in part) >= 3
    )
    return (*kept, *path[depth:])


def _names_a_part(text: str) -> bool:
    """Whether a header under another is that of a column of its own, and not the whole once more."""
    plain = YEAR.sub("", text)
    return plain in amount_headers() and _WHOLE.fullmatch(plain) is None


def _spec_of(path: Sequence[str], known: Sequence[ColumnSpec], used: set[str]) -> ColumnSpec | None:
    """The form's column that a header path names: its innermost known header decides."""
    for depth in range(len(path) - 1, -1, -1):
        text, outer = squeeze(path[depth]), path[:depth]
        if any(_names_a_part(part) for part in path[depth + 1 :]):
            return None
        exact = [
            spec
            for spec in known
            if text in spec.aliases
            and spec.key not in used
            and bool(spec.under) == any(cover in outer for cover in spec.under)
        ]
        if exact:
            return exact[0]
        plain = _YEAR_LEAD.sub("", text)
        weak = [spec for spec in known if {text, plain} & {*spec.last} and spec.key not in used]
        if weak:
            return weak[0]
        close = [
            (len(alias), spec)
            for spec in known
            for alias in spec.aliases
            if len(alias) >= 4
            and alias in text
            and spec.key not in used
            # A cover may be garbled, but it is needed where it alone tells two columns apart.
            and (
                not spec.under
                or any(cover in outer for cover in spec.under)
                or sum(alias in other.aliases for other in known) == 1
            )
        ]
        if close:
            return max(close, key=lambda pair: pair[0])[1]
    return None
