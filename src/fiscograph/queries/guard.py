"""What a query must look like before a worker is asked: the engine dies of deep or wide ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fiscograph.queries.errors import (
    QuerySyntax,
    QueryTooDeep,
    ServiceRefused,
    UpdateRefused,
)
from fiscograph.queries.query import QueryForm
from fiscograph.queries.tokens import Token, TokenKind, position, tokens

_OPEN = frozenset("{([")
_CLOSE = frozenset("})]")
_SEPARATORS = frozenset(".;,")
_PROLOGUE = frozenset({"PREFIX", "BASE", "VERSION"})
_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)
_CHANGING = ("RAND", "NOW", "UUID", "STRUUID")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CLAUSES = frozenset(
    {
        "SELECT", "CONSTRUCT", "WHERE", "UNION", "OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND",
        "VALUES", "EXISTS", "LATERAL", "GROUP", "ORDER", "HAVING", "FROM",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardLimits:
    """The most of each measure that is let through."""

    length: int = 16_384
    depth: int = 30
    tokens: int = 4_000
    separators: int = 150
    clauses: int = 200
    operators: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the guard has learnt.

    ``form`` is the query's; ``graphs`` are the graphs that it names itself, in FROM and FROM NAMED,
    where their IRIs can be told without its base; ``has_dataset`` whether it names any at all;
    ``steady`` whether it has the same answer each time it is asked of the same data.
    """

    form: QueryForm
    has_dataset: bool
    graphs: tuple[str, ...]
    steady: bool


def check(
    text: str, limits: GuardLimits | None = None, prefixes: Mapping[str, str] | None = None
) -> Checked:
    """Let a query through to a worker, or say why not; ``prefixes`` need no declaration.

    Raises:
        QueryTooDeep: the text is over one of the limits.
        QuerySyntax: no query form is found, or a character cannot be part of SPARQL.
        ServiceRefused: the query calls another endpoint.
        UpdateRefused: the text is an update.
    """
    limits = limits or GuardLimits()
    length = len(text.encode("utf-8", "surrogatepass"))
    if length > limits.length:
        raise QueryTooDeep("length in bytes", length, limits.length)
    _check_characters(text)
    read = []
    for token in tokens(text):
        read.append(token)
        if len(read) > limits.tokens:
            raise QueryTooDeep("number of tokens", len(read), limits.tokens)
    _check_words(text, read)
    _check_depth(read, limits)
    _check_counts(read, limits)
    return Checked(
        form=_form(read),
        has_dataset=any(_is_word(token, "FROM") for token in read),
        graphs=_graphs(read, prefixes or {}),
        steady=not any(_is_word(token, word) for token in read for word in _CHANGING),
    )


def _graphs(read: list[Token], known: Mapping[str, str]) -> tuple[str, ...]:
    """The IRIs after FROM and FROM NAMED, where they are whole or have a known prefix."""
    prefixes = dict(known)
    found = []
    for at, token in enumerate(read):
        following = read[at + 1 : at + 3]
        if _is_word(token, "PREFIX") and len(following) == 2:
            prefixes[following[0].text.removesuffix(":")] = following[1].text[1:-1]
        if _is_word(token, "FROM") and following:
            named = len(following) == 2 and _is_word(following[0], "NAMED")
            iri = _iri(following[1] if named else following[0], prefixes)
            found += [iri] if iri is not None and _ABSOLUTE.match(iri) else []
    return tuple(found)


def _iri(token: Token, prefixes: Mapping[str, str]) -> str | None:
    if token.kind is TokenKind.IRI:
        return token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    if token.kind is TokenKind.NAME and colon and "\\" not in local and prefix in prefixes:
        return prefixes[prefix] + local
    return None


def _check_characters(text: str) -> None:
    for offset, char in enumerate(text):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            line, column = position(text, offset)
            raise QuerySyntax(f"U+{ord(char):04X} is no text", line=line, column=column)


def _is_word(token: Token, word: str) -> bool:
    return token.kind is TokenKind.WORD and token.text.upper() == word


def _check_words(text: str, read: list[Token]) -> None:
    for token in read:
        if _is_word(token, "SERVICE"):
            raise ServiceRefused(*position(text, token.start))


def _form(read: list[Token]) -> QueryForm:
    for token in read:
        word = token.text.upper()
        if token.kind is not TokenKind.WORD or word in _PROLOGUE:
            continue
        if word in _UPDATES:
            raise UpdateRefused(word)
        if word in QueryForm.__members__:
            return QueryForm[word]
        break
    raise QuerySyntax("no query form; expected SELECT, ASK, CONSTRUCT or DESCRIBE")


def _check_depth(read: list[Token], limits: GuardLimits) -> None:
    depth = 0
    for token in read:
        if token.kind is not TokenKind.SIGN:
            continue
        if token.text in _OPEN:
            depth += 1
        elif token.text in _CLOSE:
            depth -= 1
        if depth > limits.depth:
            raise QueryTooDeep("nesting depth", depth, limits.depth)


def _check_counts(read: list[Token], limits: GuardLimits) -> None:
    counts: Counter[str] = Counter()
    for token in read:
        if token.kind is TokenKind.WORD and token.text.upper() in _CLAUSES:
            counts["clauses"] += 1
        elif token.kind is TokenKind.SIGN and token.text in _SEPARATORS:
            counts["separators"] += 1
        elif token.kind is TokenKind.SIGN and token.text not in _OPEN | _CLOSE:
            counts["operators"] += 1
    for what, limit in (
        ("clauses", limits.clauses),
        ("separators", limits.separators),
        ("operators", limits.operators),
    ):
        if counts[what] > limit:
            raise QueryTooDeep(f"number of {what}", counts[what], limit)
