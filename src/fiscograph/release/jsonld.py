"""JSON-LD compacted by our own context, which each file carries inside.

A list of node objects, one a line, sorted by ``@id``: easy to stream, to join and to diff. Only the
selectors that tell where a thing is printed stand inside it. IRIs stand whole. Numbers stay strings, since JSON's are floats; only ``xsd:integer`` and
``xsd:boolean`` in their canonical form become JSON's own (W3C, JSON-LD 1.1 API, section 8.6, "Data
Round Tripping").
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from fiscograph.release.context import Context, Term
from fiscograph.release.errors import ContextError
from fiscograph.release.graphs import RDF_TYPE, Graph, Value
from fiscograph.vocabulary import OA

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
    """Writes node objects under a context."""

    context: Context
    _compacted: dict[str, str] = field(default_factory=dict)
    _heads: list[str] = field(default_factory=list)

    def opening(self) -> str:
        """The start of a file, up to and with the bracket that opens the list of nodes."""
        return f'{self.head()}\n"{self.context.alias("@graph")}":[\n'

    def head(self) -> str:
        """The start of any document, up to and with the comma after what precedes the data."""
        if not self._heads:  # the same 20 kB for every document
            remarks = "".join(
                f"\n{dumps(name)}:{dumps(text)}," for name, text in self.context.remarks.items()
            )
            self._heads.append(f'{{"@context":{dumps(self.context.document)},{remarks}')
        return self._heads[0]

    def nodes(self, graph: Graph) -> Iterator[str]:
        """One line of JSON for each subject, in the graph's order; what only tells where a thing
        stands stands in that thing's own line.
        """
        told = {
            subject: [(triple[1], triple[2]) for triple in triples]
            for subject, triples in groupby(graph.triples, key=lambda triple: triple[0])
        }
        within = _selectors(graph, told.keys())

        def refer(predicate: NamedNode, value: NamedNode) -> Json | None:
            inside = predicate == OA.hasSelector and value in within
            return self.node(value, told[value]) if inside else None

        for subject, properties in told.items():
            if subject not in within:
                yield dumps(self.node(subject, properties, refer))

    def node(
        self,
        subject: NamedNode,
        properties: Iterable[tuple[NamedNode, Value]],
        refer: Callable[[NamedNode, NamedNode], Json | None] | None = None,
    ) -> dict[str, Json]:
        """One node object: its id, its types, then its properties by their keys.

        Args:
            subject: the thing.
            properties: what is said of it, each property's values together.
            refer: gives for a property and its value what stands for the value; without it, or
                where it gives None, only the value's IRI does.

        Raises:
            ContextError: an IRI cannot be written under this context.
        """
        node: dict[str, Json] = {self.context.alias("@id"): self.absolute(subject.value)}
        under: dict[str, Json] = {}
        for predicate, same in groupby(properties, key=lambda one: one[0]):
            values = [value for _, value in same]
            types = [one for one in values if isinstance(one, NamedNode)]
            if predicate == RDF_TYPE and len(types) == len(values):
                names = [self.vocabulary(one.value) for one in types]
                node[self.context.alias("@type")] = names[0] if len(names) == 1 else names
            else:
                self._add(under, predicate, values, refer)
        node.update(sorted(under.items()))
        return node

    def absolute(self, iri: str) -> str:
        """An IRI as the value of ``@id``: whole.

        Raises:
            ContextError: its scheme is a prefix of the context, so that a reader would take it for
                a prefixed name (W3C, JSON-LD 1.1 API, section 5.2, "IRI Expansion").
        """
        scheme, _, rest = iri.partition(":")
        if scheme in self.context.document and not rest.startswith("//"):
            raise ContextError(scheme, f"is the scheme of {iri}")
        return iri

    def vocabulary(self, iri: str) -> str:
        """An IRI as a key, a type or the value of a ``@vocab`` term."""
        for term in self.context.terms.get(iri, ()):
            if term.type is None and term.language is None and not term.by_language:
                return term.name
        return self._prefixed(iri)

    def backward(self, predicate: NamedNode) -> str | None:
        """The key that leads from a property's value back to its subjects, if there is one."""
        return self.context.reverse.get(predicate.value)

    def _prefixed(self, iri: str) -> str:
        known = self._compacted.get(iri)
        if known is None:
            known = self._compacted[iri] = self._compact(iri)
        return known

    def untyped_key(self, iri: str) -> str:
        """A key that says nothing of its values: a prefixed name may itself be a typed term."""
        short = self._prefixed(iri)
        return iri if short in self.context.document else short

    def _compact(self, iri: str) -> str:
        fitting = [
            (-len(start), f"{name}:{iri[len(start) :]}")
            for name, start in self.context.prefixes.items()
            if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :])
        ]
        return min(fitting)[1] if fitting else self.absolute(iri)

    def _add(
        self,
        properties: dict[str, Json],
        predicate: NamedNode,
        values: Sequence[Value],
        refer: Callable[[NamedNode, NamedNode], Json | None] | None,
    ) -> None:
        """Put the values under the terms that fit them, each value under exactly one."""
        under: dict[str, list[Json]] = {}
        terms: dict[str, Term | None] = {}
        for value in values:
            term = self._term_for(predicate, value)
            name = term.name if term else self.untyped_key(predicate.value)
            terms[name] = term
            whole = refer(predicate, value) if refer and isinstance(value, NamedNode) else None
            written = self._value(term, value) if whole is None else whole
            under.setdefault(name, []).append(written)
        for name, several in under.items():
            term = terms[name]
            if term and term.by_language:
                properties[name] = _language_map(several, lists=term.is_set)
            else:
                alone = len(several) == 1 and not (term and term.is_set)
                properties[name] = several[0] if alone else several

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

    def _reference(self, term: Term | None, value: NamedNode) -> Json:
        if term and term.type == "@id":
            return self.absolute(value.value)
        if term and term.type == "@vocab":
            return self.vocabulary(value.value)
        return {self.context.alias("@id"): self.absolute(value.value)}

    def _literal(self, value: Literal) -> Json:
        text = self.context.alias("@value")
        if value.language:
            return {text: value.value, self.context.alias("@language"): value.language}
        if value.datatype.value == _STRING:
            plain = "@language" not in self.context.document
            return value.value if plain else {text: value.value}
        kind = self._prefixed(value.datatype.value)
        return {text: _lexical(value), self.context.alias("@type"): kind}


def _selectors(graph: Graph, told: AbstractSet[NamedNode]) -> frozenset[NamedNode]:
    """The selectors that the graph describes, each of which only one thing has."""
    of = Counter(
        value for _, _, value in graph.triples if isinstance(value, NamedNode) and value in told
    )
    return frozenset(
        value
        for subject, predicate, value in graph.triples
        if predicate == OA.hasSelector
        and isinstance(value, NamedNode)
        and of[value] == 1
        and value != subject
    )


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


def _language_map(written: Sequence[Json], *, lists: bool) -> Json:
    texts: dict[str, list[Json]] = {}
    for one in written:
        if isinstance(one, Mapping):
            for language, text in one.items():
                texts.setdefault(language, []).append(text)
    return {
        language: texts[language][0] if len(texts[language]) == 1 and not lists else texts[language]
        for language in sorted(texts)
    }
