"""A mention of a document: where it is printed, and the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fiscograph.tracing.asked import Row, required, text, whole_number
from fiscograph.tracing.sentences import PrintedText, sentence_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One citation of ``document``: its field, the printed text and the sentence that it stands in,
    its source and the line. ``sentence`` is None where the field's text does not hold the mention.

    ``kind`` is ``numbered`` or ``titled`` where the mention prints the document's number or title,
    ``vague`` where it only hints at it (121号文) and the link is inferred. ``score`` in (0, 1] says
    how sure the link is: fg:matchScore.
    """

    citation: str
    document: str
    field: str
    text: str
    sentence: str | None
    source: str
    source_file: str | None
    line: int
    kind: str
    score: float


def mention_of(row: Row, texts: Iterable[PrintedText]) -> Mention:
    """The mention in a row of one of the queries for mentions.

    Args:
        row: with citation, policy, field, text, source, file, line, kind and score.
        texts: the printed texts of what cites.
    """
    return Mention(
        citation=required(row, "citation"),
        document=required(row, "policy"),
        field=required(row, "field"),
        text=required(row, "text"),
        sentence=sentence_of(required(row, "text"), required(row, "field"), texts),
        source=required(row, "source"),
        source_file=text(row, "file"),
        line=whole_number(row, "line") or 0,
        kind=required(row, "kind"),
        score=float(row.get("score", 1)),
    )


def place_of(mention: Mention) -> tuple[str, int, str]:
    """What mentions are sorted by: where they are printed."""
    return mention.source, mention.line, mention.citation
