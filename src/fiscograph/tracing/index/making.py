"""Makes the index of a release from its store, filing by filing."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pyoxigraph import NamedNode

from fiscograph.queries import EngineFailed, Limits, QueryEngine, SolutionFormat, load
from fiscograph.tracing.answers import FundedProject
from fiscograph.tracing.asked import MEMORY, Row, required, stream
from fiscograph.tracing.details import VAGUE, Details, details, projects_of
from fiscograph.tracing.documents import Documents
from fiscograph.tracing.index.file import FINISHED, TABLES
from fiscograph.tracing.index.sql import RANKED
from fiscograph.tracing.index.told import (
    document_written,
    layout,
    possible_written,
    relation_written,
    written,
)
from fiscograph.vocabulary import PREFIXES

_QUERIES = tuple(
    f"{name}-of-filing" for name in ("facts", "evidence", "mentions", "targets", "functions")
)
_EVERY = (
    "every-organization-fact",
    "list-of-filings",
    "about-filing",
    "documents",
    "document-relations",
    "document-relation-mentions",
    "document-relation-texts",
    "document-candidates",
)
_VERSION = "1"
_LIMITS = Limits(seconds=60.0, result_bytes=200_000_000, memory=MEMORY)
# The properties of a project budget by the variables that the queries for project budgets use.
_VARIABLES = {
    PREFIXES["fg"] + "project": "project",
    PREFIXES["dcterms"] + "title": "name",
    PREFIXES["dcterms"] + "identifier": "code",
    PREFIXES["fg"] + "budgetAmount": "amount",
    PREFIXES["fg"] + "responsibleUnit": "unit",
    PREFIXES["fg"] + "competentDepartment": "department",
    PREFIXES["prov"] + "hadPrimarySource": "evidence",
}
_TEXTS = {
    PREFIXES["dcterms"] + "title",
    PREFIXES["dcterms"] + "alternative",
    *(
        PREFIXES["fg"] + name
        for name in ("basisText", "overview", "goals", "schedule", "otherText")
    ),
}
_BASIS = PREFIXES["fg"] + "legalBasis"
_PROJECT = PREFIXES["fg"] + "project"
_TYPE = PREFIXES["rdf"] + "type"
_BUDGET = PREFIXES["fg"] + "ProjectBudget"
_PARENT = PREFIXES["org"] + "subOrganizationOf"
_NO_DETAILS = Details(mentions={})
_Insert = Callable[[str, Iterable[tuple[object, ...]]], object]


def index_of(store: Path, *, base: str | None = None) -> Path:
    """The index of a store, made beside it where it is not there yet.

    It belongs to the store, which is of one release; its name says which layout it has, so that
    another version of the program makes its own. One maker at a time; what is not finished is
    never found.

    Args:
        store: the folder of a store (see :mod:`fiscograph.queries.store`).
        base: the base IRI of the release.

    Raises:
        QueryError: the store cannot be asked.
        OSError: nothing can be written beside it.
        sqlite3.Error: likewise, or the sums would not fit.
    """
    path = store.parent / f"tracing-{_layout()}.sqlite"
    if (known := made_index_of(store)) is not None:
        return known
    with (store.parent / ".tracing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.is_file():
            building = store.parent / ".tracing.part"
            building.unlink(missing_ok=True)
            with QueryEngine(store, base=base, workers=1, memory=MEMORY) as engine:
                _make(engine, building)
            os.replace(building, path)
    return path


def made_index_of(store: Path) -> Path | None:
    """The index of a store where it has been made; None where it has not."""
    path = store.parent / f"tracing-{_layout()}.sqlite"
    return path if path.is_file() else None


def _layout() -> str:
    texts = [load(name).text for name in (*_QUERIES, *_EVERY)]
    kept = "\n".join((_VERSION, TABLES, FINISHED, RANKED, layout(), *texts))
    return hashlib.sha256(kept.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What filings share: organizations by IRI with their names and parents, ids, filings."""

    names: Mapping[str, str]
    parents: Mapping[str, str]
    organizations: Mapping[str, int]
    regions: Mapping[str, int]
    filings: Mapping[str, Row]


