"""Which columns a table has: read from its header, drawn or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fiscograph.forms.grid import Column
from fiscograph.forms.schema import ColumnSpec, Form
from fiscograph.tables import Line, header_paths, squeeze

_YEAR = re.compile(r"(20\d\d)年(?:度)?(?:年初|调整)?(?:预算数|决算数|执行数|预算|决算|基本支出)?")


def flat_columns(
    form: Form, header: Sequence[Line], specs: Sequence[ColumnSpec] | None = None
) -> tuple[Column, ...]:
    """The amount columns of a table whose header cells are only text, often broken over lines.

    The header's words are joined and searched for the aliases of the form's columns; the order is
    the national form's, unless one printed line holds them all. A form printed for two years
    repeats its columns, or puts the earlier year's single column first.

    Args:
        form: the recognised form.
        header: the lines that print no row.
        specs: the columns to look for; the form's amount columns if not given.
    """
    wanted = tuple(specs) if specs is not None else form.amount_columns
    text = "".join(line.squeezed for line in header)
    counts = _alias_counts(text, wanted)
    covers = {spec.key: next((c for c in spec.under if c in text), "") for spec in wanted}
    found = [spec for spec in wanted if counts[spec.key][0]]
    ordered = _printed_order(found, header) or found
    years = _years(text)
    if len(years) < 2:
        group = _year_header(text)
        return tuple(_column(spec, counts, covers, (group, years)) for spec in ordered)
    full = max((count for count, _ in counts.values()), default=0)
    columns: list[Column] = []
    for index, year in enumerate(years):
        label = _year_header(text, year)
        if len(years) - index <= full:
            columns.extend(_column(spec, counts, covers, (label, [year])) for spec in ordered)
        else:
            total = ordered[0].key if ordered else "total"
            columns.append(Column(key=total, path=(label,), year=year))
    return tuple(columns)


def _column(
    spec: ColumnSpec,
    counts: dict[str, tuple[int, str]],
    covers: dict[str, str],
    group: tuple[str, list[int]],
) -> Column:
    path = tuple(part for part in (group[0], covers[spec.key], counts[spec.key][1]) if part)
    return Column(key=spec.key, path=path, year=group[1][0] if group[1] else None)


def _alias_counts(text: str, specs: Sequence[ColumnSpec]) -> dict[str, tuple[int, str]]:
    """How often each column's header stands in a text, and the alias that was found.

    Longer aliases are taken out first, so that 公务用车购置 is not found in 公务用车购置及运行费.
    """
    rest = _YEAR.sub("|", text)
    aliases = {spec.key: spec.aliases for spec in specs}
    order = {spec.key: index for index, spec in enumerate(specs)}
    counts = {spec.key: (0, "") for spec in specs}
    pairs = sorted(
        {(alias, spec.key) for spec in specs for alias in spec.aliases},
        key=lambda pair: (-len(pair[0]), len(aliases[pair[1]]), pair[0], order[pair[1]]),
    )
    pairs += [(alias, spec.key) for spec in specs for alias in spec.last]
    for cover in sorted({text for spec in specs for text in spec.under}, key=len, reverse=True):
        rest = rest.replace(cover, "|")
    taken: dict[str, tuple[int, tuple[str, ...]]] = {}
    for alias, key in pairs:
        if counts[key][0]:
            continue
        # Two columns may share one printed header (小计 of two groups) where their aliases agree.
        shared = alias in taken and taken[alias][1] == aliases[key]
        if not shared and any(
            len(other) == len(alias) and rest.count(other) > rest.count(alias)
            for other in aliases[key]
        ):
            continue
        count = taken[alias][0] if shared else rest.count(alias)
        if count:
            counts[key] = (count, alias)
            taken[alias] = (count, aliases[key])
            rest = rest.replace(alias, "|")
    return counts


def _printed_order(found: Sequence[ColumnSpec], header: Sequence[Line]) -> list[ColumnSpec] | None:
    """The order of one printed line, where one line holds every column that was found."""
    if len(found) < 2 or len({spec.aliases for spec in found}) < len(found):
        return None
    for line in header:
        text = line.squeezed
        places: dict[str, int] = {}
        for spec in found:
            position = max((text.find(alias) for alias in spec.aliases), default=-1)
            if position < 0:
                break
            places[spec.key] = position
        if len(places) == len(found) == len(set(places.values())):
            return sorted(found, key=lambda spec: places[spec.key])
    return None


def _years(text: str) -> list[int]:
    years: list[int] = []
    for match in _YEAR.finditer(text):
        year = int(match[1])
        if year not in years:
            years.append(year)
    return years


def _year_header(text: str, year: int | None = None) -> str:
    for match in _YEAR.finditer(text):
        if year is None or int(match[1]) == year:
            return match[0]
    return ""


def drawn_columns(
    form: Form, header: Sequence[Line], width: int, specs: Sequence[ColumnSpec] | None = None
) -> tuple[dict[int, Column], dict[str, int]]:
    """The columns of a table whose header cells are drawn.

    Returns:
        the amount columns by cell index, and the cell index of each other column by its kind
        (``code`` may stand in several cells: the first is given).
    """
    paths = header_paths(header, width)
    amounts: dict[int, Column] = {}
    others: dict[str, int] = {}
    used: set[str] = set()
    known = tuple(specs) if specs is not None else form.columns
    for index, path in enumerate(paths):
        spec = _spec_of(path, known, used)
        year = next((int(m[1]) for part in path if (m := _YEAR.search(part))), None)
        if spec is None:
            continue
        if spec.is_amount:
            used.add(spec.key)
            amounts[index] = Column(key=spec.key, path=_printed_path(path, spec, known), year=year)
        else:
            others.setdefault(spec.kind, index)
    return amounts, others


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
    return (*kept, path[depth])


def _spec_of(path: Sequence[str], known: Sequence[ColumnSpec], used: set[str]) -> ColumnSpec | None:
    """The form's column that a header path names: its innermost known header decides."""
    for depth in range(len(path) - 1, -1, -1):
        text, outer = squeeze(path[depth]), path[:depth]
        exact = [
            spec
            for spec in known
            if text in spec.aliases
            and spec.key not in used
            and bool(spec.under) == any(cover in outer for cover in spec.under)
        ]
        if exact:
            return exact[0]
        weak = [spec for spec in known if text in spec.last and spec.key not in used]
        if weak:
            return weak[0]
        close = [
            (len(alias), spec)
            for spec in known
            for alias in spec.aliases
            if len(alias) >= 4 and alias in text and spec.key not in used
        ]
        if close:
            return max(close, key=lambda pair: pair[0])[1]
    return None
