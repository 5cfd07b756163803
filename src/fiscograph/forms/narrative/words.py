"""The words of running text as ``data/prose.toml`` says them, ready to be matched."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseWords:
    """Patterns over folded text (see :func:`fold`); each matches one of its words, longest first."""

    measure: re.Pattern[str]
    letters: frozenset[str]
    money: frozenset[str]
    ranges: str
    bare_after: re.Pattern[str]
    change: re.Pattern[str]
    than: re.Pattern[str]
    object_first: re.Pattern[str]
    causes: re.Pattern[str]
    bounds: re.Pattern[str]
    basis: re.Pattern[str]
    base: re.Pattern[str]
    share: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    fillers: frozenset[str]
    generic: frozenset[str]
    names: re.Pattern[str]
    after_year: re.Pattern[str]
    currency: re.Pattern[str]
    numbered: re.Pattern[str]


def fold(text: str) -> str:
    """Full-width letters, digits and signs as their plain forms; every character keeps its place.

    >>> fold("２０％（境）费：５")
    '20%(境)费:5'
    """
    return "".join(_FOLDED.get(char) or _folded(char) for char in text)


def _folded(char: str) -> str:
    if char.isascii():
        return char
    if char.isdecimal():
        return str(int(char))
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


# The comma of prose is no comma of a number: only a plain one joins digits.
_FOLDED = {"，": "，", "。": "。", "．": "．", "－": "-", "−": "-"}


def either(words: Iterable[str]) -> str:
    """A pattern for one of several words, the longest first."""
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


@cache
def load_prose() -> ProseWords:
    """The words that come with the package."""
    path = resources.files("fiscograph.forms") / "data" / "prose.toml"
    raw: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["prose"]
    money, per = either(raw["money"]), either(raw["per"])
    counters, multiples = either(raw["counters"]), either(raw["multiples"])
    earlier = either(raw["earlier"])
    return ProseWords(
        measure=re.compile(
            rf"\s*(?P<more>{either(raw['more'])})?\s*"
            rf"(?:(?P<money>{money}(?:/{per}|每{per})*)"
            rf"|(?P<wan>{multiples}(?:/{per})+)"
            rf"|(?P<percent>%|‰|个?百分点)"
            rf"|(?P<counter>{multiples}?\s*(?:{counters}))"
            rf"|(?P<multiple>{multiples}))"
        ),
        letters=frozenset(raw["letters"]),
        money=frozenset(raw["money"]),
        ranges=either(raw["ranges"]),
        bare_after=re.compile(rf"{either(raw['bare_after'])}\s*\Z"),
        change=re.compile(
            rf"(?P<subject>.*?)(?P<relation>(?:各|均|共)?(?:(?P<up>{either(raw['increase'])})"
            rf"|(?P<down>{either(raw['decrease'])}))(?:了|额|数|率|幅度?|约|近|达到?|为|至|共|[:：\s])*)\Z"
        ),
        than=re.compile(
            rf"(?P<subject>.*?)(?P<relation>(?:(?P<up>{either(raw['more_than'])})"
            rf"|(?P<down>{either(raw['less_than'])})){earlier}[^，,]*)\Z"
        ),
        object_first=re.compile(
            rf"\A\s*(?:各|均|共)?(?P<word>{either(raw['object_first'])})(?P<object>.+)\Z"
        ),
        causes=re.compile(rf".*{either(raw['causes'])}"),
        bounds=re.compile(rf"\A\s*(?:[(]含[)])?{either(raw['bounds'])}"),
        basis=re.compile(
            rf"\A{either(raw['basis'])}(?:.{{1,80}}?{either(raw['basis_end'])}(?:[,，]|(?=.))"
            r"|(?:以及|和|及)?[^，,]{2,12}[(〔\[]\d{4}[)〕\]]\s*\d+\s*号)"
        ),
        base=re.compile(
            rf"(?:{either(raw['compare'])}\s*(?:(?P<year>(?:19|20)\d\d)\s*年度?|{earlier})(?:相比)?"
            rf"|(?<=[大小高低多少]于){earlier})"
        ),
        share=re.compile(rf"{either(raw['share'])}(?P<whole>[^，,。;；]*)\Z"),
        leading=re.compile(rf"\A(?:[\s:：，,、;；”\"》)\]】)]|{either(raw['leading'])}(?=\S))+"),
        trailing=re.compile(rf"(?:[\s:：，,、“\"(\[【]|{either(raw['trailing'])})+\Z"),
        fillers=frozenset(map(fold, (*raw["leading"], *raw["trailing"]))),
        generic=frozenset(fold(word) for word in raw["generic"]),
        names=re.compile(rf"\s*{either((*raw['names'], *raw['places']))}"),
        currency=re.compile(
            rf"(?P<unit>{either(raw['currencies'])})(?P<number>\d[\d,]*(?:\.\d+)?)"
        ),
        after_year=re.compile(rf"\s*{either(raw['after_year'])}"),
        numbered=re.compile(rf"{either(raw['numbered'])}\s*[(:：]?\s*[\d\-、,.至和及]*\Z"),
    )
