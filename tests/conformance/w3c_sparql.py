"""The W3C's tests of SPARQL as values: what each asks, over what, and what it wants.

The suite is data (w3c-sparql, with its licence). All of its data files stand in one store, each in a
graph of its own name, so that a case chooses its dataset as a client of the protocol does.
``python -m tests.conformance.w3c_sparql`` writes the counts into ``docs/reference/sparql.md``.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

Term = NamedNode | BlankNode | Literal | Triple
Solution = tuple[tuple[str, Term], ...]
Wanted = bool | Dataset | tuple[tuple[str, ...], tuple[Solution, ...]]

FOLDER = Path(__file__).parent / "w3c-sparql"
PAGE = Path(__file__).parents[2] / "docs/reference/sparql.md"
_EXCEPTIONS = FOLDER.parent / "w3c-sparql-exceptions.toml"
_BEGIN, _END = "<!-- counts: begin -->\n", "<!-- counts: end -->\n"
BASE = "https://w3c.github.io/rdf-tests/sparql/"
# The W3C's own division of the SPARQL 1.1 suite.
SUITES = {
    "SPARQL 1.1 query": [
        "aggregates",
        "bind",
        "bindings",
        "cast",
        "construct",
        "exists",
        "functions",
        "grouping",
        "negation",
        "project-expression",
        "property-path",
        "subquery",
        "syntax-query",
    ],
    "SPARQL 1.1 results": ["csv-tsv-res", "json-res"],
    "SPARQL 1.1 federation": ["service", "syntax-fed"],
}
FEDERATION = "SPARQL 1.1 federation"
QUERY_10 = "SPARQL 1.0 query"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_CASES = """\
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?case ?kind ?query ?data ?result ?lax {
  ?manifest mf:entries/rdf:rest*/rdf:first ?case .
  ?case a ?kind ; mf:action ?action .
  OPTIONAL { ?action qt:query ?asked }
  BIND(COALESCE(?asked, ?action) AS ?query)
  OPTIONAL { ?action qt:data ?data }
  OPTIONAL { ?case mf:result ?result }
  OPTIONAL { ?case mf:resultCardinality ?lax }
  FILTER(ISIRI(?query))
}"""
_NAMED = """\
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
SELECT ?case ?graph { ?case mf:action/qt:graphData ?graph FILTER(ISIRI(?graph)) }"""
_RESULT_SET = """\
PREFIX rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#>
SELECT ?row ?index ?name ?value {
  ?set rs:solution ?row OPTIONAL { ?row rs:index ?index }
  OPTIONAL { ?row rs:binding [ rs:variable ?name ; rs:value ?value ] }
} ORDER BY ?index"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test: ``data`` and ``graphs`` are the default and the named graphs of its dataset,
    ``result`` the file of what is wanted; ``lax`` where duplicates may be left out.
    """

    name: str
    suite: str
    kind: str
    query: str
    data: tuple[str, ...]
    graphs: tuple[str, ...]
    result: str | None
    lax: bool

    @property
    def text(self) -> str:
        """The query below the base that the suite assumes for it."""
        return f"BASE <{self.query}> {path_of(self.query).read_text('utf-8')}"

    @property
    def must_fail(self) -> bool:
        return self.kind.startswith("Negative")


def path_of(iri: str) -> Path:
    return FOLDER / iri.removeprefix(BASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Why a case comes out otherwise; ``by_value`` where only the way of writing differs."""

    reason: str
    by_value: bool


@cache
def exceptions() -> dict[str, Known]:
    """The cases that are known to come out otherwise."""
    groups = tomllib.loads(_EXCEPTIONS.read_text("utf-8"))["exception"]
    return {
        name: Known(reason=group["reason"], by_value=group.get("by_value", False))
        for group in groups
        for name in group["cases"]
    }


