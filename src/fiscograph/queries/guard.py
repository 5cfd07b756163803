"""What a query must look like before a worker is asked: the engine dies of deep or wide ones."""

from __future__ import annotations

from collections import Counter
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
    """What the guard has learnt: the form of the query, and whether it names its own dataset."""

    form: QueryForm
    has_dataset: bool


def check(text: str, limits: GuardLimits | None = None) -> Checked:
    """Let a query through to a worker, or say why not.

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
    return Checked(form=_form(read), has_dataset=any(_is_word(token, "FROM") for token in read))


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
