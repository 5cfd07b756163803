"""A query, its limits and its result, as values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

Term = NamedNode | BlankNode | Literal | Triple
Row = Mapping[str, Term]


class SolutionFormat(Enum):
    """How solutions and booleans are serialised; the values are media types."""

    JSON = "application/sparql-results+json"
    XML = "application/sparql-results+xml"
    CSV = "text/csv"
    TSV = "text/tab-separated-values"


class GraphFormat(Enum):
    """How graphs are serialised; the values are media types."""

    TURTLE = "text/turtle"
    N_TRIPLES = "application/n-triples"
    JSON_LD = "application/ld+json"
    RDF_XML = "application/rdf+xml"


class QueryForm(Enum):
    """The four forms of SPARQL 1.1 Query, section 16."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def yields_graph(self) -> bool:
        return self in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may use.

    ``seconds`` of wall time, ``result_bytes`` of serialised result and, where it is a number,
    ``rows`` of a SELECT; ``memory`` is the address space of the worker in bytes. With ``slice_seconds``, a query that runs longer than that goes
    on only when no other long one runs; ``waits`` are the seconds that it may wait for a worker.
    """

    seconds: float = 10.0
    result_bytes: int = 10_000_000
    rows: int | None = None
    memory: int = 1_000_000_000
    slice_seconds: float | None = None
    waits: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """SPARQL text and what goes with it.

    ``bindings`` are values for variables, bound and never formatted in (SEP-0007). The default
    graph is the union of all graphs, unless ``default_graphs`` or ``named_graphs`` (IRIs, as in
    the SPARQL 1.1 Protocol) or the text's own FROM say otherwise.
    """

    text: str
    bindings: Mapping[str, Term] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    solutions: SolutionFormat = SolutionFormat.JSON
    graph: GraphFormat = GraphFormat.TURTLE


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """A complete result: its bytes and their media type."""

    body: bytes
    media_type: str

    def rows(self) -> tuple[Row, ...]:
        """The solutions of a SELECT that was serialised as JSON, unbound variables left out.

        Raises:
            ValueError: the result is of another format.
            TypeError: the result is of another form.
        """
        solutions = parse_query_results(self.body, format=QueryResultsFormat.JSON)
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("the result has no solutions")
        names = [variable.value for variable in solutions.variables]
        return tuple(
            {name: term for name in names if (term := row[name]) is not None} for row in solutions
        )

    def columns(self) -> Iterator[tuple[str, ...]]:
        """The solutions of a SELECT that was serialised as CSV, row by row, as plain texts.

        Unbound is the empty text (SPARQL 1.1 Query Results CSV and TSV Formats, section 3). A tenth
        of the memory of :meth:`rows`: for results that run through a whole release.

        Raises:
            ValueError: the result is of another format.
        """
        lines = self._lines()
        next(lines, None)
        return (tuple(line) for line in lines)

    def texts(self) -> tuple[Mapping[str, str], ...]:
        """The same by the names of the variables; unbound ones and empty texts left out.

        Raises:
            ValueError: the result is of another format.
        """
        lines = self._lines()
        names = next(lines, [])
        return tuple(
            {name: text for name, text in zip(names, line, strict=True) if text} for line in lines
        )

    def _lines(self) -> Iterator[list[str]]:
        if self.media_type != SolutionFormat.CSV.value:
            raise ValueError("texts are read from the CSV form")
        return csv.reader(io.TextIOWrapper(io.BytesIO(self.body), "utf-8", newline=""))