@cache
def cases() -> tuple[Case, ...]:
    """Every case of a query, in order of name."""
    folders = {f"sparql11/{name}": suite for suite, names in SUITES.items() for name in names}
    folders |= {
        f"sparql10/{path.parent.name}": QUERY_10 for path in FOLDER.glob("sparql10/*/manifest.ttl")
    }
    found = (case for folder, suite in folders.items() for case in _read(folder, suite))
    return tuple(sorted(found, key=lambda case: case.name))


def _read(folder: str, suite: str) -> Iterator[Case]:
    store = Store()
    store.extend(_parsed(f"{BASE}{folder}/manifest.ttl"))
    graphs: dict[str, list[str]] = {}
    for row in _rows(store, _NAMED):
        graphs.setdefault(row["case"], []).append(row["graph"])
    data: dict[str, set[str]] = {}
    rows = {row["case"]: row for row in _rows(store, _CASES)}
    for row in _rows(store, _CASES):
        data.setdefault(row["case"], set()).update({row["data"]} - {""})
    for iri, row in rows.items():
        yield Case(
            name=f"{folder}/{iri.rpartition('#')[2]}",
            suite=suite,
            kind=row["kind"].removeprefix(_MF),
            query=row["query"],
            data=tuple(sorted(data[iri])),
            graphs=tuple(sorted(graphs.get(iri, ()))),
            result=row["result"] or None,
            lax=row["lax"].endswith("#LaxCardinality"),
        )


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    for solution in found:
        yield {name: "" if (term := solution[name]) is None else term.value for name in names}


def _parsed(iri: str) -> Iterator[Quad]:
    path = path_of(iri)
    form = RdfFormat.from_extension(path.suffix[1:])
    return parse(path.read_bytes(), format=form, base_iri=iri, rename_blank_nodes=True)


def fill(store: Store) -> None:
    """Every data file of every case, each in the graph of its name."""
    named = {iri for case in cases() for iri in (*case.data, *case.graphs)}
    # Those that the text of a query names in FROM and FROM NAMED.
    named |= {
        f"{BASE}sparql10/dataset/{path.name}" for path in FOLDER.glob("sparql10/dataset/data-*")
    }
    for iri in sorted(named):
        graph = NamedNode(iri)
        store.extend(
            Quad(quad.subject, quad.predicate, quad.object, graph) for quad in _parsed(iri)
        )
    store.flush()


def wanted(iri: str) -> tuple[Wanted, bool]:
    """The content of a result file, and whether its order counts."""
    path = path_of(iri)
    if path.suffix in {".srx", ".srj", ".tsv"}:
        form = QueryResultsFormat.from_extension(path.suffix[1:])
        return content(path.read_bytes(), form), False
    triples = list(_parsed(iri))
    store = Store()
    store.extend(triples)
    types = {quad.object for quad in triples}
    if NamedNode(f"{_RS}ResultSet") not in types:
        return canonical(quad.triple for quad in triples), False
    for quad in triples:
        if quad.predicate == NamedNode(f"{_RS}boolean") and isinstance(quad.object, Literal):
            return quad.object.value == "true", False
    return _result_set(store)


def _result_set(store: Store) -> tuple[Wanted, bool]:
    found = store.query(_RESULT_SET)
    assert isinstance(found, QuerySolutions)
    rows: dict[str, list[tuple[str, Term]]] = {}
    ordered = False
    for solution in found:
        row = rows.setdefault(str(solution["row"]), [])
        ordered = ordered or solution["index"] is not None
        if isinstance(name := solution["name"], Literal):
            row.append((name.value, solution["value"]))
    names = store.quads_for_pattern(None, NamedNode(f"{_RS}resultVariable"), None)
    variables = tuple(
        sorted(quad.object.value for quad in names if isinstance(quad.object, Literal))
    )
    return (variables, tuple(tuple(sorted(row)) for row in rows.values())), ordered


def content(body: bytes, form: QueryResultsFormat | None) -> Wanted:
    """A boolean, or the variables and solutions, of a serialised result."""
    assert form is not None
    found = parse_query_results(body, format=form)
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = tuple(sorted(variable.value for variable in found.variables))
    return names, tuple(
        tuple((name, term) for name in names if (term := row[name]) is not None) for row in found
    )


