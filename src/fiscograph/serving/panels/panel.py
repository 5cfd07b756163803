"""A question with its answer on a page: heading, picture, table, the query that gives it.

A picture is drawn from the table by a script (``web/src/pictures.ts``): what is drawn is what is read,
and a page without scripts or without a server has it all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import Literal, NamedNode

from fiscograph.queries import Row, Term, load, text
from fiscograph.serving.data.describe import PAGE_LIMITS
from fiscograph.serving.data.paths import Paths
from fiscograph.serving.frame.coded import coded
from fiscograph.serving.frame.imprint import licence_name
from fiscograph.serving.frame.language import EN, current, say
from fiscograph.serving.frame.words import Word
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import Cell, Column, Kind, grouped, printed_at, value

MOST_ROWS = 200


class Shape(Enum):
    """How a table is drawn: as nested areas, as bars, as ribbons from column to column."""

    AREAS = "areas"
    BARS = "bars"
    WAYS = "ways"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Which columns of a table are drawn, counted from 0: ``names`` are what is labelled, ``amount``
    what is measured; ``parts`` is the column by whose texts a bar is divided.
    """

    shape: Shape
    names: tuple[int, ...]
    amount: int
    parts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table; in a tree ``key`` is its own, ``parent`` that of the row above it, and
    ``depth`` how far it is indented.
    """

    cells: tuple[Cell, ...]
    key: str | None = None
    parent: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query with its values: the text, and the values as the endpoint takes them."""

    text: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """``found`` rows are known, ``rows`` the first of them; ``note`` says how they were counted."""

    name: str
    word: Word
    note: Word | None
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    found: int
    asked: Asked
    picture: Picture | None = None

    @property
    def drawn(self) -> bool:
        """Whether there is something to see: one row alone is read sooner than looked at."""
        return self.picture is not None and len(self.rows) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a panel asks and how its answer is shown; ``name`` is the panel's anchor."""

    name: str
    query: str
    word: Word
    columns: tuple[Column, ...]
    note: Word | None = None
    picture: Picture | None = None
    most: int = MOST_ROWS


Link = Callable[[Row, Column], str | None]


def rows_of(site: Site, query: str, values: Mapping[str, Term]) -> tuple[Row, ...]:
    """The rows of one of our queries.

    Raises:
        QueryError: the store cannot be asked.
    """
    return tuple(site.pages.select(load(query, **values), PAGE_LIMITS))


def asked(query: str, values: Mapping[str, Term]) -> Asked:
    """A query of ours as the endpoint takes it: a value is an N-Triples term under ``$name``."""
    return Asked(
        text=text(query), fields=tuple((f"${name}", str(term)) for name, term in values.items())
    )


def panel(
    site: Site,
    question: Question,
    values: Mapping[str, Term],
    *,
    link: Link | None = None,
    rows: Iterable[Row] | None = None,
    tree: bool = False,
) -> Panel | None:
    """The answer to a question, None where there are no rows; ``link`` says where the amount of a
    row leads that no single place prints, ``rows`` are those already asked for.

    Raises:
        QueryError: the store cannot be asked.
    """
    known = rows_of(site, question.query, values) if rows is None else tuple(rows)
    if not known:
        return None
    lines = tuple(
        Line(cells=tuple(cell(row, column, site.paths, link) for column in question.columns))
        for row in known
    )
    if tree:
        lines = _as_tree(known, lines, site.paths)
    return Panel(
        name=question.name,
        word=question.word,
        note=question.note,
        columns=question.columns,
        rows=_first(lines, question.most),
        found=len(lines),
        asked=asked(question.query, values),
        picture=question.picture,
    )


def _first(lines: tuple[Line, ...], most: int) -> tuple[Line, ...]:
    """As many lines as may be shown; of a tree that is too large, the upper levels as a whole."""
    deepest = max((line.depth for line in lines), default=0)
    while len(lines) > most and deepest:
        deepest -= 1
        lines = tuple(line for line in lines if line.depth <= deepest)
    return lines[:most]


