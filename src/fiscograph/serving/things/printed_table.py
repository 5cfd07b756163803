"""A table of a filing as it is printed: its rows and columns with the printed numbers in the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from fiscograph.queries import Row, load, text
from fiscograph.serving.data.describe import PAGE_LIMITS, Description
from fiscograph.serving.data.paths import escape
from fiscograph.serving.site import Site
from fiscograph.serving.things import filing_sections as asked
from fiscograph.serving.things.sections import Answer, answer, run_link, value
from fiscograph.serving.things.spans import at

CELLS = 600
_SEPARATOR = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A printed number; ``href`` leads to its characters, ``own`` to what is said of it."""

    printed: str
    placement: str
    href: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row; ``numbers`` are by column, None where the row prints none."""

    code: str
    label: str
    numbers: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A cell of the head over ``columns`` columns and ``rows`` of its rows."""

    text: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table, or one side of a table of two sides; ``heads`` are the rows of its head."""

    side: str
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[TableRow, ...]
    coded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """One page of a table; ``pages`` are the addresses of all of them, ``counts`` the amounts of
    the whole table by placement.
    """

    parts: tuple[Part, ...]
    counts: Mapping[str, int]
    numbers: int
    number: int
    pages: tuple[str, ...]
    sparql: str
    run: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    code: str
    label: str
    column: str
    number: Number


def table_page(
    site: Site, description: Description, path: str, number: int = 1
) -> TablePage | None:
    """A table, ``number`` counts its pages from 1; None where it has no such page.

    Raises:
        QueryError: the store cannot be asked.
    """
    query = "amounts-of-table"
    thing = NamedNode(description.iri)
    found = [_read(row, site) for row in site.pages.select(load(query, thing=thing), PAGE_LIMITS)]
    rows = list(_rows(found))
    columns = merged([[one.column for one in row] for row in rows])
    per_page = max(1, CELLS // max(1, len(columns)))
    pages = max(1, -(-len(rows) // per_page))
    if not 1 <= number <= pages:
        return None
    shown = rows[(number - 1) * per_page : number * per_page]
    counts = Counter(one.number.placement for one in found)
    below = (asked.RIVALS, asked.FINDINGS_OF_TABLE, asked.INDICATORS_OF_TABLE)
    answers = (answer(site.pages, one, description.iri, site.paths) for one in below)
    return TablePage(
        parts=tuple(_parts(shown, columns)) if found else (),
        counts=counts,
        numbers=len(found),
        number=number,
        pages=tuple(escape(_page(path, one)) for one in range(1, pages + 1)),
        sparql=text(query),
        run=run_link(query, thing=description.iri),
        answers=tuple(one for one in answers if one.rows) if number == 1 else (),
    )


def _page(path: str, number: int) -> str:
    return f"{path}.html" if number == 1 else f"{path}/rows/{number}.html"


def _read(row: Row, site: Site) -> _Printed:
    iri = value(row, "amount") or ""
    source, _, locator = (site.paths.local(iri) or "").partition("/at/")
    return _Printed(
        code=value(row, "rowCode") or "",
        label=value(row, "rowLabel") or "",
        column=value(row, "column") or "",
        number=Number(
            printed=value(row, "printed") or "",
            placement=value(row, "placement") or "",
            href=at(source, locator),
            own=site.paths.link(iri) or "",
        ),
    )


def _rows(found: Iterable[_Printed]) -> Iterator[list[_Printed]]:
    """Amounts in printed order cut into rows: a new one where the row's name changes, or where a
    column comes a second time, as where a name is printed on several rows.
    """
    for _, same in groupby(found, key=lambda one: (one.code, one.label)):
        row: list[_Printed] = []
        for one in same:
            if any(one.column == other.column for other in row):
                yield row
                row = []
            row.append(one)
        yield row


def merged(orders: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """One order of columns in which each row's columns stand as the row prints them; the row with
    the most columns settles the most, a column that it lacks goes after what it follows elsewhere.

    >>> merged([["a", "c"], ["a", "b", "c"], ["c", "d"]])
    ('a', 'b', 'c', 'd')
    """
    known: list[str] = []
    for order in sorted(orders, key=len, reverse=True):
        place = 0
        for name in order:
            if name in known:
                place = known.index(name) + 1
            else:
                known.insert(place, name)
                place += 1
    return tuple(known)


def _parts(rows: Sequence[list[_Printed]], columns: Sequence[str]) -> Iterator[Part]:
    """A table whose rows stand on one side each is shown as its sides, as it is printed."""
    sides = [{_side(one.column) for one in row} for row in rows]
    names = list(dict.fromkeys(map(_side, columns)))
    if len(names) > 1 and "" not in names and all(len(side) == 1 for side in sides):
        for name in names:
            own = [row for row, side in zip(rows, sides, strict=True) if side == {name}]
            wide = [column for column in columns if _side(column) == name]
            if own:
                yield _part(name, own, wide)
    else:
        yield _part("", rows, columns)


def _side(column: str) -> str:
    first, separator, _ = column.partition(_SEPARATOR)
    return first if separator else ""


def _part(side: str, rows: Sequence[list[_Printed]], columns: Sequence[str]) -> Part:
    shown = [column.removeprefix(f"{side}{_SEPARATOR}") if side else column for column in columns]
    return Part(
        side=side,
        heads=tuple(_heads([tuple(column.split(_SEPARATOR)) for column in shown])),
        rows=tuple(_row(row, columns) for row in rows),
        coded=any(row[0].code for row in rows),
    )


def _row(row: Sequence[_Printed], columns: Sequence[str]) -> TableRow:
    by_column = {one.column: one.number for one in row}
    return TableRow(
        code=row[0].code,
        label=row[0].label,
        numbers=tuple(by_column.get(column) for column in columns),
    )


def _heads(paths: Sequence[tuple[str, ...]]) -> Iterator[tuple[Head, ...]]:
    """The rows of the head: what neighbours share stands over all of them, a short path reaches
    down to the numbers.
    """
    deep = max(map(len, paths), default=1)
    for level in range(deep):
        heads = []
        for key, group in groupby(
            enumerate(paths),
            # Only what has more below it is shared: two columns of one name stay two.
            key=lambda item: (
                item[1][: level + 1],
                -1 if len(item[1]) > level + 1 else item[0],
            ),
        ):
            path, _ = key
            if len(path) <= level:
                continue
            several = list(group)
            last = len(several[0][1]) == level + 1
            heads.append(
                Head(text=path[level], columns=len(several), rows=deep - level if last else 1)
            )
        yield tuple(heads)
