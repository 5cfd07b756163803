"""Printed sentences as pages quote them."""

from __future__ import annotations

from dataclasses import dataclass

from fiscograph.tracing import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence as it is printed, cut at the mention in it."""

    before: str
    mention: str
    after: str


_MOST_AROUND = 160


def quoted(mention: Mention) -> Quote:
    """The printed sentence that makes an edge; of a very long one what stands around the mention.

    Where the field's text does not hold the mention, the mention alone.
    """
    sentence = mention.sentence or mention.text
    before, found, after = sentence.partition(mention.text)
    if not found:
        return Quote(before=_end(sentence), mention="", after="")
    return Quote(before=_end(before), mention=found, after=_start(after))


def _start(text: str) -> str:
    return text if len(text) <= _MOST_AROUND else f"{text[:_MOST_AROUND]}…"


def _end(text: str) -> str:
    return text if len(text) <= _MOST_AROUND else f"…{text[-_MOST_AROUND:]}"
