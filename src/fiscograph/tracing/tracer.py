"""The one who answers: keeps what is read of a release once, and finds what a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import cast

import networkx as nx
from pyoxigraph import Literal, NamedNode

from fiscograph.queries import QueryEngine
from fiscograph.tracing import overview
from fiscograph.tracing.answers import (
    ALL_ROWS,
    Funding,
    OrganizationDocuments,
    Part,
    ProjectBasis,
    Ranking,
    Shares,
    Unfoundeds,
)
from fiscograph.tracing.asked import Row, ask, required, text
from fiscograph.tracing.documents import Document, Documents, title_key
from fiscograph.tracing.export import graph_of_all
from fiscograph.tracing.funding import basis, funding, of_organization
from fiscograph.tracing.index import IndexedAnswers, IndexFile, documents_of
from fiscograph.tracing.number import folded
from fiscograph.tracing.once import Once
from fiscograph.tracing.overview import Choices, Wanted
from fiscograph.tracing.resolver import Found, Resolution, resolve
from fiscograph.tracing.whole import Whole
from fiscograph.vocabulary import PREFIXES

DOCUMENT, PROJECT, ORGANIZATION = "document", "project", "organization"
_KINDS = {
    PREFIXES["fg"] + "PolicyDocument": DOCUMENT,
    PREFIXES["fg"] + "Project": PROJECT,
    PREFIXES["fg"] + "ProjectBudget": PROJECT,
    PREFIXES["org"] + "Organization": ORGANIZATION,
}
_SHORTEST_PIECE = 2
# Chinese characters alone: they mean themselves in a pattern.
_ABBREVIATION = re.compile(r"[\u3400-\u9fff]{3,20}")
_MOST_KEPT = 64
_MOST_FUNDINGS = 32
Answer = Funding | ProjectBasis | OrganizationDocuments


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A project or an organization that a text may name."""

    iri: str
    kind: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a text names: a document by ``resolution``, else ``thing``; else it fits ``things``
    and the candidates of ``resolution`` alike, or nothing.
    """

    typed: str
    resolution: Resolution
    thing: Thing | None = None
    things: tuple[Thing, ...] = ()

    @property
    def found(self) -> bool:
        return self.thing is not None or self.resolution.found is Found.EXACT


class Tracer:
    """Answers about one release. Thread-safe; the engine stays with whoever opened it.

    What documents there are is read at the first question and kept, for a release never changes.
    Funding and overviews come from the index where there is one. Without it a document's funding is
    asked of the store, and the first overview reads the whole graph into memory: the same answers,
    in more time.

    Args:
        engine: over the release's store.
        base: the base IRI of its instances, None where paths under it are not understood.
        index: the release's index (see :func:`fiscograph.tracing.index_of`); whoever gives it calls
            :meth:`close` in the end.

    Raises:
        IndexUnreadable: the file is no index.
    """

    def __init__(
        self, engine: QueryEngine, *, base: str | None = None, index: Path | None = None
    ) -> None:
        self._engine = engine
        self._base = base
        self._index = None if index is None else IndexFile.open(index)
        self._documents = Once(self._make_documents)
        self._whole = Once(lambda: Whole.load(engine, self.documents))
        self._choices = Once(self._make_choices)
        # What is asked for again is not made again: a release never changes.
        self._funding = lru_cache(maxsize=_MOST_FUNDINGS)(self._make_funding)
        self._overview = lru_cache(maxsize=_MOST_KEPT)(self._make_overview)

    def close(self) -> None:
        """Close the index."""
        if self._index is not None:
            self._index.close()

    @property
    def documents(self) -> Documents:
        """All policy documents.

        Raises:
            QueryError: the store cannot be asked.
        """
        return self._documents.get()

    @property
    def whole(self) -> Whole:
        """The graph of the whole release.

        Raises:
            QueryError: the store cannot be asked.
        """
        return self._whole.get()

    @property
    def choices(self) -> Choices:
        """What overviews can be narrowed by.

        Raises:
            QueryError: the store cannot be asked.
        """
        return self._choices.get()

    def resolve(self, typed: str) -> Resolution:
        """The document that a number or title names (see :func:`resolve`).

        Raises:
            QueryError: the store cannot be asked.
        """
        return resolve(self.documents, typed)

    def meant(self, typed: str, kind: str | None = None) -> Meant:
        """What a text names: a document's number or title; an IRI or its path; a project's code or
        name; an organization's name or code.

        Args:
            typed: the text.
            kind: ``document``, ``project`` or ``organization`` where only such a thing is meant.

        Raises:
            QueryError: the store cannot be asked.
        """
        typed = typed.strip()
        nothing = Resolution(typed=typed, found=Found.NONE, number=None)
        by_iri = self._by_iri(typed)
        if by_iri is not None and kind in {None, by_iri.kind}:
            known = self.documents.by_iri.get(by_iri.iri)
            if known is not None:
                return Meant(typed=typed, resolution=_is(typed, known))
            return Meant(typed=typed, resolution=nothing, thing=by_iri)
        resolution = self.resolve(typed) if kind in {None, DOCUMENT} else nothing
        if kind == DOCUMENT or (resolution.document is not None and self._is_plain(typed)):
            return Meant(typed=typed, resolution=resolution)
        things = tuple(one for one in self._called(typed) if kind in {None, one.kind})
        if resolution.document is not None and not things:
            return Meant(typed=typed, resolution=resolution)
        if len(things) == 1:
            return Meant(typed=typed, resolution=resolution, thing=things[0])
        if not things:
            things = tuple(one for one in self._with_piece(typed) if kind in {None, one.kind})
        if not things and not resolution.candidates and kind in {None, ORGANIZATION}:
            things = tuple(self._abbreviated(typed))
        return Meant(typed=typed, resolution=resolution, things=things)

    def follow(self, meant: Meant, part: Part = ALL_ROWS) -> Answer | None:
        """The answer for what a text names; None where it names nothing, or several things. Of a
        document's projects only ``part`` is told.

        Raises:
            QueryError: the store cannot be asked.
        """
        if meant.thing is not None:
            if meant.thing.kind == PROJECT:
                return replace(self.basis(meant.thing.iri), typed=meant.typed)
            found = self.of_organization(meant.thing.iri, meant.thing.name)
            return replace(found, typed=meant.typed)
        if meant.resolution.document is not None:
            return replace(self.funding(meant.resolution.document, part), typed=meant.typed)
        return None

    def funding(self, document: Document, part: Part = ALL_ROWS) -> Funding:
        """What a document funds; totals are over all its projects, whatever ``part`` is told.

        Raises:
            QueryError: the store cannot be asked.
        """
        return self._funding(document, part)

    def basis(self, project: str) -> ProjectBasis:
        """What a project or project budget (an IRI) rests on.

        Raises:
            QueryError: the store cannot be asked.
        """
        return basis(self._engine, self.documents, project)

    def of_organization(self, organization: str, name: str | None = None) -> OrganizationDocuments:
        """The documents behind the projects of a department or unit (an IRI).

        Raises:
            QueryError: the store cannot be asked.
        """
        return of_organization(self._engine, self.documents, organization, name)

    def ranking(self, wanted: Wanted | None = None) -> Ranking:
        """Documents by money.

        Raises:
            QueryError: the store cannot be asked.
        """
        return cast("Ranking", self._overview("ranking", wanted or Wanted()))

    def shared(self, wanted: Wanted | None = None) -> Ranking:
        """Documents behind projects of several regions.

        Raises:
            QueryError: the store cannot be asked.
        """
        return cast("Ranking", self._overview("shared", wanted or Wanted()))

    def without_basis(self, wanted: Wanted | None = None) -> Unfoundeds:
        """Project budgets that rest on no document.

        Raises:
            QueryError: the store cannot be asked.
        """
        return cast("Unfoundeds", self._overview("without_basis", wanted or Wanted()))

    def shares(self, wanted: Wanted | None = None) -> Shares:
        """How much of each department's project money has a document behind it.

        Raises:
            QueryError: the store cannot be asked.
        """
        return cast("Shares", self._overview("shares", wanted or Wanted()))

    @property
    def _indexed(self) -> IndexedAnswers | None:
        if self._index is None:
            return None
        return IndexedAnswers(index=self._index, documents=self.documents)

    def _make_documents(self) -> Documents:
        return Documents.load(self._engine) if self._index is None else documents_of(self._index)

    def _make_choices(self) -> Choices:
        if (indexed := self._indexed) is not None:
            return indexed.choices()
        return overview.choices(self.whole)

    def _make_funding(self, document: Document, part: Part) -> Funding:
        if (indexed := self._indexed) is not None:
            return indexed.funding(document, part)
        return funding(self._engine, self.documents, document, part)

    def graph(self) -> nx.DiGraph[str]:
        """The graph of the whole release (see :func:`graph_of_all`).

        Raises:
            QueryError: the store cannot be asked.
        """
        return graph_of_all(self._engine, self.whole)

    def _make_overview(self, name: str, wanted: Wanted) -> Ranking | Unfoundeds | Shares:
        indexed = self._indexed
        match name:
            case "ranking" | "shared":
                shared = name == "shared"
                if indexed is not None:
                    return indexed.ranking(wanted, shared=shared)
                return overview.ranking(self.whole, wanted, shared=shared)
            case "without_basis":
                if indexed is not None:
                    return indexed.without_basis(wanted)
                return overview.without_basis(self.whole, wanted)
            case _:
                if indexed is not None:
                    return indexed.shares(wanted)
                return overview.shares(self.whole, wanted)

    def _is_plain(self, typed: str) -> bool:
        """Whether a text is a number or a title and nothing more: a project's name may hold the
        number of its document.
        """
        title = title_key(typed)
        return not title or title in self.documents.by_title

    def _by_iri(self, typed: str) -> Thing | None:
        iri = typed if typed.startswith(("http://", "https://")) else f"{self._base or ''}{typed}"
        try:
            node = NamedNode(iri)
        except ValueError:
            return None
        for row in ask(self._engine, "kind-of-thing", thing=node):
            return Thing(iri=iri, kind=_KINDS[required(row, "type")], name=text(row, "name"))
        return None

    def _called(self, typed: str) -> list[Thing]:
        """The projects and organizations of a code or a whole name."""
        plain, named = Literal(folded(typed)), Literal(typed, language="zh")
        rows = [
            *_told(PROJECT, ask(self._engine, "projects-of-code", code=plain)),
            *_told(PROJECT, ask(self._engine, "projects-of-name", named=named)),
            *_told(ORGANIZATION, ask(self._engine, "organizations-of-code", code=plain)),
            *_told(ORGANIZATION, ask(self._engine, "organizations-of-name", named=named)),
        ]
        return list({one.iri: one for one in rows}.values())

    def _with_piece(self, typed: str) -> list[Thing]:
        if len(typed) < _SHORTEST_PIECE:
            return []
        rows = ask(self._engine, "names-that-contain", piece=Literal(typed))
        return sorted(
            (
                Thing(
                    iri=required(row, "thing"), kind=required(row, "kind"), name=text(row, "name")
                )
                for row in rows
            ),
            key=lambda one: one.iri,
        )

    def _abbreviated(self, typed: str) -> list[Thing]:
        """The organizations that an abbreviation may stand for: it holds characters of their names
        in the names' order.
        """
        if not _ABBREVIATION.fullmatch(typed):
            return []
        pattern = Literal(".*".join(typed))
        return _told(ORGANIZATION, ask(self._engine, "organizations-abbreviated", pattern=pattern))


def _told(kind: str, rows: tuple[Row, ...]) -> list[Thing]:
    return [Thing(iri=required(row, "thing"), kind=kind, name=text(row, "name")) for row in rows]


def _is(typed: str, document: Document) -> Resolution:
    return Resolution(typed=typed, found=Found.EXACT, number=document.number, document=document)
