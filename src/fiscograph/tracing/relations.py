"""What filings say of two documents: that one hands the other on, rests on it, or may be it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fiscograph.queries import QueryEngine
from fiscograph.tracing.asked import Row, required, stream, text
from fiscograph.tracing.mention import Mention, mention_of, place_of
from fiscograph.tracing.sentences import PrintedText
from fiscograph.vocabulary import PREFIXES

FORWARDS = "forwards"
PROMULGATES = "promulgates"
IMPLEMENTS = "implements"
BASED_ON = "based-on"
_WORDS = {
    PREFIXES["fg"] + "forwards": FORWARDS,
    PREFIXES["fg"] + "promulgates": PROMULGATES,
    PREFIXES["eli"] + "ensures_implementation_of": IMPLEMENTS,
    PREFIXES["eli"] + "based_on": BASED_ON,
}
_MENTION = ("citation", "policy", "field", "text", "source", "file", "line", "kind", "score")
_SAID = ("document", "relation", "of", "sure", *_MENTION)
_TEXT = ("citation", "property", "text")
_MAYBE = ("document", "other", "number", "rule", "score", "zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """``document`` forwards, promulgates, implements or is based on ``of`` (IRIs), as the mentions
    ``via`` say. ``score`` says how sure it is (fg:matchScore), None where the release does not.
    """

    document: str
    relation: str
    of: str
    score: float | None = None
    via: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A document that another one may be a misprint of; the two are never merged.

    ``document`` is its IRI where the release cites it too, ``number`` its normalized number,
    ``rule`` the reason's key, ``score`` below 1.
    """

    document: str | None
    number: str | None
    rule: str
    score: float
    why_zh: str
    why_en: str


def relations_of(engine: QueryEngine) -> Iterator[Relation]:
    """The relations between the documents of a release, with the mentions that say them.

    Raises:
        QueryError: the store cannot be asked.
    """
    said: dict[tuple[str, str, str], tuple[float, set[Mention]]] = {}
    texts: dict[str, list[PrintedText]] = {}
    for row in _rows(engine, "document-relation-texts", _TEXT):
        one = PrintedText(property=required(row, "property"), text=required(row, "text"))
        texts.setdefault(required(row, "citation"), []).append(one)
    for row in _rows(engine, "document-relation-mentions", _SAID):
        key = (required(row, "document"), required(row, "relation"), required(row, "of"))
        sure, via = said.setdefault(key, (float(required(row, "sure")), set()))
        via.add(mention_of(row, texts.get(required(row, "citation"), ())))
        said[key] = max(sure, float(required(row, "sure"))), via
    for document, relation, of in stream(engine, "document-relations"):
        score, found = said.get((document, relation, of), (None, set()))
        yield Relation(
            document=document,
            relation=_WORDS[relation],
            of=of,
            score=score,
            via=tuple(sorted(found, key=place_of)),
        )


def possible_of(engine: QueryEngine) -> Mapping[str, tuple[Possible, ...]]:
    """By document, those that it may be a misprint of, the surest first.

    Raises:
        QueryError: the store cannot be asked.
    """
    found: dict[str, set[Possible]] = {}
    for row in _rows(engine, "document-candidates", _MAYBE):
        one = Possible(
            document=text(row, "other"),
            number=text(row, "number"),
            rule=required(row, "rule"),
            score=float(required(row, "score")),
            why_zh=required(row, "zh"),
            why_en=required(row, "en"),
        )
        found.setdefault(required(row, "document"), set()).add(one)
    return {document: _surest_first(known) for document, known in found.items()}


def _surest_first(known: Iterable[Possible]) -> tuple[Possible, ...]:
    return tuple(sorted(known, key=lambda one: (-one.score, one.number or "", one.document or "")))


def _rows(engine: QueryEngine, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    for values in stream(engine, name):
        named = zip(columns, values, strict=True)
        yield {column: value for column, value in named if value}
