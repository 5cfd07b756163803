"""Orders and notices of several bodies: 财政部 税务总局公告2021年第12号 is neither body's own series."""

from __future__ import annotations

from collections.abc import Mapping

from fiscograph.citations.codes import CUT, CodeBook, FoundCode
from fiscograph.citations.words import load_words

_STATE = "中华人民共和国"
_ORDERED = ("公告", "通告", "令")
_JOINED = "和与及"


def joint_code(before: str, own: FoundCode, what: str, book: CodeBook) -> FoundCode:
    """The code with the bodies that stand before it, in their order; ``own`` where there are none.

    The number is that of their common series: to give it to one of them alone would name another
    document. No other body gives an order with the State Council or the President.

    Args:
        before: the Chinese characters before the code, without marks and white space.
        own: the code of the body that stands last.
        what: 令, 公告 or 通告.
        book: the bodies that are known.
    """
    if own.code.removesuffix(what) in load_words().unique_bodies:
        return own
    names, length = bodies_at_end(before, book)
    names = [name for name in names if name + what != own.code]
    if not names:
        return own
    return FoundCode(
        code="".join(names) + own.code, length=own.length + length, score=min(own.score, CUT)
    )


def bodies_at_end(text: str, book: CodeBook) -> tuple[list[str], int]:
    """The known bodies that a text ends with, in their order, and how many characters they have.

    >>> from fiscograph.budget import Issuer
    >>> one = Issuer(code="财政部令", body="财政部", jurisdiction="000000", confidence="high")
    >>> bodies_at_end("根据财政部和", CodeBook(issuers={"财政部令": one}, signs={}))
    (['财政部'], 4)
    """
    known = _bodies(book)
    longest = max(map(len, known), default=0)
    names: list[str] = []
    end = len(text)
    while True:
        at = end - 1 if end and text[end - 1] in _JOINED else end
        length = next(
            (n for n in range(min(longest, at), 1, -1) if text[at - n : at] in known), None
        )
        if length is None:
            return names[::-1], len(text) - end
        names.append(known[text[at - length : at]])
        end = at - length
        if text[:end].endswith(_STATE):
            end -= len(_STATE)


def last_body(text: str, book: CodeBook) -> tuple[str, int] | None:
    """The known body that a text ends with, by its full name, and how many characters name it.

    >>> from fiscograph.budget import Issuer
    >>> one = Issuer(code="财政部令", body="财政部", jurisdiction="000000", confidence="high")
    >>> last_body("审计署财政部", CodeBook(issuers={"财政部令": one}, signs={}))
    ('财政部', 3)
    """
    known = _bodies(book)
    longest = min(max(map(len, known), default=0), len(text))
    length = next((n for n in range(longest, 1, -1) if text[-n:] in known), None)
    return None if length is None else (known[text[-length:]], length)


def _bodies(book: CodeBook) -> Mapping[str, str]:
    """The names of bodies that give orders or notices, and what each is called in full."""
    found: dict[str, str] = {}
    for code, issuer in book.issuers.items():
        for ending in _ORDERED:
            if code.endswith(ending):
                found[code.removesuffix(ending)] = issuer.canonical.removesuffix(ending)
    return found