def by_value(wanted: Wanted) -> Wanted:
    """The same with each literal as a store writes it: ``2.0`` as ``2``, ``xsd:int`` as integer."""
    if isinstance(wanted, bool):
        return wanted
    if isinstance(wanted, Dataset):
        return canonical([Triple(q.subject, q.predicate, _rewritten(q.object)) for q in wanted])
    names, rows = wanted
    return names, tuple(tuple((name, _rewritten(term)) for name, term in row) for row in rows)


@cache
def _rewritten(term: Term) -> Term:
    if not isinstance(term, Literal):
        return term
    store = Store()
    store.add(Quad(NamedNode("x:x"), NamedNode("x:x"), term))
    value: Term = next(iter(store)).object
    return value


def canonical(triples: Iterator[Triple] | Sequence[Triple]) -> Dataset:
    """A graph with the blank nodes that RDFC-1.0 gives it."""
    made = Dataset(Quad(*triple) for triple in triples)
    made.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return made


def same(left: Sequence[Solution], right: Sequence[Solution], *, ordered: bool, lax: bool) -> bool:
    """Whether solutions agree term by term, up to the names of blank nodes.

    ``lax`` lets the left ones repeat what the right ones have once.
    """
    if lax:
        allowed = Counter(right)
        given = Counter(left)
        return given.keys() == allowed.keys() and all(given[row] <= allowed[row] for row in given)
    if len(left) != len(right):
        return False
    return _match(list(left), list(right), {}, ordered=ordered)


def _match(
    left: list[Solution], right: list[Solution], known: dict[BlankNode, BlankNode], *, ordered: bool
) -> bool:
    if not left:
        return True
    first, rest = left[0], left[1:]
    for at, row in enumerate(right[:1] if ordered else right):
        mapped = _mapped(first, row, known)
        if mapped is not None and _match(
            rest, right[:at] + right[at + 1 :], mapped, ordered=ordered
        ):
            return True
    return False


def _mapped(
    left: Solution, right: Solution, known: dict[BlankNode, BlankNode]
) -> dict[BlankNode, BlankNode] | None:
    """What ``known`` becomes when the two rows are taken for one; None where they cannot be."""
    if [name for name, _ in left] != [name for name, _ in right]:
        return None
    found = dict(known)
    for (_, one), (_, other) in zip(left, right, strict=True):
        if isinstance(one, BlankNode) and isinstance(other, BlankNode):
            if found.setdefault(one, other) != other:
                return None
        elif one != other:
            return None
    return found if len(set(found.values())) == len(found) else None


def counts() -> str:
    """How many cases of each suite come out as wanted, as a table, and the exceptions by reason.

    The tests hold every case to what is said here.
    """
    lines = [
        "| suite | cases | written alike | same value |",
        "| --- | ---: | ---: | ---: |",
    ]
    known = exceptions()
    for name in dict.fromkeys(case.suite for case in cases()):
        if name == FEDERATION:
            continue
        of = [case.name for case in cases() if case.suite == name]
        other = [known[one] for one in of if one in known]
        really = sum(not one.by_value for one in other)
        lines.append(f"| {name} | {len(of)} | {len(of) - len(other)} | {len(of) - really} |")
    federated = sum(case.suite == FEDERATION for case in cases())
    lines += ["", f"All {federated} cases of federation are refused, as they must be here.", ""]
    by_reason: dict[str, list[str]] = {}
    for name, one in known.items():
        by_reason.setdefault(one.reason, []).append(name)
    for reason, names in by_reason.items():
        lines.append(f"- {reason}: " + ", ".join(f"`{name}`" for name in names) + ".")
    return "\n".join(lines) + "\n"


def with_counts(page: str) -> str:
    """A page with the counts between its marks made anew."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{counts()}{_END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_counts(PAGE.read_text("utf-8")), "utf-8")
