"""Small queries asked of two engines over tiny data: every difference, and what explains it.

``python -m benchmarks.differential`` asks a query worker (pyoxigraph, through the guard) and rdflib.
See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import FrameType

import rdflib
from benchmarks.tracing import machine
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from fiscograph.queries import Query, QueryEngine, QueryError

_ROOT = Path(__file__).resolve().parents[1]
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float")}
_BASE = "https://a.example/"
DATA = """\
@prefix : <https://a.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:one :amount 1 ; :name "one", "一"@zh ; :part :two ; a :Thing .
:two :amount 2.5 ; :name "two" ; :part :three, :four ; a :Thing .
:three :amount 3 ; :part :one ; a :Other .
:four :name "four"@en ; :amount 0.5 , 4 ; a :Thing , :Other .
:five :year 2023 ; :name "" ; :open true .
:six :year 2022 ; :open false ; :part :six .
"""
_THINGS = (":one", ":two", ":three", ":four", ":five", ":six", ":none")
_VERBS = (":amount", ":name", ":part", "a", ":year", ":open")
_VARIABLES = ("?a", "?b", "?c", "?d")
_VALUES = (*_THINGS, "1", "2.5", '"one"', '"一"@zh', "true", '""', "2023", ":Thing")


class _Texts:
    """Queries whose answers have an order of no meaning, no blank node and nothing of chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def query(self) -> str:
        chance = self._chance
        group = self._group(0)
        kind = chance.random()
        prefix = "PREFIX : <https://a.example/> "
        if kind < 0.15:
            return f"{prefix}ASK {group}"
        if kind < 0.4:
            by = chance.choice(_VARIABLES)
            name = chance.choice(("COUNT", "SUM", "MIN", "MAX", "AVG", "COUNT"))
            of = chance.choice((*_VARIABLES, "*") if name == "COUNT" else _VARIABLES)
            distinct = chance.choice(("", "DISTINCT ")) if of != "*" else ""
            having = f" HAVING (COUNT(*) > {chance.randint(0, 2)})" if chance.random() < 0.3 else ""
            return (
                f"{prefix}SELECT {by} ({name}({distinct}{of}) AS ?n) {group} GROUP BY {by}{having}"
            )
        chosen = chance.choice(("*", "?a ?b", "DISTINCT ?a ?c", "DISTINCT ?b"))
        return f"{prefix}SELECT {chosen} {group}"

    def _triple(self) -> str:
        chance = self._chance
        subject = chance.choice((*_VARIABLES, *_VARIABLES, *_THINGS))
        verb = chance.choice((*_VERBS, *_VERBS, self._path(0), "?p"))
        return f"{subject} {verb} {chance.choice((*_VARIABLES, *_VARIABLES, *_VALUES))}"

    def _path(self, depth: int) -> str:
        chance = self._chance
        if depth > 1 or chance.random() < 0.4:
            return chance.choice((":part", ":part", "a", "^:part", "!:part", "!(:part|^:name)"))
        one, other = self._path(depth + 1), self._path(depth + 1)
        return chance.choice(
            (f"({one})*", f"({one})+", f"({one})?", f"({one}/{other})", f"({one}|{other})")
        )

    def _group(self, depth: int) -> str:
        chance = self._chance
        parts = [f"{self._triple()} ." for _ in range(chance.randint(1, 2))]
        for _ in range(chance.randint(0, 2 - depth)):
            inner = self._group(depth + 1)
            other = self._group(depth + 1)
            parts.append(
                chance.choice(
                    (
                        f"OPTIONAL {inner}",
                        f"MINUS {inner}",
                        f"{inner} UNION {other}",
                        f"FILTER EXISTS {inner}",
                        f"FILTER NOT EXISTS {inner}",
                        f"FILTER({self._test(0)})",
                        f"FILTER({self._test(0)})",
                        f"BIND({self._value(0)} AS ?e{depth})",
                        f"VALUES {chance.choice(_VARIABLES)} {{ {chance.choice(_VALUES)} UNDEF }}",
                        f"{{ SELECT ?a ?b {inner} }}",
                    )
                )
            )
        return "{ " + " ".join(parts) + " }"

    def _value(self, depth: int) -> str:
        chance = self._chance
        if depth > 1 or chance.random() < 0.4:
            return chance.choice((*_VARIABLES, "1", "2.5", '"one"'))
        one, other = self._value(depth + 1), self._value(depth + 1)
        return chance.choice(
            (
                f"({one} {chance.choice('+-*')} {other})",
                f"STR({one})",
                f"STRLEN(STR({one}))",
                f"LANG({one})",
                f"IF({self._test(depth + 1)}, {one}, {other})",
                f"COALESCE({one}, {other})",
                f"UCASE(STR({one}))",
                f"ABS({one})",
                f"SUBSTR(STR({one}), 2, 2)",
            )
        )

    def _test(self, depth: int) -> str:
        chance = self._chance
        if depth < 1 and chance.random() < 0.4:
            sign = chance.choice(("&&", "||"))
            return f"({self._test(depth + 1)} {sign} {self._test(depth + 1)})"
        one, other = self._value(max(1, depth)), self._value(max(1, depth))
        return chance.choice(
            (
                f"{one} {chance.choice(('=', '!=', '<', '<=', '>', '>='))} {other}",
                f"BOUND({chance.choice(_VARIABLES)})",
                f"!BOUND({chance.choice(_VARIABLES)})",
                f"ISIRI({one})",
                f"ISLITERAL({one})",
                f"ISNUMERIC({one})",
                f"CONTAINS(STR({one}), 'o')",
                f"{one} IN ({other}, 1, :one)",
                f"REGEX(STR({one}), '^t')",
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows as a sorted multiset of texts, True or False, or the error in place of both."""

    rows: tuple[str, ...] | None = None
    boolean: bool | None = None
    error: str | None = None


def _written(value: str, datatype: str, language: str | None) -> str:
    """A term in one way of writing: numbers by value and kind, as either engine may write 2.0."""
    if datatype in _NUMBERS:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return f"{value}^^{datatype}"
        return f"{number.normalize() + 0:f}"
    return f"{value!r}@{language.lower()}" if language else f"{value!r}^^{datatype}"


def by_pyoxigraph(engine: QueryEngine, text: str) -> Answer:
    try:
        body = engine.run(Query(text=text)).body
    except QueryError as error:
        return Answer(error=f"{type(error).__name__}: {error}")
    found = parse_query_results(body, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return Answer(boolean=bool(found))
    names = sorted(variable.value for variable in found.variables)
    rows = []
    for row in found:
        cells = []
        for name in names:
            term = row[name]
            if isinstance(term, NamedNode):
                cells.append(f"{name}=<{term.value}>")
            elif isinstance(term, Literal):
                cells.append(f"{name}={_written(term.value, term.datatype.value, term.language)}")
            elif term is not None:
                cells.append(f"{name}={term}")
        rows.append(" ".join(cells))
    return Answer(rows=tuple(sorted(rows)))


class _TooSlow(Exception):
    """rdflib took too long."""


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def by_rdflib(graph: rdflib.Graph, text: str) -> Answer:
    try:
        with _at_most(20):
            found = graph.query(text)
            if found.type == "ASK":
                return Answer(boolean=bool(found.askAnswer))
            names = sorted(str(name) for name in found.vars or ())
            rows = []
            for row in found.bindings:  # iterated, it leaves out rows of which nothing is bound
                cells = []
                for name in names:
                    term = row.get(rdflib.Variable(name))
                    if isinstance(term, rdflib.URIRef):
                        cells.append(f"{name}=<{term}>")
                    elif isinstance(term, rdflib.Literal):
                        kind = str(term.datatype or f"{_XSD}string")
                        cells.append(f"{name}={_written(str(term), kind, term.language)}")
                    elif term is not None:
                        cells.append(f"{name}={term}")
                rows.append(" ".join(cells))
            return Answer(rows=tuple(sorted(rows)))
    except _TooSlow:
        return Answer(error="over 20 s")
    except Exception as error:  # noqa: BLE001  the other engine's errors are of any kind
        return Answer(error=f"{type(error).__name__}: {error}"[:200])


def compared(count: int, seed: int) -> dict[str, object]:
    """Ask, compare, explain."""
    graph = rdflib.Graph()
    graph.parse(data=DATA, format="turtle")
    made = _Texts(random.Random(seed))
    told: Counter[str] = Counter()
    open_questions: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        store = Store(str(path))
        store.extend(
            Quad(one.subject, one.predicate, one.object, NamedNode(f"{_BASE}graph"))
            for one in parse(DATA, format=RdfFormat.TURTLE)
        )
        store.flush()
        del store
        with QueryEngine(path, workers=1) as engine:
            for _ in range(count):
                text = made.query()
                one, other = by_pyoxigraph(engine, text), by_rdflib(graph, text)
                if one == other:
                    told["the same answer"] += 1
                    continue
                if one.error and other.error:
                    told["refused by both"] += 1
                    continue
                why = _explained(text, one, other)
                told[why or "unexplained"] += 1
                if why is None:
                    open_questions.append(
                        {"query": text, "pyoxigraph": _shown(one), "rdflib": _shown(other)}
                    )
    return {"queries": count, "outcomes": dict(told.most_common()), "unexplained": open_questions}


def _explained(text: str, one: Answer, other: Answer) -> str | None:
    """The first rule that a difference follows; each is one engine's departure from SPARQL 1.1."""
    return next((why for why, follows in RULES.items() if follows(text, one, other)), None)


def _no_group(text: str, one: Answer, other: Answer) -> bool:
    return "GROUP BY" in text and one.rows == () and other.rows == ("",)


def _least_as_text(text: str, one: Answer, other: Answer) -> bool:
    if not re.search(r"\((MIN|MAX)\(", text) or one.rows is None or other.rows is None:
        return False
    term = re.compile(r"<([^<>]*)>|'([^']*)'(?:\^\^\S+|@\S+)")
    plain = [Counter(term.sub(r"\1\2", row) for row in found) for found in (one.rows, other.rows)]
    return plain[0] == plain[1]


def _negated_and_inverse(text: str, _one: Answer, _other: Answer) -> bool:
    return "!(:part|^:name)" in text


def _bound_twice(text: str, one: Answer, _other: Answer) -> bool:
    return (one.error or "").startswith("QuerySyntax") and text.count(" AS ?e0)") > 1


def _sum_of_errors(text: str, one: Answer, other: Answer) -> bool:
    if not re.search(r"\((SUM|AVG)\(", text) or one.rows is None:
        return False
    if other.rows is None:
        return bool(re.match("NotBoundError|SPARQLTypeError|AttributeError", other.error or ""))
    # Where pyoxigraph leaves ?n unbound there is a 0, or a sum of what is a number.
    return Counter(re.sub(" ?n=.*", "", row) for row in one.rows) == Counter(
        re.sub(" ?n=.*", "", row) for row in other.rows
    ) and any("n=" not in row for row in one.rows)


def _twice_the_path(text: str, one: Answer, other: Answer) -> bool:
    return (
        re.search(r"[?*+]\)[?*+] ", text) is not None
        and one.rows is not None
        and other.rows is not None
        and set(one.rows) == set(other.rows)
        and len(one.rows) < len(other.rows)
    )


def _nowhere_in_the_data(text: str, _one: Answer, _other: Answer) -> bool:
    return re.search(r"[*?]\)* (:none|:Thing|\"|true|[0-9])|:none \S*[*?]", text) is not None


def _from_inside_out(text: str, _one: Answer, _other: Answer) -> bool:
    return "{ SELECT ?a ?b" in text


# What explains a difference: whose rule it is, and how it shows. All but one are rdflib's; that one
# is listed among the exceptions of the W3C's suite in docs/reference/sparql.md.
RULES: dict[str, Callable[[str, Answer, Answer], bool]] = {
    "rdflib: a row for groups of no solution (18.5.1: no group, no row)": _no_group,
    "rdflib: MIN and MAX give an IRI, or a text with a language, as a plain text": _least_as_text,
    "rdflib: !(a|^b) fails or is misread (9.1)": _negated_and_inverse,
    "rdflib: a variable that is bound already may be bound again (10.1)": _bound_twice,
    "rdflib: SUM and AVG over what is no number are 0 or fail (11.2: unbound)": _sum_of_errors,
    "rdflib: a path in a path gives a solution more than once (18.4: ALP)": _twice_the_path,
    "pyoxigraph: no path of length zero from a constant that is nowhere in the data (18.4)": (
        _nowhere_in_the_data
    ),
    "rdflib: a sub-SELECT sees variables from outside (12)": _from_inside_out,
}


def _shown(answer: Answer) -> object:
    return answer.error or (answer.boolean if answer.rows is None else answer.rows[:10])


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, compare, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differential", description=__doc__)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    told = machine()
    figures = compared(given.queries, given.seed)
    whole = {"machine": told, "seed": given.seed, "rdflib": rdflib.__version__, **figures}
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    given.report.mkdir(parents=True, exist_ok=True)
    (given.report / "differential.json").write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
