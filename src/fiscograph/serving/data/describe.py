"""What the release says about one thing: bounded, with the labels of what it points at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from fiscograph.queries import Limits, Lookup, Term
from fiscograph.vocabulary import DCTERMS, ELI, FG, FOAF, PREFIXES, RDF, RDFS, SKOS

MOST_OUTGOING = 1000
MOST_INCOMING = 200
PAGE_LIMITS = Limits(seconds=5.0, result_bytes=5_000_000)
_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name)
# What stands for the name of a thing that is pointed at.
_LABELS = (*_NAMES, ELI.id_local, FG.printedText)


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


def describe(lookup: Lookup, iri: str) -> Description | None:
    """The description of a thing or of a named graph; None where the release does not know it.

    Raises:
        ValueError: the text is no IRI.
    """
    thing = NamedNode(iri)
    outgoing = lookup.about(thing, MOST_OUTGOING + 1)
    incoming = lookup.leading_to(thing, MOST_INCOMING + 1)
    contents = () if outgoing or incoming else lookup.in_graph(thing, MOST_OUTGOING + 1)
    if not outgoing and not incoming and not contents:
        return None
    names: dict[Term, Names] = {}
    forth = [_link(lookup, names, one.predicate, one.object) for one in outgoing]
    back = [_link(lookup, names, one.predicate, one.subject) for one in incoming]
    return Description(
        iri=iri,
        outgoing=tuple(sorted(forth, key=_order)[:MOST_OUTGOING]),
        incoming=tuple(sorted(back, key=_order)[:MOST_INCOMING]),
        contents=tuple(contents[:MOST_OUTGOING]),
        cut=len(forth) > MOST_OUTGOING
        or len(back) > MOST_INCOMING
        or len(contents) > MOST_OUTGOING,
    )


def _link(lookup: Lookup, names: dict[Term, Names], property_: NamedNode, other: Term) -> Link:
    """One triple with the names of its other end, each thing's read once."""
    known = names.get(other)
    if known is None:
        known = names[other] = _names(lookup, other)
    return Link(property=property_.value, value=other, names=known)


def _names(lookup: Lookup, thing: Term) -> Names:
    known = lookup.labels(thing, _LABELS) if isinstance(thing, NamedNode) else {}
    return Names(by_language=known)


def _order(link: Link) -> tuple[bool, str, str]:
    return (link.property != RDF.type.value, link.property, str(link.value))


def prefixes() -> dict[str, str]:
    """The prefixes of every RDF answer."""
    return dict(PREFIXES)
