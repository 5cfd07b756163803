"""SPARQL text as tokens: enough of the grammar to know words from strings, comments and IRIs.

The terminals follow SPARQL 1.1 Query Language, section 19.8: ``[139] IRIREF``, ``[140]
PNAME_NS``, ``[143] VAR1``, ``[145] LANGTAG``, ``[156]–[159] STRING_LITERAL…``, ``[164]
PN_CHARS_BASE``. Every repetition is possessive, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_INNER}:]|{_ESCAPE}|\.+(?=[{_INNER}:%\\]))"


class TokenKind(Enum):
    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    LANGUAGE = "language"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"
    OTHER = "other"


_TOKEN = re.compile(
    r"(?P<skip>(?:[ \t\r\n]+|\#[^\r\n]*+)++)"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*+>)"
    r"|(?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r"|\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+')"
    rf"|(?P<variable>[?$][{_BASE}_0-9][{_INNER}]*+)"
    r"|(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)"
    rf"|(?P<name>(?:_:|(?:[{_BASE}](?:[{_INNER}]|\.+(?=[{_INNER}]))*+)?+:){_LOCAL}*+)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*+)"
    r"|(?P<number>[0-9]*+\.?[0-9]++(?:[eE][+-]?[0-9]++)?|[0-9]++\.?)"
    r"|(?P<sign>\^\^|\|\||&&|!=|<=|>=|[{}()\[\].;,=<>!+\-*/|^?])"
    r"|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token; ``start`` is its offset in the text, in characters from 0."""

    kind: TokenKind
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, white space and comments left out; every text has some reading.

    >>> [token.text for token in tokens("ASK { ?s <x:y> 'SERVICE' } # }")]
    ['ASK', '{', '?s', '<x:y>', "'SERVICE'", '}']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is not None and kind != "skip":
            yield Token(kind=TokenKind(kind), text=match[0], start=match.start())


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character offset."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
