"""Links within one filing: what a vague mention or a bare title means, where only one fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscograph.budget import (
    Citation,
    DocumentRelation,
    MentionKind,
    PolicyKey,
    RelationKind,
)
from fiscograph.citations import Mention, Tie, title_core
from fiscograph.provenance import Place

# How well one candidate fits: the less the text between says, the lower.
SAME_TITLE = Decimal("0.8")
SERIAL_IN_PROJECT, SERIAL_IN_FILING = Decimal("0.8"), Decimal("0.6")
SAID_BEFORE = Decimal("0.7")
STATED = Decimal("0.9")
_LEAST_TITLE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The citations of one text, beside the mentions they were made of."""

    citations: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    ties: tuple[Tie, ...]


def linked(
    reads: Sequence[Read],
) -> tuple[tuple[Citation, ...], tuple[DocumentRelation, ...]]:
    """All citations, those linked that mean exactly one document of the filing; and the relations.

    A title alone is linked where the same filing prints one number with that title. ``121号文`` is
    linked to the one document of that serial number that the same project, else the filing, cites;
    ``该文件`` and ``《办法》`` to the one document that the same text names before. Every such link
    scores below 1.
    """
    numbered = [c for read in reads for c in read.citations if c.kind is MentionKind.NUMBERED]
    by_core: dict[str, set[PolicyKey]] = {}
    for one in numbered:
        if one.title and one.policy and len(core := title_core(one.title)) >= _LEAST_TITLE:
            by_core.setdefault(core, set()).add(one.policy)
    citations: list[Citation] = []
    relations: list[DocumentRelation] = []
    for read in reads:
        own = _linked(read, numbered, by_core)
        citations.extend(own)
        relations.extend(_relations(read.ties, own))
    return tuple(citations), merged_relations(relations)


def _linked(
    read: Read, numbered: Sequence[Citation], by_core: dict[str, set[PolicyKey]]
) -> tuple[Citation, ...]:
    own: list[Citation] = []
    for citation, mention in zip(read.citations, read.mentions, strict=True):
        fits, score = citation.policy, citation.score
        if mention.kind is MentionKind.TITLED and mention.title:
            same = _only(by_core.get(title_core(mention.title), ()))
            fits, score = (same, min(score, SAME_TITLE)) if same else (fits, score)
        elif mention.kind is MentionKind.VAGUE:
            found, sure = _meant(citation, mention, own, numbered)
            fits, score = (found, sure) if found else (None, score)
        own.append(replace(citation, policy=fits, score=score))
    return tuple(own)


def _meant(
    citation: Citation, mention: Mention, before: Iterable[Citation], numbered: Sequence[Citation]
) -> tuple[PolicyKey | None, Decimal]:
    if mention.refers == "serial" and citation.serial is not None:
        fitting = fitting_serial(citation.serial, numbered)
        here = {key for key, project in fitting if project == citation.project}
        if len(here) == 1:
            return _only(here), SERIAL_IN_PROJECT
        return _only({key for key, _ in fitting}), SERIAL_IN_FILING
    if mention.refers in {"before", "title"}:
        word = mention.title or ""
        return _only({one.policy for one in before if one.policy and _ends(one, word)}), SAID_BEFORE
    return None, citation.score


def fitting_serial(serial: int, numbered: Iterable[Citation]) -> set[tuple[PolicyKey, str | None]]:
    """The documents of that serial number, each with the project that cites it."""
    return {
        (one.policy, one.project)
        for one in numbered
        if one.policy is not None and one.number is not None and one.number.serial == serial
    }


def _ends(one: Citation, word: str) -> bool:
    return (
        not word
        or (one.title or "").rstrip("》〉").endswith(word)
        or f"{word}》" in (one.title or "")
    )


def _only(keys: Iterable[PolicyKey]) -> PolicyKey | None:
    found = list(keys)
    return found[0] if len(found) == 1 else None


def _relations(ties: Iterable[Tie], citations: Sequence[Citation]) -> Iterable[DocumentRelation]:
    for tie in ties:
        one, other = citations[tie.subject], citations[tie.object]
        if one.policy is None or other.policy is None or one.policy == other.policy:
            continue
        yield DocumentRelation(
            kind=tie.kind,
            subject=one.policy,
            object=other.policy,
            score=min(STATED, one.score, other.score),
            places=tuple(sorted({one.place, other.place})),
        )


def merged_relations(relations: Iterable[DocumentRelation]) -> tuple[DocumentRelation, ...]:
    """Each relation once, with all places that say it and the best score of them, sorted."""
    scores: dict[tuple[RelationKind, PolicyKey, PolicyKey], Decimal] = {}
    places: dict[tuple[RelationKind, PolicyKey, PolicyKey], set[Place]] = {}
    for one in relations:
        key = (one.kind, one.subject, one.object)
        scores[key] = max(one.score, scores.get(key, one.score))
        places.setdefault(key, set()).update(one.places)
    ordered = sorted(scores, key=lambda key: (key[1].order, key[0].value, key[2].order))
    return tuple(
        DocumentRelation(
            kind=key[0],
            subject=key[1],
            object=key[2],
            score=scores[key],
            places=tuple(sorted(places[key])),
        )
        for key in ordered
    )
