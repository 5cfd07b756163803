"""The synthetic corpus, twenty filings of it: the same by its seed, shaped as told, traced rightly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from benchmarks.corpus import IDS, Corpus, Shape
from benchmarks.tracing import main, store_of

from fiscograph.budget import FilingKind
from fiscograph.queries import QueryEngine
from fiscograph.tracing import Tracer, Wanted


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Corpus(shape=Shape.of(root / "published/tables"), size=20, seed=7)


@pytest.fixture(scope="module")
def tracer(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracer]:
    store, _ = store_of(corpus, tmp_path_factory.mktemp("corpus"))
    with QueryEngine(store, base=IDS.base, workers=1) as engine:
        yield Tracer(engine, base=IDS.base)


def test_a_seed_gives_one_corpus_and_another_seed_another(corpus: Corpus) -> None:
    again = Corpus(shape=corpus.shape, size=20, seed=7)
    other = Corpus(shape=corpus.shape, size=20, seed=8)
    assert tuple(again.filings()) == tuple(corpus.filings())
    assert tuple(other.filings()) != tuple(corpus.filings())


def test_a_larger_corpus_has_the_filings_of_40_districts(corpus: Corpus) -> None:
    places = tuple(Corpus(shape=corpus.shape, size=10_000, seed=7).places())
    assert len(places) == len(set(places)) == 10_000
    assert len({region.code for region, _, _, _ in places}) == 40
    kinds = Counter(kind for _, _, _, kind in places)
    assert kinds[FilingKind.UNIT_BUDGET] == 2_000


def test_what_is_drawn_is_what_the_release_has(corpus: Corpus) -> None:
    for facts in corpus.filings():
        assert len(facts.projects) in corpus.shape.projects
        cited = Counter(
            project for project, _ in {(one.project, one.policy) for one in facts.citations}
        )
        for project in facts.projects:
            assert project.amount is not None
            assert project.amount.yuan in corpus.shape.amounts
            assert cited[project.key] <= max(corpus.shape.bases)


def test_every_document_funds_what_the_facts_say(corpus: Corpus, tracer: Tracer) -> None:
    expected: dict[tuple[str, str], Decimal] = {}
    for facts in corpus.filings():
        if facts.filing.kind is FilingKind.UNIT_BUDGET:
            continue  # its department's filing covers it
        amounts = {one.key: one.amount.yuan for one in facts.projects if one.amount}
        for project, policy in {(one.project, one.policy) for one in facts.citations}:
            assert project is not None
            assert policy is not None
            key = (IDS.policy(policy), str(facts.filing.year))
            expected[key] = expected.get(key, Decimal(0)) + amounts[project]
    rows = tracer.ranking(Wanted(rows=10_000)).rows
    found = {(row.document, row.fiscal_year): row.amount_cny for row in rows if row.projects}
    assert found == expected
    for iri in {document for document, _ in expected}:
        totals = tracer.funding(tracer.documents.by_iri[iri]).totals
        assert {
            (iri, total.fiscal_year): total.direct_cny for total in totals if total.direct_cny
        } == {key: amount for key, amount in expected.items() if key[0] == iri}


def test_the_report_says_where_it_was_measured(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--filings", "5", "--var", str(tmp_path), "--report", str(tmp_path / "report")])
    told = (tmp_path / "report/tracing.md").read_text("utf-8")
    assert told == capsys.readouterr().out
    for word in ("processor", "filings 5", "funding tree", "ranking of all documents", "resolve"):
        assert word in told
