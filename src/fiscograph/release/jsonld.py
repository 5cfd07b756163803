"""JSON-LD compacted by our own context, which each file carries inside.

A flat list of node objects, one a line, sorted by ``@id``: easy to stream, to join and to diff.
Numbers stay strings, since JSON's are floats; only ``xsd:integer`` and ``xsd:boolean`` in their
canonical form become JSON's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from fiscograph.release.context import Context, Term
from fiscograph.release.graphs import RDF_TYPE, Graph, Resource, Value

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"{_XSD}string"
_INTEGER = re.compile(r"0|-?[1-9]\d{0,14}", re.ASCII)
_LOCAL = re.compile(r"[^\s/?#\[\]@:]+")
Json = str | int | bool | Mapping[str, "Json"] | Sequence["Json"]


def dumps(value: Json | Mapping[str, object]) -> str:
    """JSON on one line; Chinese stays Chinese."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes node objects for IRIs below ``base``."""

    context: Context
    base: str
    _compacted: dict[str, str] = field(default_factory=dict)

    def opening(self) -> str:
        """The start of a file, up to and with the bracket that opens the list of nodes."""
        inside = {"@base": self.base, **self.context.document}
        return f'{{"@context":{dumps(inside)},\n"{self.context.alias("@graph")}":[\n'

    def nodes(self, graph: Graph) -> Iterator[str]:
        """One line of JSON for each subject, in the graph's order."""
        for subject, triples in groupby(graph.triples, key=lambda triple: triple[0]):
            node: dict[str, Json] = {self.context.alias("@id"): self.relative(subject.value)}
            properties: dict[str, Json] = {}
            for predicate, same in groupby(triples, key=lambda triple: triple[1]):
                values = [triple[2] for triple in same]
                if predicate == RDF_TYPE and all(isinstance(one, NamedNode) for one in values):
                    types = [self.vocabulary(one.value) for one in values]
                    node[self.context.alias("@type")] = types[0] if len(types) == 1 else types
                else:
                    self._add(properties, predicate, values)
            node.update(sorted(properties.items()))
            yield dumps(node)

    def relative(self, iri: str) -> str:
        """An IRI as the value of ``@id``: relative to the base, else prefixed, else whole."""
        if iri.startswith(self.base):
            local = iri[len(self.base) :]
            if local and ":" not in local and not local.startswith(("/", "?", "#", ".", "@")):
                return local
        return self._prefixed(iri)

    def vocabulary(self, iri: str) -> str:
        """An IRI as a key, a type or the value of a ``@vocab`` term."""
        for term in self.context.terms.get(iri, ()):
            if term.type is None and term.language is None and not term.by_language:
                return term.name
        return self._prefixed(iri)

    def _prefixed(self, iri: str) -> str:
        known = self._compacted.get(iri)
        if known is None:
            known = self._compacted[iri] = self._compact(iri)
        return known

    def _untyped_key(self, iri: str) -> str:
        """A key that says nothing of its values: a prefixed name may itself be a typed term."""
        short = self._prefixed(iri)
        return iri if short in self.context.document else short

    def _compact(self, iri: str) -> str:
        fitting = [
            (-len(start), f"{name}:{iri[len(start) :]}")
            for name, start in self.context.prefixes.items()
            if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :])
        ]
        return min(fitting)[1] if fitting else iri

    def _add(
        self, properties: dict[str, Json], predicate: NamedNode, values: Sequence[Value]
    ) -> None:
        """Put the values under the terms that fit them, each value under exactly one."""
        under: dict[str, list[Json]] = {}
        terms: dict[str, Term | None] = {}
        for value in values:
            term = self._term_for(predicate, value)
            name = term.name if term else self._untyped_key(predicate.value)
            terms[name] = term
            under.setdefault(name, []).append(self._value(term, value))
        for name, written in under.items():
            term = terms[name]
            if term and term.by_language:
                properties[name] = _language_map(written)
            else:
                alone = len(written) == 1 and not (term and term.is_set)
                properties[name] = written[0] if alone else written

    def _term_for(self, predicate: NamedNode, value: Value) -> Term | None:
        candidates = self.context.terms.get(predicate.value, ())
        best = [term for term in candidates if _fits(term, value)]
        plain = [
            term
            for term in candidates
            if term.type is None and term.language is None and not term.by_language
        ]
        return next(iter(best or plain), None)

    def _value(self, term: Term | None, value: Value) -> Json:
        if isinstance(value, NamedNode):
            return self._reference(term, value)
        if term and _fits(term, value):
            if term.by_language:
                return {str(value.language): value.value}
            return value.value if term.language else _lexical(value)
        return self._literal(value)

    def _reference(self, term: Term | None, value: Resource) -> Json:
        if term and term.type == "@id":
            return self.relative(value.value)
        if term and term.type == "@vocab":
            return self.vocabulary(value.value)
        return {self.context.alias("@id"): self.relative(value.value)}

    def _literal(self, value: Literal) -> Json:
        text = self.context.alias("@value")
        if value.language:
            return {text: value.value, self.context.alias("@language"): value.language}
        if value.datatype.value == _STRING:
            plain = "@language" not in self.context.document
            return value.value if plain else {text: value.value}
        kind = self._prefixed(value.datatype.value)
        return {text: _lexical(value), self.context.alias("@type"): kind}


def _fits(term: Term, value: Value) -> bool:
    """Whether the term alone says what kind of value it is, so that nothing is left to say."""
    if isinstance(value, NamedNode):
        return term.type in {"@id", "@vocab"}
    if value.language:
        return term.by_language or term.language == value.language
    return term.type == value.datatype.value


def _lexical(value: Literal) -> str | int | bool:
    """JSON's own integer or boolean, where JSON-LD turns it back into the same lexical form."""
    kind, text = value.datatype.value, value.value
    if kind == f"{_XSD}boolean" and text in {"true", "false"}:
        return text == "true"
    if kind == f"{_XSD}integer" and _INTEGER.fullmatch(text):
        return int(text)
    return text


def _language_map(written: Sequence[Json]) -> Json:
    texts: dict[str, list[Json]] = {}
    for one in written:
        if isinstance(one, Mapping):
            for language, text in one.items():
                texts.setdefault(language, []).append(text)
    return {
        language: texts[language][0] if len(texts[language]) == 1 else texts[language]
        for language in sorted(texts)
    }
