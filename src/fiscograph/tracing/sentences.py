"""The sentence of a printed text that a mention stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fiscograph.vocabulary import PREFIXES

_SPACE = re.compile(r"\s+")
# A sentence ends at one of these, or at a line's end.
_ENDS = "。；;！？!?\n"
_NAME = "名称"
_TITLE = PREFIXES["dcterms"] + "title"
# What the field's printed name holds, and the property that its text stands under. A name that
# holds none of them is looked for in all texts.
_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_NAME, (_TITLE, PREFIXES["dcterms"] + "alternative")),
    ("依据", (PREFIXES["fg"] + "basisText",)),
    ("概况", (PREFIXES["fg"] + "overview",)),
    ("目标", (PREFIXES["fg"] + "goals",)),
    ("进度", (PREFIXES["fg"] + "schedule",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedText:
    """A text of a project budget, under the IRI of its property."""

    property: str
    text: str


def sentence_of(mention: str, field: str, texts: Iterable[PrintedText]) -> str | None:
    """The sentence with the mention in the text of its field.

    A name that is printed in several ways is given in each of them, parted by `` | ``. None where no
    text holds the mention, or several do in different sentences and the field does not tell which:
    a quote of the wrong field would be no evidence.
    """
    texts = tuple(texts)
    word, named = next(((word, found) for word, found in _FIELDS if word in field), ("", ()))
    found = _sentences(mention, (one for one in texts if one.property in named))
    if word == _NAME and found:
        return " | ".join(found)
    found = found or _sentences(mention, texts)
    return found[0] if len(found) == 1 else None


def _sentences(mention: str, texts: Iterable[PrintedText]) -> list[str]:
    """The distinct sentences with the mention, in the order of the properties and texts."""
    ordered = sorted(texts, key=lambda one: (one.property != _TITLE, one.text))
    found = (_sentence(mention, one.text) for one in ordered)
    return list(dict.fromkeys(sentence for sentence in found if sentence is not None))


def _sentence(mention: str, text: str) -> str | None:
    """The sentence around the first place of the mention; white space does not count."""
    wanted = _SPACE.sub("", mention)
    if not wanted:
        return None
    kept = [at for at, char in enumerate(text) if not char.isspace()]
    at = "".join(text[index] for index in kept).find(wanted)
    if at < 0:
        return None
    start, end = kept[at], kept[at + len(wanted) - 1]
    while start > 0 and text[start - 1] not in _ENDS:
        start -= 1
    while end < len(text) - 1 and text[end] not in _ENDS:
        end += 1
    return text[start : end + 1].strip()
