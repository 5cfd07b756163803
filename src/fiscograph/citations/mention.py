"""What a mention of a document is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import DocumentNumber, MentionKind, RelationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mention within a text: ``start`` and ``end`` from 0, end exclusive; ``title`` without 《》.

    ``number_span`` is where its number stands, ``serial`` the bare number of 121号文, ``refers``
    where the document of a vague mention is looked for: ``serial``, ``before``, ``title`` or
    nowhere; ``narrative`` says whether it counts in the prose of a filing.
    """

    start: int
    end: int
    kind: MentionKind
    number: DocumentNumber | None = None
    title: str | None = None
    score: Decimal
    number_span: tuple[int, int] | None = None
    serial: int | None = None
    refers: str = ""
    narrative: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What a sentence says of two of its mentions, which are given by their place in the list."""

    kind: RelationKind
    subject: int
    object: int
