"""The policy documents of a release and what they are to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import networkx as nx

from fiscograph.queries import QueryEngine
from fiscograph.tracing.asked import stream
from fiscograph.tracing.likeness import pairs
from fiscograph.tracing.number import Parts, folded, part_of, without_numbers
from fiscograph.tracing.relations import (
    FORWARDS,
    IMPLEMENTS,
    PROMULGATES,
    Possible,
    Relation,
    possible_of,
    relations_of,
)
from fiscograph.vocabulary import PREFIXES

_MARKS = re.compile(r"[《》〈〉<>“”\"'‘’「」『』（）()\[\]〔〕【】,，.。、;；:：·]")
_STATE = "中华人民共和国"
# How a title without its issuer begins: 重庆市财政局|关于….
_ABOUT = re.compile(r".{2,40}?(?=关于)")
_ELI, _FG = PREFIXES["eli"], PREFIXES["fg"]
_TITLE, _ALTERNATIVE = PREFIXES["dcterms"] + "title", PREFIXES["dcterms"] + "alternative"
# A document that hands another one on carries its money; one that merely rests on it does not.
CARRYING = frozenset({FORWARDS, PROMULGATES, IMPLEMENTS})
_MOST_CHAINS = 100
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A policy document. ``level`` is that of its issuer: central, province, prefecture or county;
    None where the release does not say it.
    """

    iri: str
    number: str | None
    title: str | None
    titles: tuple[str, ...]
    issuer: str | None
    issuer_code: str | None
    year: int | None
    serial: int | None
    level: str | None

    @property
    def label(self) -> str:
        """The number, else the title."""
        return self.number or (f"《{self.title}》" if self.title else self.iri)

    @property
    def part(self) -> int | None:
        """The sub-number of 155号之一."""
        return None if self.number is None else part_of(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``document`` forwards, promulgates, implements or is based on ``of`` (IRIs)."""

    document: str
    relation: str
    of: str


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property needs a __dict__
class Documents:
    """All documents by IRI, and a graph of their relations: from the one that says it to the other,
    edges with ``relation`` and ``said``, the relation with its mentions. ``possible`` are those that
    a document may be a misprint of.
    """

    by_iri: Mapping[str, Document]
    relations: nx.MultiDiGraph[str] = field(default_factory=nx.MultiDiGraph)
    possible: Mapping[str, tuple[Possible, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        by_iri: Mapping[str, Document],
        said: Iterable[Relation],
        possible: Mapping[str, tuple[Possible, ...]],
    ) -> Documents:
        """Documents with what is said of them."""
        relations: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for one in said:
            relations.add_edge(one.document, one.of, relation=one.relation, said=one)
        return cls(by_iri=by_iri, relations=relations, possible=possible)

    @classmethod
    def load(cls, engine: QueryEngine) -> Documents:
        """Read them from the store.

        Raises:
            QueryError: the store cannot be asked.
        """
        by_iri = _documents(stream(engine, "documents"))
        return cls.of(by_iri, relations_of(engine), possible_of(engine))

    @cached_property
    def by_number(self) -> Mapping[str, tuple[Document, ...]]:
        """By the number in its folded form, whatever its kind."""
        return _grouped(
            (folded(one.number), one) for one in self.by_iri.values() if one.number is not None
        )

    @cached_property
    def by_title(self) -> Mapping[str, tuple[Document, ...]]:
        """By the key of each title, and of each title without its issuer."""
        return _grouped(
            (key, one)
            for one in self.by_iri.values()
            for title in one.titles
            for key in title_keys(title)
        )

    @cached_property
    def by_parts(self) -> Mapping[Parts, tuple[Document, ...]]:
        """By each two of code, year and serial, and by each alone."""
        return _grouped(
            (Parts(code=code, year=year, serial=serial), one)
            for one in self.by_iri.values()
            for code in {one.issuer_code, None}
            for year in {one.year, None}
            for serial in {one.serial, None}
        )

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({code for one in self.by_iri.values() if (code := one.issuer_code)}))

    @cached_property
    def title_pairs(self) -> tuple[tuple[frozenset[str], str, Document], ...]:
        return tuple(
            (pairs(key), key, one)
            for one in self.by_iri.values()
            for title in one.titles
            for key in title_keys(title)[:1]
        )

    def carriers(self, document: str) -> Mapping[str, tuple[Step, ...]]:
        """The documents through which this one reaches projects, each with the steps from it to
        this one: those that forward, promulgate or implement it, or one that does.
        """
        found: dict[str, tuple[Step, ...]] = {document: ()}
        waiting = [document]
        while waiting:
            known = waiting.pop(0)
            if known not in self.relations:
                continue
            edges = self.relations.in_edges(known, data=True)
            for other, relation in sorted((other, data["relation"]) for other, _, data in edges):
                if relation in CARRYING and other not in found:
                    step = Step(document=other, relation=relation, of=known)
                    found[other] = (step, *found[known])
                    waiting.append(other)
        del found[document]
        return found

    def chains(self, document: str) -> tuple[tuple[Step, ...], ...]:
        """The ways from a document up to those that rest on nothing further, the longest last; a
        document that comes round to itself ends its way.
        """
        finished: list[tuple[Step, ...]] = []
        waiting: list[tuple[Step, ...]] = [()]
        while waiting and len(finished) < _MOST_CHAINS:
            way = waiting.pop(0)
            at = way[-1].of if way else document
            seen = {document, *(step.of for step in way)}
            steps = [step for step in self.steps_up(at) if step.of not in seen]
            waiting += [(*way, step) for step in steps]
            if way and not steps:
                finished.append(way)
        return tuple(finished)

    def steps_up(self, document: str) -> tuple[Step, ...]:
        """What a document itself forwards, promulgates, implements or is based on."""
        if document not in self.relations:
            return ()
        edges = self.relations.out_edges(document, data=True)
        return tuple(
            sorted(
                {
                    Step(document=document, relation=data["relation"], of=to)
                    for _, to, data in edges
                },
                key=lambda step: (step.relation, step.of),
            )
        )

    def told(self, ways: Iterable[Iterable[Step]]) -> tuple[Relation, ...]:
        """What is said of the steps of some ways, each once, in their order."""
        steps = dict.fromkeys(step for way in ways for step in way)
        return tuple(
            data["said"]
            for step in steps
            for data in self.relations.get_edge_data(step.document, step.of).values()
            if data["relation"] == step.relation
        )


def title_key(text: str) -> str:
    """A title without marks, white space and 中华人民共和国, so that its printings are one.

    >>> title_key("《中华人民共和国社会保险法》")
    '社会保险法'
    """
    return _MARKS.sub("", without_numbers(text)).removeprefix(_STATE)


def title_keys(title: str) -> tuple[str, ...]:
    """The key of a title as printed, and that of the title without its issuer.

    >>> title_keys("重庆市财政局关于提前下达预算的通知")[1]
    '关于提前下达预算的通知'
    """
    whole = _MARKS.sub("", folded(title)).removeprefix(_STATE)
    issuer = _ABOUT.match(whole)
    return (whole,) if issuer is None else (whole, whole[issuer.end() :])


def _grouped(
    keyed: Iterable[tuple[_Key | None, Document]],
) -> Mapping[_Key, tuple[Document, ...]]:
    found: dict[_Key, dict[Document, None]] = {}
    for key, document in keyed:
        if key is not None:
            found.setdefault(key, {})[document] = None
    return {key: tuple(documents) for key, documents in found.items()}


def _documents(rows: Iterable[tuple[str, ...]]) -> Mapping[str, Document]:
    """The documents from rows of document, property and value."""
    said: dict[str, dict[str, set[str]]] = {}
    for policy, name, value in rows:
        said.setdefault(policy, {}).setdefault(name, set()).add(value)
    return {policy: _document(policy, said[policy]) for policy in sorted(said)}


def _document(policy: str, said: Mapping[str, set[str]]) -> Document:
    def first(name: str) -> str | None:
        return min(said.get(name, ()), default=None)

    title = first(_TITLE)
    others = sorted(said.get(_TITLE, set()) | said.get(_ALTERNATIVE, set()))
    return Document(
        iri=policy,
        number=first(_ELI + "id_local"),
        title=title,
        titles=tuple(dict.fromkeys(one for one in (title, *others) if one)),
        issuer=first(_ELI + "passed_by"),
        issuer_code=first(_FG + "issuerCode"),
        year=_integer(first(_FG + "issueYear")),
        serial=_integer(first(_ELI + "number")),
        level=first(_FG + "governmentLevel"),
    )


def _integer(text: str | None) -> int | None:
    return int(text) if text else None
