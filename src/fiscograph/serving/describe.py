"""What the release says about one thing: bounded, with the labels of what it points at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from fiscograph.queries import Limits, QueryEngine, Row, Term, load
from fiscograph.vocabulary import DCTERMS, FOAF, PREFIXES, RDF, RDFS, SKOS

MOST_OUTGOING = 1000
MOST_INCOMING = 200
PAGE_LIMITS = Limits(seconds=5.0, result_bytes=5_000_000)
_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of a thing by language tag, the empty tag for plain text."""

    by_language: Mapping[str, str]

    @property
    def zh(self) -> str:
        """The Chinese name, after a number or key where both are known; else any other name;
        empty where there is none.
        """
        known = self.by_language
        both = [known[language] for language in ("", "zh") if language in known]
        return " ".join(dict.fromkeys(both)) or next(iter(known.values()), "")

    @property
    def en(self) -> str:
        return self.by_language.get("en", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One triple that leads to or from another thing; ``names`` are that thing's names."""

    property: str
    value: Term
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """``outgoing`` are the triples with the thing as subject, ``incoming`` those with it as
    object; ``contents`` are the triples of a named graph, ``around`` those of what stands near the
    thing; ``cut`` says whether more of any exist than are given.
    """

    iri: str
    outgoing: tuple[Link, ...]
    incoming: tuple[Link, ...]
    contents: tuple[Triple, ...] = ()
    around: tuple[Triple, ...] = ()
    cut: bool

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(value.value for value in self.values(RDF.type) if isinstance(value, NamedNode))

    @property
    def names(self) -> Names:
        """The thing's own names, by the best property that has any."""
        for name in _NAMES:
            texts = [value for value in self.values(name) if isinstance(value, Literal)]
            if texts:
                return Names(by_language={text.language or "": text.value for text in texts})
        return Names(by_language={})

    def values(self, name: NamedNode) -> tuple[Term, ...]:
        """The values of one property, in order."""
        return tuple(link.value for link in self.outgoing if link.property == name.value)

    def text(self, name: NamedNode) -> str | None:
        """The first value of a property as text."""
        return next(
            (value.value for value in self.values(name) if isinstance(value, Literal | NamedNode)),
            None,
        )

    def triples(self) -> tuple[Triple, ...]:
        """The description as RDF: both directions, and the labels of what stands in them."""
        thing = NamedNode(self.iri)
        found: dict[Triple, None] = {}
        for link in self.outgoing:
            found[Triple(thing, NamedNode(link.property), link.value)] = None
        for link in self.incoming:
            if isinstance(link.value, NamedNode):
                found[Triple(link.value, NamedNode(link.property), thing)] = None
        # A label only stands in for the name that the release gives a thing under another property.
        told = {(triple.subject, triple.object) for triple in self.around}
        for link in (*self.outgoing, *self.incoming):
            if isinstance(link.value, NamedNode):
                labels = _labels(link.value, link.names)
                found.update((one, None) for one in labels if (one.subject, one.object) not in told)
        return tuple(dict.fromkeys((*found, *self.contents, *self.around)))


def _labels(thing: NamedNode, names: Names) -> Iterable[Triple]:
    for language, text in names.by_language.items():
        label = Literal(text, language=language) if language else Literal(text)
        yield Triple(thing, RDFS.label, label)


def describe(engine: QueryEngine, iri: str) -> Description | None:
    """The description of a thing or of a named graph; None where the release does not know it.

    Raises:
        ValueError: the text is no IRI.
        QueryError: the store cannot be asked.
    """
    thing = NamedNode(iri)
    outgoing = engine.select(load("description", thing=thing), PAGE_LIMITS)
    incoming = engine.select(load("mentions", thing=thing), PAGE_LIMITS)
    contents = () if outgoing or incoming else _contents(engine, thing)
    if not outgoing and not incoming and not contents:
        return None
    forth, forth_cut = _links(outgoing, "value", MOST_OUTGOING)
    back, back_cut = _links(incoming, "subject", MOST_INCOMING)
    return Description(
        iri=iri,
        outgoing=forth,
        incoming=back,
        contents=contents[:MOST_OUTGOING],
        cut=forth_cut or back_cut or len(contents) > MOST_OUTGOING,
    )


def _contents(engine: QueryEngine, graph: NamedNode) -> tuple[Triple, ...]:
    rows = engine.select(load("graph-contents", thing=graph), PAGE_LIMITS)
    return tuple(
        Triple(subject, property_, row["value"])
        for row in rows
        if isinstance(subject := row["subject"], NamedNode)
        and isinstance(property_ := row["property"], NamedNode)
    )


def _links(rows: Iterable[Row], other: str, most: int) -> tuple[tuple[Link, ...], bool]:
    """Rows that repeat a triple for each name of its other end become one link each."""
    names: dict[tuple[str, Term], dict[str, str]] = {}
    for row in rows:
        key = (_value(row["property"]), row[other])
        known = names.setdefault(key, {})
        label = row.get("label")
        if isinstance(label, Literal):
            language = label.language or ""
            known[language] = min(known.get(language, label.value), label.value)
    links = [
        Link(property=name, value=value, names=Names(by_language=known))
        for (name, value), known in names.items()
    ]
    links.sort(key=_order)
    return tuple(links[:most]), len(links) > most


def _order(link: Link) -> tuple[bool, str, str]:
    return (link.property != RDF.type.value, link.property, str(link.value))


def _value(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def prefixes() -> dict[str, str]:
    """The prefixes of every RDF answer."""
    return dict(PREFIXES)
