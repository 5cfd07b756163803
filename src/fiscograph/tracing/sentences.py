"""The sentence of a printed text that a mention stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fiscograph.vocabulary import PREFIXES

_SPACE = re.compile(r"\s+")
# A sentence ends at one of these, or at a line's end.
_ENDS = "。；;！？!?\n"
# What the field's printed name holds, and the property that its text stands under. A name that
# holds none of them is looked for in all texts.
_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("项目名称", (PREFIXES["dcterms"] + "title", PREFIXES["dcterms"] + "alternative")),
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

    None where no text holds it, or several do in different sentences and the field does not tell
    which: a quote of the wrong field would be no evidence.
    """
    texts = tuple(texts)
    named = next((found for word, found in _FIELDS if word in field), ())
    own = [one for one in texts if one.property in named]
    found = _first(mention, own) if named else set()
    if not found:
        found = _first(mention, texts)
    return found.pop() if len(found) == 1 else None


def _first(mention: str, texts: Iterable[PrintedText]) -> set[str]:
    found = (_sentence(mention, one.text) for one in texts)
    return {sentence for sentence in found if sentence is not None}


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