def _as_tree(rows: Iterable[Row], lines: Iterable[Line], paths: Paths) -> tuple[Line, ...]:
    """The lines of ``?node`` under those of their ``?parent``, in the order in which they came."""
    below: dict[str | None, list[tuple[str, Line]]] = {}
    pairs = [
        (value(row, "node") or "", value(row, "parent"), line)
        for row, line in zip(rows, lines, strict=True)
    ]
    known = {node for node, _, _ in pairs}
    for node, parent, line in pairs:
        below.setdefault(parent if parent in known else None, []).append((node, line))
    made: list[Line] = []
    # A node that stands above itself would never end: each is placed once.
    placed: set[str] = set()

    def place(parent: str | None, depth: int) -> None:
        for node, line in below.get(parent, ()):
            if node in placed:
                continue
            placed.add(node)
            made.append(
                Line(
                    cells=line.cells,
                    key=_key(node, paths),
                    parent=None if parent is None else _key(parent, paths),
                    depth=depth,
                )
            )
            place(node, depth + 1)

    place(None, 0)
    return tuple(made)


def _key(iri: str, paths: Paths) -> str:
    return (paths.local(iri) or iri).rpartition("/")[2]


def cell(row: Row, column: Column, paths: Paths, link: Link | None = None) -> Cell:
    """What a table shows of a row in a column: names from ``?{name}Label``, before it the code where
    the row has one of its own.
    """
    known = value(row, column.name)
    label, english = value(row, f"{column.name}Label"), value(row, f"{column.name}English")
    if current() == EN or label is None:
        label = english or label
    if known is None:
        return Cell(text=label or "—", kind=column.kind)
    match column.kind:
        case Kind.LINK:
            local = paths.local(known)
            named = licence_name(known) if column.name == "licence" else None
            text = label or named or (local or known).lstrip("/")
            code = value(row, "code") if column.name in _CODED else None
            return Cell(
                text=f"{code} {text}" if code and code not in text else text,
                href=paths.link(known),
                kind=Kind.LINK,
            )
        case Kind.MONEY | Kind.NUMBER:
            href = link(row, column) if link else None
            if href is None and column.name in _PRINTED:
                href = printed_at(row, paths)
            return Cell(text=grouped(known), href=href, kind=column.kind)
        case Kind.LINE:
            line = say(f"第 {known} 行", f"line {known}")
            return Cell(text=line, href=printed_at(row, paths), kind=Kind.LINE)
        case _:
            return Cell(text=label or spoken(column.name, known))


# Keys of the data that are words of ours in one column alone; the others are told by ``coded``.
_SPOKEN = {
    ("basis", "yes"): Word(zh="有", en="known"),
    ("basis", "no"): Word(zh="无", en="none"),
    ("mentions", "numbered"): Word(zh="印出文号", en="print a document's number"),
    ("mentions", "titled"): Word(zh="只印出标题", en="print a title alone"),
    ("mentions", "inferred"): Word(zh="未印出，推断是哪份文件", en="print neither: inferred"),
    ("mentions", "unresolved"): Word(zh="认不出是哪份文件", en="name no document"),
    ("level", "department"): Word(zh="部门", en="department"),
    ("level", "unit"): Word(zh="单位", en="unit"),
}


def spoken(name: str, key: str) -> str:
    """What a key of the data is called, in the page's language.

    >>> spoken("severity", "error")
    '错误'
    """
    word = _SPOKEN.get((name, key)) or coded(key)
    return say(word.zh, word.en)


# Columns whose things go by their code, and numbers that the row's evidence prints.
_CODED = {"node", "allocation", "region", "target"}
_PRINTED = {"amount", "people"}


def iri(site: Site, path: str) -> NamedNode:
    """A thing of the release by its path."""
    return NamedNode(site.paths.base + path)


def plain(words: str = "") -> Literal:
    """A text as a value; the empty one stands for any."""
    return Literal(words)
