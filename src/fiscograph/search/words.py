"""Texts as they are searched: folded, cut into terms, and into the tokens of the index.

Chinese is written without spaces, so each two neighbouring characters are a token (a bigram), and
the last character of a run is one by itself: every character then begins a token, and a single one
is found as the beginning of a token. Words and numbers of other scripts are tokens as a whole.
``web/src/words.ts`` does the same, letter for letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MOST_TYPED = 200
MOST_TERMS = 16
_LONGEST_WORD = 64
# From here on the scripts are written without spaces (CJK radicals and all that follows).
WIDE = "\u2e80"
_SPACE, _MARK, _COMMA, _POINT, _NOTHING = " ", "|", ",", ".", ""
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text without width, case and punctuation; ``places`` says for each character of ``text``
    where it stands in the original.
    """

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """``prefix`` asks for all tokens that begin so."""

    text: str
    prefix: bool = False


@lru_cache(maxsize=65_536)
def _folded(char: str) -> str:
    """A character in compatibility form and lower case; a mark for what parts words."""
    if char in {_COMMA, _POINT}:
        return char
    made = []
    for one in unicodedata.normalize("NFKC", char).lower():
        category = unicodedata.category(one)
        if category[0] in "LN":
            made.append(one)
        elif category[0] == "Z" or one in "\t\n\r\f\v":
            made.append(_SPACE)
        elif category[0] != "M" and category != "Cf":
            made.append(_MARK)
    return _NOTHING.join(made)


def fold(text: str) -> Folded:
    """Fold a text: compatibility forms (NFKC) in lower case, one space for what parts words.

    White space between two Chinese characters goes (合　计), so do the separators of thousands.

    >>> fold("合 计： ２,496.15 万元").text
    '合计 2496.15 万元'
    >>> fold("渝财社﹝2022﹞155 号").text
    '渝财社 2022 155 号'
    """
    chars: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for one in _folded(char):
            chars.append(one)
            places.append(at)
    return _parted(chars, places)


def _parted(chars: list[str], places: list[int]) -> Folded:
    out: list[str] = []
    kept: list[int] = []
    gap = ""  # what stands since the last kept character: nothing, space, or a mark
    gap_at = 0
    for index, char in enumerate(chars):
        if char in {_COMMA, _POINT} and _within_number(chars, index):
            if char == _COMMA:
                continue
        elif char in {_COMMA, _POINT, _MARK, _SPACE}:
            gap_at = gap_at if gap else places[index]
            gap = _MARK if gap == _MARK or char != _SPACE else _SPACE
            continue
        if gap:
            if out and (gap == _MARK or out[-1] < WIDE or char < WIDE):
                out.append(_SPACE)
                kept.append(gap_at)
            gap = ""
        out.append(char)
        kept.append(places[index])
    return Folded(text="".join(out), places=tuple(kept))


def _within_number(chars: list[str], at: int) -> bool:
    """Whether a comma or a point stands between digits; a comma parts three."""
    if at == 0 or at + 1 >= len(chars):
        return False
    if chars[at - 1] not in _DIGITS or chars[at + 1] not in _DIGITS:
        return False
    if chars[at] == _POINT:
        return True
    after = chars[at + 1 : at + 5]
    three = len(after) >= 3 and all(one in _DIGITS for one in after[:3])
    return three and not (len(after) == 4 and after[3] in _DIGITS)


def folded_text(text: str) -> str:
    """The folded text alone."""
    return fold(text).text


def key(text: str) -> str:
    """The text by which names and codes are compared.

    >>> key("渝财社[2022]155") == key("渝财社 ２０２２（１５５）")
    True
    """
    return fold(text).text.replace(_SPACE, "")


def terms(text: str) -> tuple[str, ...]:
    """The words of a typed text, each once, at most 16.

    >>> terms("《就业补助》 资金　管理* OR")
    ('就业补助', '资金', '管理', 'or')
    """
    words = (term for word in text[:MOST_TYPED].split() for term in fold(word).text.split())
    return tuple(dict.fromkeys(words))[:MOST_TERMS]


_RUN = re.compile(rf"[{WIDE}-\U0010ffff]+|[^ {WIDE}-\U0010ffff]+")


def index_tokens(folded: str) -> list[str]:
    """The tokens under which a folded text is found, in its order, repeated where they are.

    >>> index_tokens("就业补助 2022年")
    ['就业', '业补', '补助', '助', '2022', '年']
    """
    found: list[str] = []
    for run in _RUN.findall(folded):
        if run[0] >= WIDE:
            found.extend(run[at : at + 2] for at in range(len(run)))
        else:
            found.append(run[:_LONGEST_WORD])
    return found


def asked_tokens(term: str) -> list[Token]:
    """The tokens that a text with the term has; the last word may be the beginning of one.

    >>> [one.text for one in asked_tokens("就业补助")]
    ['就业', '业补', '补助']
    >>> asked_tokens("2022")[0].prefix, asked_tokens("水")[0].prefix
    (True, True)
    """
    found: list[Token] = []
    runs = _RUN.findall(term)
    for number, run in enumerate(runs, start=1):
        if run[0] < WIDE:
            open_end = number == len(runs) and len(run) > 1
            found.append(Token(text=run[:_LONGEST_WORD], prefix=open_end))
        elif len(run) == 1:
            found.append(Token(text=run, prefix=True))
        else:
            found.extend(Token(text=run[at : at + 2]) for at in range(len(run) - 1))
    return found
