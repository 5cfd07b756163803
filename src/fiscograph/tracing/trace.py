"""From a policy document to the money: which projects it funds, run by whom, for how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

import networkx as nx
from pyoxigraph import Literal, NamedNode

from fiscograph.queries import Limits, QueryEngine, Row, load
from fiscograph.tracing.number import folded, normal_form

LIMITS = Limits(seconds=10.0, result_bytes=5_000_000)
_MOST_NEAREST = 5
_NEAR = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One citation: its field, the printed text, the IRI of its source and the line in it."""

    field: str
    text: str
    source: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedProject:
    """What one filing says of a project that rests on the document.

    ``amount`` is in yuan; ``printed`` and ``printed_unit`` are its winning printing, which stands
    at ``line`` of ``source`` (an IRI). Unit and department are names with their IRIs beside.
    ``covered`` says that the filing is a unit's and its department's filing is known too.
    """

    budget: str
    name: str
    code: str | None
    filing: str
    year: str | None
    unit: str | None
    unit_iri: str | None
    department: str | None
    department_iri: str | None
    amount: Decimal | None
    evidence: str | None
    printed: str | None
    printed_unit: str | None
    source: str | None
    line: int | None
    via: tuple[Mention, ...]
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The answer for one typed number.

    ``typed`` is the text as typed; ``number`` its normal form, None where it holds no number;
    ``policies`` are the IRIs of the documents of that number (several where districts share a
    代字), empty where the release knows none, and then ``nearest`` lists known numbers like it.
    """

    typed: str
    number: str | None
    policies: tuple[str, ...]
    titles: tuple[str, ...]
    issuers: tuple[str, ...]
    rows: tuple[FundedProject, ...]
    nearest: tuple[str, ...]

    @property
    def found(self) -> bool:
        return bool(self.policies)

    @property
    def total(self) -> Decimal:
        """The sum in yuan over the rows that no other row covers."""
        return sum((row.amount or Decimal(0) for row in self.rows if not row.covered), Decimal(0))

    def graph(self) -> nx.DiGraph[str]:
        """Policy → project budget → unit → department, by IRI.

        Nodes have ``kind`` and ``label``; edges that money flows along have ``amount`` (yuan).
        An amount on an edge between organizations is the sum over the rows not covered.
        """
        graph: nx.DiGraph[str] = nx.DiGraph()
        for policy in self.policies:
            graph.add_node(policy, kind="policy", label=self.number)
        for row in self.rows:
            graph.add_node(row.budget, kind="project-budget", label=row.name)
            for policy in self.policies:
                graph.add_edge(policy, row.budget, amount=row.amount)
            self._add_organizations(graph, row)
        return graph

    def _add_organizations(self, graph: nx.DiGraph[str], row: FundedProject) -> None:
        previous = row.budget
        steps = (
            ("unit", row.unit_iri, row.unit),
            ("department", row.department_iri, row.department),
        )
        for kind, iri, label in steps:
            if iri is None or iri == previous:
                continue
            known = graph.get_edge_data(previous, iri, default={}).get("amount", Decimal(0))
            amount = Decimal(0) if row.covered else row.amount or Decimal(0)
            if iri not in graph:
                graph.add_node(iri, kind=kind, label=label)
            graph.add_edge(previous, iri, amount=known + amount)
            previous = iri


def trace(engine: QueryEngine, typed: str) -> Trace:
    """Follow a document number, typed in any style, to its projects and their money.

    Raises:
        QueryError: the store cannot be asked.
    """
    number = normal_form(typed)
    documents: tuple[Row, ...] = ()
    rows: tuple[FundedProject, ...] = ()
    if number is not None:
        bound = Literal(number)
        documents = engine.select(load("policy-of-number", number=bound), LIMITS)
        if documents:
            mentions = _mentions(engine.select(load("funding-citations", number=bound), LIMITS))
            found = engine.select(load("funding", number=bound), LIMITS)
            rows = tuple(_distinct(_project(row, mentions) for row in found))
    return Trace(
        typed=typed,
        number=number,
        policies=_texts(documents, "policy"),
        titles=_texts(documents, "title"),
        issuers=_texts(documents, "issuer"),
        rows=rows,
        nearest=() if documents else _nearest(engine, number or folded(typed)),
    )


def _nearest(engine: QueryEngine, number: str) -> tuple[str, ...]:
    """Known numbers like this one, the most like first."""
    known = _texts(engine.select(load("policy-numbers"), LIMITS), "number")
    scored = [(SequenceMatcher(None, number, other).ratio(), other) for other in known]
    near = sorted((-score, other) for score, other in scored if score >= _NEAR)
    return tuple(other for _, other in near[:_MOST_NEAREST])


def _mentions(rows: Iterable[Row]) -> Mapping[str, tuple[Mention, ...]]:
    by_budget: dict[str, dict[Mention, None]] = {}
    for row in rows:
        mention = Mention(
            field=_text(row, "field") or "",
            text=_text(row, "text") or "",
            source=_text(row, "source") or "",
            line=int(_text(row, "line") or 0),
        )
        by_budget.setdefault(_text(row, "budget") or "", {})[mention] = None
    return {budget: tuple(found) for budget, found in by_budget.items()}


def _project(row: Row, mentions: Mapping[str, tuple[Mention, ...]]) -> FundedProject:
    budget = _text(row, "budget") or ""
    amount, line = _text(row, "amount"), _text(row, "line")
    return FundedProject(
        budget=budget,
        name=_text(row, "name") or "",
        code=_text(row, "code"),
        filing=_text(row, "filing") or "",
        year=_text(row, "year"),
        unit=_text(row, "unitLabel"),
        unit_iri=_text(row, "unit"),
        department=_text(row, "departmentLabel"),
        department_iri=_text(row, "department"),
        amount=None if amount is None else Decimal(amount),
        evidence=_text(row, "evidence"),
        printed=_text(row, "evidenceText"),
        printed_unit=_text(row, "evidenceUnit"),
        source=_text(row, "source"),
        line=None if line is None else int(line),
        via=mentions.get(budget, ()),
        covered="covered" in row,
    )


def _distinct(rows: Iterable[FundedProject]) -> Iterable[FundedProject]:
    """Each project budget once, however many documents share the number."""
    seen: set[str] = set()
    for row in rows:
        if row.budget not in seen:
            seen.add(row.budget)
            yield row


def _text(row: Row, name: str) -> str | None:
    term = row.get(name)
    return term.value if isinstance(term, NamedNode | Literal) else None


def _texts(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    """The distinct values of one variable, in the rows' order."""
    return tuple(dict.fromkeys(text for row in rows if (text := _text(row, name)) is not None))
