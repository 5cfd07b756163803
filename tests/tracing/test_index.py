"""The index answers what the store answers: for every document, every part, every narrowing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from tests.tracing.generated import MADE, write
from tests.tracing.made import quads

from fiscograph.queries import QueryEngine, ReleaseStore
from fiscograph.tracing import Part, Tracer, Wanted, index_of
from fiscograph.tracing.index import IndexFile
from fiscograph.tracing.index.file import IndexUnreadable

SEEDS = range(4)


@pytest.fixture(scope="module", params=["made", *SEEDS])
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Tracer, Tracer]]:
    """A tracer that asks a generated store, and one that asks its index."""
    store = tmp_path_factory.mktemp("generated") / "store"
    if request.param == "made":
        quads(store)
    else:
        write(store, request.param)
    index = index_of(store, base=MADE)
    with (
        QueryEngine(store, base=MADE, workers=1) as engine,
        closing(Tracer(engine, base=MADE, index=index)) as indexed,
    ):
        yield Tracer(engine, base=MADE), indexed


def every_narrowing(plain: Tracer) -> Iterator[Wanted]:
    """All filters alone, year with region and level, and a cut."""
    choices = plain.choices
    levels = {one.level for one in plain.documents.by_iri.values()}
    regions = {iri.rpartition("/")[2] for iri, _ in choices.regions}
    yield Wanted(rows=2)
    for phase in (*choices.phases, "none"):
        yield Wanted(phase=phase, rows=10_000)
    years = (None, *choices.years, "1999")
    for year, region, level in product(years, (None, "500000", *sorted(regions)), {None, *levels}):
        yield Wanted(year=year, region=region, level=level, rows=10_000)


def compare(plain: Tracer, indexed: Tracer) -> None:
    assert indexed.documents.by_iri == plain.documents.by_iri
    assert indexed.documents.possible == plain.documents.possible
    assert indexed.choices == plain.choices
    for wanted in every_narrowing(plain):
        assert indexed.ranking(wanted) == plain.ranking(wanted)
        assert indexed.shared(wanted) == plain.shared(wanted)
        assert indexed.without_basis(wanted) == plain.without_basis(wanted)
        assert indexed.shares(wanted) == plain.shares(wanted)
    for document in plain.documents.by_iri.values():
        whole = plain.funding(document)
        assert indexed.funding(document) == whole
        for page in (1, 2, 3):
            part = Part.page(page, 2)
            told = indexed.funding(document, part)
            assert told == plain.funding(document, part)
            assert told.totals == whole.totals
            assert told.projects == whole.projects[2 * page - 2 : 2 * page]
            assert told.rows_in_all == len(whole.projects)


def test_over_generated_releases_index_and_store_answer_alike(pair: tuple[Tracer, Tracer]) -> None:
    compare(*pair)


def test_over_the_published_filings_index_and_store_answer_alike(
    over: Tracer, whole: QueryEngine, stored: ReleaseStore
) -> None:
    index = index_of(stored.path, base=stored.base)
    with closing(Tracer(whole, base=stored.base, index=index)) as indexed:
        compare(over, indexed)


def test_an_index_is_made_once_and_a_broken_one_says_what_to_do(tmp_path: Path) -> None:
    store = tmp_path / "store"
    quads(store)
    index = index_of(store, base=MADE)
    made = index.stat()
    assert index_of(store, base=MADE) == index
    assert index.stat().st_mtime_ns == made.st_mtime_ns
    index.write_bytes(b"no database")
    with pytest.raises(IndexUnreadable, match="delete it"):
        IndexFile.open(index)
