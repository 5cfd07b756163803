"""What three documents fund, against the amounts typed by hand from the disclosed filings.

``funding.csv`` was typed from the text of ``filings/`` alone: ``lines`` are those that print the
amount, ``cited`` some of those that print the document's number or title, or for one project the serial
number alone (121号文, which in that filing only one document has).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from fiscograph.queries import QueryEngine, build_store
from fiscograph.tracing import Tracer

with (Path(__file__).parent / "funding.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = tuple(csv.DictReader(_file))
YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}


@pytest.fixture(scope="module")
def tracer(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracer]:
    store = build_store(release, tmp_path_factory.mktemp("var"))
    with QueryEngine(store.path, base=store.base, workers=1) as engine:
        yield Tracer(engine, base=store.base)


@pytest.mark.parametrize("number", sorted({row["number"] for row in ROWS}))
def test_a_document_funds_what_the_filings_print_and_nothing_else(
    tracer: Tracer, number: str
) -> None:
    rows = [row for row in ROWS if row["number"] == number]
    document = tracer.resolve(number).document
    assert document is not None
    found = tracer.funding(document)
    printed = {
        (row["file"], row["name"]): Decimal(row["money"]) * YUAN[row["unit"]] for row in rows
    }
    assert {(one.source_file, one.name): one.amount_cny for one in found.projects} == printed
    assert found.total_cny == sum(printed.values())
    by_name = {one.name: one for one in found.projects}
    for row in rows:
        one = by_name[row["name"]]
        assert row["code"] in {"", one.code}
        assert str(one.line) in row["lines"].split("|")
        cited = {(mention.source_file, str(mention.line)) for mention in one.via}
        assert {(row["file"], line) for line in row["cited"].split("|")} <= cited
