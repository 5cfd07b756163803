"""The answer of a visitor's query as a page shows it: things by their names, numbers to the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    parse_query_results,
)

from fiscograph.queries import (
    ExampleQuery,
    GraphFormat,
    QueryEngine,
    QueryError,
    QueryResult,
    Row,
    Term,
    load,
)
from fiscograph.serving.data.describe import PAGE_LIMITS
from fiscograph.serving.frame.language import current
from fiscograph.serving.frame.words import Word
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import grouped, in_source
from fiscograph.vocabulary import DCTERMS, FOAF, PREFIXES, RDFS, SKOS
from fiscograph.vocabulary.prefixes import compact

MOST_ROWS = 1000
# Things of one answer whose names are looked up, each by one short question.
MOST_NAMED = 150
_NUMBERS = frozenset(
    PREFIXES["xsd"] + name
    for name in (
        "decimal", "integer", "double", "float", "int", "long", "short", "byte",
        "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
    )
)  # fmt: skip
_AMOUNTS = frozenset(PREFIXES["xsd"] + name for name in ("decimal", "double", "float"))
_BEST = (
    f"{PREFIXES['eli']}id_local",
    SKOS.prefLabel.value,
    RDFS.label.value,
    DCTERMS.title.value,
    FOAF.name.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One cell: ``raw`` is the value as the data have it, ``text`` as the page shows it.

    ``href`` leads to the thing, ``short`` is its shortened IRI where the text is its name;
    ``language`` is a literal's tag.
    """

    text: str = ""
    raw: str = ""
    href: str | None = None
    short: str | None = None
    language: str | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column: its variable, what it means where that is known, and whether it holds numbers."""

    name: str
    meaning: Word | None
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A result on a page: a table, a yes or no, or a graph as text. ``total`` counts all rows."""

    headings: tuple[Heading, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    total: int = 0
    boolean: bool | None = None
    graph: str | None = None


def is_graph(result: QueryResult) -> bool:
    return result.media_type == GraphFormat.TURTLE.value


def shown(result: QueryResult, site: Site, example: ExampleQuery | None = None) -> Shown:
    """A result that came as JSON or Turtle, for the page; ``example`` says what columns mean."""
    if is_graph(result):
        return Shown(graph=result.body.decode("utf-8", "replace"))
    parsed = parse_query_results(result.body, format=QueryResultsFormat.JSON)
    if isinstance(parsed, QueryBoolean):
        return Shown(boolean=bool(parsed))
    names = [variable.value for variable in parsed.variables]
    found = result.rows()
    named = _named(found[:MOST_ROWS], site)
    rows = tuple(
        tuple(_value(row.get(name), named, site) for name in names) for row in found[:MOST_ROWS]
    )
    return Shown(
        headings=tuple(_headings(names, rows, example)),
        rows=rows,
        total=len(found),
    )


def _headings(
    names: Iterable[str], rows: tuple[tuple[Value, ...], ...], example: ExampleQuery | None
) -> Iterable[Heading]:
    columns = () if example is None else example.columns
    meanings = {column.name: Word(zh=column.zh, en=column.en) for column in columns}
    for index, name in enumerate(names):
        given = [row[index] for row in rows if row[index].raw]
        numbers = bool(given) and all(value.is_number for value in given)
        yield Heading(name=name, meaning=meanings.get(name), is_number=numbers)


def _named(rows: Iterable[Row], site: Site) -> Mapping[str, str]:
    """The names of the first things that the rows name, in the page's language."""
    things: dict[str, None] = {}
    for row in rows:
        for term in row.values():
            if isinstance(term, NamedNode) and term.value.startswith(site.paths.base):
                things[term.value] = None
    named = {}
    for thing in list(things)[:MOST_NAMED]:
        if in_source(thing, site.paths) is None and (name := _name(site.pages, thing)):
            named[thing] = name
    return named


def _name(engine: QueryEngine, thing: str) -> str | None:
    """The best name: a document's number before its title, the page's language before any other.

    Data are read all the same where names cannot be.
    """
    try:
        rows = engine.select(load("names-of-thing", thing=NamedNode(thing)), PAGE_LIMITS)
    except QueryError:
        return None
    found = []
    for row in rows:
        name, by = row["name"], row["property"]
        if isinstance(name, Literal) and isinstance(by, NamedNode):
            rank = _BEST.index(by.value), (name.language or "") not in {"", current()}
            found.append((rank, name.value))
    return min(found)[1] if found else None


def _value(term: Term | None, named: Mapping[str, str], site: Site) -> Value:
    if isinstance(term, NamedNode):
        return _thing(term.value, named, site)
    if isinstance(term, Literal):
        number = term.datatype.value in _NUMBERS and _is_number(term.value)
        # A whole number may be a line or a year; amounts are decimals.
        amount = number and term.datatype.value in _AMOUNTS
        return Value(
            text=grouped(term.value) if amount else term.value,
            raw=term.value,
            language=term.language,
            is_number=number,
        )
    if term is None:
        return Value()
    text = f"_:{term.value}" if isinstance(term, BlankNode) else str(term)
    return Value(text=text, raw=text)


def _thing(iri: str, named: Mapping[str, str], site: Site) -> Value:
    local = None if iri.startswith(PREFIXES["fg"]) else site.paths.local(iri)
    short = compact(iri) if local is None else local.lstrip("/") or "/"
    # A place in a source is shown where it is printed.
    href = in_source(iri, site.paths) or site.paths.link(iri)
    name = named.get(iri)
    return Value(text=name or short, raw=iri, href=href, short=short if name else None)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
