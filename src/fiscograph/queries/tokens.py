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


# A prefix's name and what looks like one: words, and texts of any script, with dots inside.
_RUN = rf"[{_BASE}](?:[{_INNER}]|\.+(?=[{_INNER}]))*+"
_PARTS = (
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*+)"
    r"|(?P<number>[0-9]*+\.?[0-9]++(?:[eE][+-]?[0-9]++)?|[0-9]++\.?)"
    r"|(?P<sign>\^\^|\|\||&&|!=|<=|>=|[{}()\[\].;,=<>!+\-*/|^?])"
    r"|(?P<other>.)"
)
_TOKEN = re.compile(
    r"(?P<skip>(?:[ \t\r\n]+|\#[^\r\n]*+)++)"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*+>)"
    rf"|(?P<variable>[?$][{_BASE}_0-9][{_INNER}]*+)"
    r"|(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)"
    rf"|(?P<name>_:{_LOCAL}*+|(?:{_RUN})?+:{_LOCAL}*+)"
    rf"|(?P<run>{_RUN})" + _PARTS,
    re.DOTALL,
)
_PART = re.compile(_PARTS.removeprefix("|"), re.DOTALL)
_LONG = {
    '"': re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*+"""', re.DOTALL),
    "'": re.compile(r"'''(?:[^'\\]|\\.|'(?!''))*+'''", re.DOTALL),
}
_SHORT = {
    '"': re.compile(r'"(?:[^"\\\r\n]|\\.)*+"', re.DOTALL),
    "'": re.compile(r"'(?:[^'\\\r\n]|\\.)*+'", re.DOTALL),
}
_OPEN = {quote: re.compile(one.pattern[:-1], re.DOTALL) for quote, one in _SHORT.items()}


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
    strings = _Strings(text)
    at, whole = 0, 0
    while at < len(text):
        # Within a run that no colon ends, nothing is a name: to look again would be quadratic.
        match = strings.at(at) or (_PART if at < whole else _TOKEN).match(text, at)
        if match is None:  # never: _TOKEN and _PART take any character
            return
        kind = match.lastgroup or "string"
        if kind == "run":
            whole = match.end()
            continue
        at = match.end()
        if kind != "skip":
            yield Token(kind=TokenKind(kind), text=match[0], start=match.start())


class _Strings:
    """The strings of a text. One that is not closed is looked for to the end of its line, a long one
    to the end of the text, and only once for each sort of quote: what begins after it, up to there,
    is not closed either, because a quote never stands between a backslash and what that escapes.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._open_long: set[str] = set()
        self._open_until = dict.fromkeys(_SHORT, 0)

    def at(self, start: int) -> re.Match[str] | None:
        """The string that begins here, None where none does or it is not closed."""
        quote = self._text[start]
        if quote not in _SHORT:
            return None
        if quote not in self._open_long and self._text.startswith(quote * 3, start):
            if (match := _LONG[quote].match(self._text, start)) is not None:
                return match
            self._open_long.add(quote)
        if start < self._open_until[quote]:
            return None
        if (match := _SHORT[quote].match(self._text, start)) is None:
            self._open_until[quote] = self._end(quote, start)
        return match

    def _end(self, quote: str, start: int) -> int:
        """Where a string that is not closed breaks off: an escaped line break does not end it."""
        open_end = _OPEN[quote].match(self._text, start)
        return start if open_end is None else open_end.end()


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character offset."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
