"""What answers are made of: one release, its two engines, its words and its sources."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Self

from anyio import CapacityLimiter

from fiscograph import settings
from fiscograph.queries import Limits, Lookup, QueryEngine, ReleaseStore, build_store
from fiscograph.release import read_manifest
from fiscograph.release.jsonld import Writer
from fiscograph.release.stored import context_of
from fiscograph.resources import program_version
from fiscograph.search import LAYOUT, SearchIndex, build_index, entries
from fiscograph.serving.api import rows as api_rows
from fiscograph.serving.api.rows import Rows
from fiscograph.serving.data.describe import Description, describe, prefixes
from fiscograph.serving.data.kept import LAYOUT as LAYOUT_OF_ANSWERS
from fiscograph.serving.data.kept import PageEngine
from fiscograph.serving.data.nearest import KnownPaths
from fiscograph.serving.data.paths import Paths
from fiscograph.serving.data.prepared import LAYOUT as LAYOUT_OF_DESCRIPTIONS
from fiscograph.serving.data.prepared import Prepared, prepare
from fiscograph.serving.data.ready import Ready
from fiscograph.serving.frame.html import Templates
from fiscograph.serving.frame.imprint import Imprint
from fiscograph.serving.frame.scripts import Scripts
from fiscograph.serving.frame.styles import Styles
from fiscograph.serving.frame.words import Words
from fiscograph.serving.sparql.admission import Admission, Quotas
from fiscograph.serving.sparql.answers import Answers
from fiscograph.serving.things.sources import Sources
from fiscograph.tracing import Tracer, index_of

PUBLIC_LIMITS = Limits(seconds=10.0, slice_seconds=0.4, result_bytes=10_000_000, rows=100_000)
WORKERS = 4
_LONG_QUEUE = 200
_TURNED_AWAY = 8
KEPT_BYTES = 64_000_000
_KEPT_DESCRIPTIONS = 64


def public_limits(chosen: settings.Queries) -> Limits:
    """The limits of public queries as the publisher has settled them."""
    return replace(
        PUBLIC_LIMITS,
        seconds=float(chosen.seconds),
        rows=chosen.rows,
        result_bytes=chosen.bytes,
    )


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property needs a __dict__
class Site:
    """One release as it is served.

    ``public`` answers what visitors ask in SPARQL, ``pages`` the fixed queries of pages: neither
    waits for the other; ``lookup`` reads single things at once. ``limits`` are those of the public queries, ``admission`` counts who asks
    them, ``answers`` keeps what they were answered.
    """

    release: Path
    store: Path
    index: Path
    paths: Paths
    lookup: Lookup
    public: QueryEngine
    pages: PageEngine
    sources: Sources
    search: SearchIndex
    rows: Rows
    words: Words
    writer: Writer
    templates: Templates
    scripts: Scripts
    styles: Styles
    limits: Limits
    admission: Admission
    answers: Answers
    prepared: Prepared | None = None

    @classmethod
    def open(
        cls,
        release: Path,
        *,
        filings: Path | None,
        var: Path,
        limits: Limits = PUBLIC_LIMITS,
        quotas: Quotas | None = None,
        workers: int = WORKERS,
        prepared: bool = False,
    ) -> Self:
        """Make a copy, a store and a tracing index of a release, or find them, and start the
        workers.

        Args:
            release: the folder of a release.
            filings: the files as disclosed.
            var: the program's own folder.
            limits: those of public queries.
            quotas: what one client may ask.
            workers: how many processes stand ready for public queries; as many again are started
                when queries wait.
            prepared: whether the descriptions of single things are made beside the store, or found
                there, so that they are read quicker.

        Raises:
            ReleaseUnreadable: the folder holds no release.
            ReleaseError: its manifest or context cannot be read.
            SearchUnavailable: this Python's SQLite has no FTS5.
        """
        read_manifest(release)
        store = build_store(release, var)
        lookup = Lookup(store.path)
        sources = Sources(filings=filings, ledger=store.release / "tables" / "ledger.csv")
        writer = Writer(context=context_of(store.release))
        words = Words.load()
        scripts, styles = Scripts.load(), Styles.load()
        return cls(
            release=store.release.resolve(),
            store=store.path,
            index=index_of(store.path, base=store.base),
            paths=Paths(base=store.base),
            lookup=lookup,
            public=QueryEngine(
                store.path,
                base=store.base,
                prefixes=prefixes(),
                workers=workers,
                more_workers=workers,
                most_waiting=64,
            ),
            pages=PageEngine(
                store.path,
                base=store.base,
                prefixes=prefixes(),
                workers=2,
                most_waiting=_LONG_QUEUE,
            ),
            sources=sources,
            search=_search_index(store, sources),
            rows=_rows(store),
            words=words,
            writer=writer,
            templates=Templates.load(
                Paths(base=store.base),
                scripts,
                styles=styles,
                imprint=Imprint.of(store.release, store.base),
            ),
            scripts=scripts,
            styles=styles,
            limits=limits,
            admission=Admission(quotas or Quotas()),
            answers=Answers(KEPT_BYTES),
            prepared=_descriptions(store, lookup) if prepared else None,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        if "tracer" in self.__dict__:  # never asked for, never opened
            self.tracer.close()
        if self.prepared is not None:
            self.prepared.close()
        self.public.close()
        self.pages.close()

    @cached_property
    def known(self) -> KnownPaths:
        """The paths of the main things, read when the first address leads nowhere."""
        return KnownPaths.load(self.pages, self.paths)

    @cached_property
    def describe(self) -> Callable[[str], Description | None]:
        """The description of a thing by its IRI (see :func:`describe`); those that were asked for
        last are kept, as a thing has pages in two languages and documents in several formats.
        """
        return lru_cache(maxsize=_KEPT_DESCRIPTIONS)(partial(describe, self.lookup))

    @cached_property
    def tracer(self) -> Tracer:
        """Answers about the release; what it reads is kept as long as the site is open."""
        return Tracer(self.pages, base=self.paths.base, index=self.index)

    @cached_property
    def threads(self) -> CapacityLimiter:
        """The threads in which public queries wait; some more, in which those are turned away that
        come when all are taken.
        """
        return CapacityLimiter(self.public.most_at_once + _TURNED_AWAY)

    @cached_property
    def ready(self) -> Ready:
        """What is answered beside the framework, and kept."""
        return Ready(self.lookup, prepared=self.prepared, identity=self.identity, most=KEPT_BYTES)

    @cached_property
    def identity(self) -> str:
        """The identity of the release, as its manifest says."""
        return str(read_manifest(self.release)["identity"])


def _search_index(store: ReleaseStore, sources: Sources) -> SearchIndex:
    """The index beside the store: made once for one release, one set of sources, one program."""
    made_of = hashlib.sha256("\n".join((program_version(), *sources.keys)).encode()).hexdigest()
    file = store.path.parent / f"search-{LAYOUT}-{made_of[:16]}.sqlite"
    if not file.is_file():
        build_index(entries(store.release, store.base, sources.text), file)
    return SearchIndex(file=file)


def _descriptions(store: ReleaseStore, lookup: Lookup) -> Prepared:
    """What is said of single things, made once for one release and one program."""
    name = f"descriptions-{LAYOUT_OF_DESCRIPTIONS}-{program_version()}.sqlite"
    return prepare(lookup, store.path.parent / name)


def answers_beside(store: Path) -> Path:
    """Where the prepared answers of a store's pages stand, made by this program."""
    return store.parent / f"answers-{LAYOUT_OF_ANSWERS}-{program_version()}.sqlite"


def _rows(store: ReleaseStore) -> Rows:
    """The tables beside the store, made once for one release and one program."""
    name = f"tables-{api_rows.LAYOUT}-{program_version()}.sqlite"
    return Rows.of(store.release, store.path.parent / name)
