"""Texts to throw at the endpoint: random ones, grown from a grammar, and the W3C's queries spoilt."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_SUITE = Path(__file__).resolve().parents[1] / "tests/conformance/w3c-sparql"
_SIGNS = "{}()[]<>\"'\\#?$:.;,@=!+-*/|^&_ \t\r\n"
_ODD = "\0\x01\x0b\x7f\u00a0\u200b\u202e\u2028\ufeff\ufffe\ud800\udfff𠀀é渝财社〔〕号０"
_WORDS = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FILTER", "OPTIONAL", "UNION", "MINUS",
    "GRAPH", "BIND", "VALUES", "EXISTS", "NOT", "IN", "DISTINCT", "REDUCED", "ORDER", "BY", "ASC",
    "DESC", "LIMIT", "OFFSET", "GROUP", "HAVING", "AS", "PREFIX", "BASE", "FROM", "NAMED",
    "SERVICE", "SILENT", "UNDEF", "COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT",
    "SEPARATOR", "STR", "LANG", "DATATYPE", "IRI", "BNODE", "RAND", "CONCAT", "REGEX", "REPLACE",
    "COALESCE", "IF", "STRDT", "STRLANG", "UUID", "NOW", "INSERT", "DELETE", "LOAD", "a", "true",
    "false", "<<", ">>", "<<(", ")>>", "{|", "|}", "LATERAL", "ADJUST", "TRIPLE",
)  # fmt: skip
_ATOMS = (
    "?s", "?p", "?o", "$x", "_:b", "[]", "<x:y>", "<a>", "fg:Filing", "rdf:type", ":", "a:b", "''",
    "'渝'", '"a"@zh', '"1"^^xsd:integer', "1", "-2.5", "1e400", "99999999999999999999999", ".5",
    '"""x"y"""', "'''", '"\\u0053"', "true", "?渝", "政策:渝财社", "xsd:decimal", "<http://[::1>",
    '"9999999999999999999.9"^^xsd:decimal', '"-9999999999-01-01"^^xsd:date', "'x'^^xsd:dateTime",
)  # fmt: skip
_CALLS = (
    "STR", "LANG", "DATATYPE", "IRI", "ABS", "CEIL", "FLOOR", "ROUND", "STRLEN", "UCASE", "LCASE",
    "ENCODE_FOR_URI", "YEAR", "MONTH", "TZ", "TIMEZONE", "SECONDS", "MD5", "SHA512", "ISIRI",
    "ISBLANK", "ISNUMERIC", "xsd:integer", "xsd:double", "xsd:dateTime", "xsd:boolean", "BNODE",
)  # fmt: skip
_CALLS_OF_TWO = ("CONTAINS", "STRSTARTS", "STRBEFORE", "STRAFTER", "LANGMATCHES", "STRDT", "REGEX")
_INFIX = ("+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "&&", "||")
_DEEPEST = 5


def suite() -> tuple[str, ...]:
    """The W3C's queries, those that are wrong on purpose among them."""
    found = sorted(_SUITE.rglob("*.rq"))
    return tuple(path.read_text("utf-8", "surrogateescape") for path in found)


def texts(seed: int, *, grown_alone: bool = False) -> Iterator[tuple[str, str]]:
    """Kinds and texts without end, the same for the same seed.

    Args:
        seed: what chance begins with.
        grown_alone: leave out those that are hardly ever a query.
    """
    chance = random.Random(seed)
    known = suite()
    while True:
        kind = chance.choice(("grown", "spoilt", "spoilt") if grown_alone else _KINDS)
        if kind == "random":
            yield kind, _random(chance)
        elif kind == "words":
            pick = chance.choices((*_WORDS, *_ATOMS, *_SIGNS), k=chance.randint(1, 120))
            yield kind, chance.choice(("", " ")).join(pick)
        elif kind == "grown":
            yield kind, Grammar(chance).query()
        else:
            yield kind, _spoilt(chance, known)


_KINDS = ("random", "words", "grown", "spoilt", "spoilt")


def _random(chance: random.Random) -> str:
    alphabet = chance.choice((_SIGNS, _SIGNS + _ODD, None))
    size = chance.choice((3, 30, 300, 3000)) if chance.random() < 0.98 else 20_000
    if alphabet is None:
        return "".join(chr(chance.randrange(0x11_0000)) for _ in range(size // 4))
    return "".join(chance.choices(alphabet, k=size))


def _spoilt(chance: random.Random, known: tuple[str, ...]) -> str:
    """A query with one to four pieces taken out, doubled, exchanged, repeated or put in."""
    text = chance.choice(known)
    for _ in range(chance.randint(1, 4)):
        at, to = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        to = min(to, at + chance.choice((1, 5, 40)))
        piece = text[at:to]
        new = chance.choice(
            (
                "",
                piece * 2,
                piece * chance.randint(3, 60),
                chance.choice(_ODD),
                chance.choice(_SIGNS),
                f" {chance.choice(_WORDS)} ",
                f" {chance.choice(_ATOMS)} ",
                chance.choice(known)[at : at + 60],
            )
        )
        text = text[:at] + new + text[to:]
    return text


class Grammar:
    """Queries that mostly are SPARQL, of every form, not deep.

    Args:
        chance: decides.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def query(self) -> str:
        chance = self._chance
        group = self._group(0)
        form = chance.choice(
            ("SELECT *", "SELECT ?s", "SELECT DISTINCT ?o", "ASK", "CONSTRUCT", "D")
        )
        if form == "CONSTRUCT":
            text = f"CONSTRUCT {{ {self._triples()} }} WHERE {group}"
        elif form == "D":
            text = f"DESCRIBE {chance.choice(('?s', '<x:y>', '*'))} WHERE {group}"
        elif form == "SELECT ?s" and chance.random() < 0.4:
            return (
                f"SELECT ?s ({self._aggregate()} AS ?n) WHERE {group} GROUP BY ?s "
                f"HAVING ({self._expression(2)}) LIMIT 50"
            )
        else:
            text = f"{form} WHERE {group}"
        if chance.random() < 0.4:
            text += f" ORDER BY {chance.choice(('', 'DESC'))}({self._expression(2)})"
        return f"{text} LIMIT {chance.randint(0, 200)}" if "ASK" not in text else text

    def _aggregate(self) -> str:
        name = self._chance.choice(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
        return f"{name}({self._chance.choice(('', 'DISTINCT '))}{self._expression(1)})"

    def _triples(self) -> str:
        terms = ("?s", "?p", "?o", "?x", "<x:y>", "1", "'a'", "[]")
        verbs = ("?p", "a", "rdfs:label", "fg:filing", "<x:p>")
        return " . ".join(
            f"{self._chance.choice(terms)} {self._chance.choice(verbs)} {self._chance.choice(terms)}"
            for _ in range(self._chance.randint(1, 3))
        )

    def _path(self, depth: int) -> str:
        chance = self._chance
        if depth > 2 or chance.random() < 0.5:
            return chance.choice(("a", "rdfs:label", "fg:filing", "!a", "^a", "!(a|^fg:filing)"))
        one, other = self._path(depth + 1), self._path(depth + 1)
        return chance.choice(
            (
                f"({one})*",
                f"({one})+",
                f"({one})?",
                f"{one}/{other}",
                f"({one}|{other})",
                f"^({one})",
            )
        )

    def _group(self, depth: int) -> str:
        chance = self._chance
        parts = [self._triples()] if chance.random() < 0.8 else []
        for _ in range(chance.randint(0, 3)):
            if depth >= _DEEPEST:
                break
            inner = self._group(depth + 1)
            parts.append(
                chance.choice(
                    (
                        f"OPTIONAL {inner}",
                        f"MINUS {inner}",
                        f"{inner} UNION {inner}",
                        f"GRAPH ?g {inner}",
                        f"FILTER {chance.choice(('', 'NOT '))}EXISTS {inner}",
                        f"FILTER({self._expression(0)})",
                        f"BIND({self._expression(0)} AS ?v{chance.randrange(9)})",
                        f"VALUES ?x {{ {chance.choice(_ATOMS)} UNDEF }}",
                        f"?s {self._path(0)} ?o",
                        f"{{ SELECT ?s WHERE {inner} }}",
                    )
                )
            )
        return "{ " + " ".join(f"{part} ." if "?p" in part[:9] else part for part in parts) + " }"

    def _expression(self, depth: int) -> str:
        chance = self._chance
        if depth > 3 or chance.random() < 0.3:
            return chance.choice(("?s", "?o", "?x", *_ATOMS))
        one, other = self._expression(depth + 1), self._expression(depth + 1)
        return chance.choice(
            (
                f"{chance.choice(_CALLS)}({one})",
                f"{chance.choice(_CALLS_OF_TWO)}({one}, {other})",
                f"({one} {chance.choice(_INFIX)} {other})",
                f"IF({one}, {other}, {one})",
                f"COALESCE({one}, {other})",
                f"SUBSTR({one}, {other}, {chance.choice(('1', '-1', '1e9'))})",
                f"REPLACE({one}, {other}, '$1')",
                f"!{one}",
                f"-{one}",
                f"({one} IN ({other}, 1))",
            )
        )
