"""Printed sentences as pages quote them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fiscograph.tracing import VAGUE, Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence as it is printed, cut at the mention in it, with all places that print it;
    ``score`` and ``inferred`` say how sure the link is that it makes.
    """

    before: str
    mention: str
    after: str
    mentions: tuple[Mention, ...]

    @property
    def score(self) -> float:
        return max(one.score for one in self.mentions)

    @property
    def inferred(self) -> bool:
        return all(one.kind == VAGUE for one in self.mentions)


_MOST_AROUND = 160


def quoted(mentions: Iterable[Mention]) -> tuple[Quote, ...]:
    """The printed sentences that make an edge, each once, in the order of their first places; of a
    very long one what stands around the mention.

    Where the field's text does not hold the mention, the mention alone.
    """
    same: dict[tuple[str, str], list[Mention]] = {}
    for one in mentions:
        same.setdefault((one.sentence or one.text, one.text), []).append(one)
    return tuple(_quote(sentence, text, found) for (sentence, text), found in same.items())


def _quote(sentence: str, text: str, mentions: list[Mention]) -> Quote:
    before, found, after = sentence.partition(text)
    if not found:
        return Quote(before=_end(sentence), mention="", after="", mentions=tuple(mentions))
    return Quote(before=_end(before), mention=found, after=_start(after), mentions=tuple(mentions))


def _start(text: str) -> str:
    return text if len(text) <= _MOST_AROUND else f"{text[:_MOST_AROUND]}…"


def _end(text: str) -> str:
    return text if len(text) <= _MOST_AROUND else f"…{text[-_MOST_AROUND:]}"