def _make(engine: QueryEngine, path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        # A half-made index is thrown away: no journal is needed.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(TABLES)
        documents = Documents.load(engine)
        _add_documents(documents, connection.executemany)
        shared = _shared(engine, connection.executemany)
        budgets = _Numbers()
        for filing in sorted(shared.filings):
            _add_filing(engine, filing, shared, connection.executemany, budgets)
        connection.executemany(
            "INSERT INTO organization VALUES (?, ?, ?)",
            ((at, iri, shared.names.get(iri)) for iri, at in shared.organizations.items()),
        )
        _scale(connection)
        connection.executescript(FINISHED)
        connection.executescript(RANKED)
        connection.commit()
        connection.execute("ANALYZE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.commit()
    finally:
        connection.close()
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _add_documents(documents: Documents, insert: _Insert) -> None:
    insert(
        "INSERT INTO document VALUES (?, ?, ?, ?)",
        (
            (at, iri, documents.by_iri[iri].level, document_written(documents.by_iri[iri]))
            for at, iri in enumerate(sorted(documents.by_iri), start=1)
        ),
    )
    insert(
        "INSERT INTO relation VALUES (NULL, ?)",
        ((relation_written(data["said"]),) for _, _, data in documents.relations.edges(data=True)),
    )
    insert(
        "INSERT INTO possible VALUES (NULL, ?, ?)",
        (
            (iri, possible_written(one))
            for iri in sorted(documents.possible)
            for one in documents.possible[iri]
        ),
    )


def _shared(engine: QueryEngine, insert: _Insert) -> _Shared:
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for iri, name, value in stream(engine, "every-organization-fact"):
        (parents if name == _PARENT else names)[iri] = value
    filings = {}
    for (iri,) in stream(engine, "list-of-filings"):
        (filings[iri], *_) = _asked(engine, "about-filing", iri)
    regions = {one.get("region", ""): one.get("regionLabel") for one in filings.values()}
    by_region = {iri: at for at, iri in enumerate(sorted(regions), start=1)}
    insert(
        "INSERT INTO region VALUES (?, ?, ?)",
        ((at, iri or None, regions[iri]) for iri, at in by_region.items()),
    )
    return _Shared(
        names=names, parents=parents, organizations=_Numbers(), regions=by_region, filings=filings
    )


def _asked(engine: QueryEngine, name: str, filing: str) -> tuple[Row, ...]:
    """The rows of a query about one filing; a worker that ended after thousands of them is replaced
    once.
    """
    query = replace(load(name, filing=NamedNode(filing)), solutions=SolutionFormat.CSV)
    try:
        return engine.run(query, _LIMITS).texts()
    except EngineFailed:
        return engine.run(query, _LIMITS).texts()


class _Numbers(dict[str, int]):
    """Numbers things in the order in which they are first asked for."""

    def __missing__(self, key: str) -> int:
        self[key] = len(self) + 1
        return self[key]


def _add_filing(
    engine: QueryEngine, filing: str, shared: _Shared, insert: _Insert, budgets: _Numbers
) -> None:
    """Add a filing's project budgets and the documents behind them."""

    def bound(name: str) -> tuple[Row, ...]:
        return _asked(engine, name, filing)

    facts = _by_budget(bound("facts-of-filing"))
    if not facts:
        return
    ink = {required(row, "evidence"): row for row in bound("evidence-of-filing")}
    found = projects_of(_rows(facts, filing, shared, ink))
    edges = [(budget, policy) for budget in found for policy in facts[budget].get(_BASIS, ())]
    told, scores = _details(bound, facts) if edges else (_NO_DETAILS, {})
    insert(
        "INSERT INTO budget VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, 0, 0)",
        (_budget(one, budgets[iri], shared) for iri, one in found.items()),
    )
    based = dict.fromkeys(budget for budget, _ in edges)
    insert(
        "INSERT INTO told VALUES (?, ?)",
        ((budgets[iri], written(found[iri], told)) for iri in based),
    )
    insert(
        "INSERT INTO staged VALUES (?, ?, ?, ?)",
        (
            (policy, budgets[budget], *scores.get((budget, policy), (None, 0)))
            for budget, policy in edges
        ),
    )


def _by_budget(rows: Iterable[Row]) -> Mapping[str, Mapping[str, list[str]]]:
    """The values of each project budget by property, sorted."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        values = found.setdefault(required(row, "budget"), {})
        values.setdefault(required(row, "property"), []).append(required(row, "value"))
    return {
        budget: {name: sorted(values) for name, values in by_property.items()}
        for budget, by_property in found.items()
        if _BUDGET in by_property.get(_TYPE, ())
    }


def _rows(
    facts: Mapping[str, Mapping[str, list[str]]],
    filing: str,
    shared: _Shared,
    ink: Mapping[str, Row],
) -> Iterator[Row]:
    """Rows like those of the queries for project budgets."""
    for budget, values in facts.items():
        row = {
            "budget": budget,
            "filing": filing,
            **shared.filings[filing],
            **{name: values[iri][0] for iri, name in _VARIABLES.items() if iri in values},
        }
        row.update(ink.get(row.get("evidence", ""), {}))
        for name in ("unit", "department"):
            if label := shared.names.get(row.get(name, "")):
                row[f"{name}Label"] = label
        yield row


def _details(
    bound: Callable[[str], tuple[Row, ...]], facts: Mapping[str, Mapping[str, list[str]]]
) -> tuple[Details, Mapping[tuple[str, str], tuple[float, int]]]:
    """The details of a filing's project budgets; by project budget and document the best score of
    the mentions, and whether the link is inferred.
    """
    asked: Mapping[str, Callable[[], Iterable[Row]]] = {
        "mentions-of-filing": lambda: bound("mentions-of-filing"),
        "texts-of-filing": lambda: _texts(facts),
        "functions-of-filing": lambda: _functions(bound("functions-of-filing"), facts),
        "targets-of-filing": lambda: bound("targets-of-filing"),
    }
    told = details(lambda name: asked[name](), "filing")
    scores = {
        (budget, policy): (
            max(one.score for one in found),
            int(all(one.kind == VAGUE for one in found)),
        )
        for budget, by_policy in told.mentions.items()
        for policy, found in by_policy.items()
    }
    return told, scores


def _texts(facts: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Row]:
    for budget, values in facts.items():
        if _BASIS in values:
            for name in sorted(_TEXTS & set(values)):
                for value in values[name]:
                    yield {"budget": budget, "property": name, "text": value}


def _functions(rows: Iterable[Row], facts: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Row]:
    """The allocations of each project, told of each of its project budgets in the filing."""
    budgets: dict[str, list[str]] = {}
    for budget, values in facts.items():
        for project in values.get(_PROJECT, ()):
            budgets.setdefault(project, []).append(budget)
    for row in rows:
        for budget in budgets.get(required(row, "project"), ()):
            yield {**row, "budget": budget}


def _budget(one: FundedProject, number: int, shared: _Shared) -> tuple[object, ...]:
    unit = one.unit_iri
    payer = one.department_iri or shared.parents.get(unit or "") or unit
    ids = shared.organizations
    return (
        number,
        one.project_budget,
        one.name,
        one.code or "",
        one.filing,
        one.fiscal_year or "",
        one.phase or "",
        shared.regions[one.region or ""],
        ids[unit] if unit else None,
        ids[payer] if payer else None,
        None if one.amount_cny is None else format(one.amount_cny, "f"),
        int(one.covered),
    )


def _scale(connection: sqlite3.Connection) -> None:
    """Turn the amounts into whole numbers of the smallest part of a yuan that any of them has."""
    scale = 0
    for (printed,) in connection.execute("SELECT printed FROM budget WHERE printed IS NOT NULL"):
        scale = max(scale, -int(Decimal(printed).normalize().as_tuple().exponent))
    connection.create_function(
        "scaled", 1, lambda printed: int(Decimal(printed).scaleb(scale)), deterministic=True
    )
    connection.execute("UPDATE budget SET amount = scaled(printed) WHERE printed IS NOT NULL")
    connection.execute("INSERT INTO meta VALUES ('scale', ?)", (str(scale),))
