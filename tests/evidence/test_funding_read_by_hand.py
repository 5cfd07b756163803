"""What the release traces, against what was typed by hand from the disclosed filings.

``funding.csv`` was typed from the text of ``filings/`` alone: ``lines`` are those that print the
amount, ``cited`` some of those that print the document's number or title, or for one project the serial
number alone (121号文, which in that filing only one document has). ``citations.csv`` has every mention.
"""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from fiscograph.citations import title_key
from fiscograph.queries import Limits, QueryEngine, load
from fiscograph.tracing import Tracer
from fiscograph.tracing.resolver import Found


def typed(name: str) -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


ROWS = typed("funding.csv")
MENTIONS = typed("citations.csv")
YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
# Who mentions a document without being a project.
NO_PROJECT = {"整体", "说明"}


def named(row: dict[str, str]) -> str:
    """The document that a mention names, by its number, else by the key of its title; nothing where
    it names none.
    """
    return row["number"] or row["means"] or (title_key(row["title"]) if row["title"] else "")


@pytest.mark.parametrize("number", sorted({row["number"] for row in ROWS}))
def test_a_document_funds_what_the_filings_print_and_nothing_else(
    over: Tracer, number: str
) -> None:
    rows = [row for row in ROWS if row["number"] == number]
    document = over.resolve(number).document
    assert document is not None
    found = over.funding(document)
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


def test_the_documents_of_the_release_are_those_named_in_the_filings_each_once(
    over: Tracer,
) -> None:
    known = [one.number or title_key(one.title or "") for one in over.documents.by_iri.values()]
    assert Counter(known) == Counter({named(row) for row in MENTIONS} - {""})
    for number in {row["number"] for row in MENTIONS} - {""}:
        found = over.resolve(number)
        assert (found.found, found.number) == (Found.EXACT, number)
        assert found.document is not None
        assert found.document.number == number


def test_every_edge_from_a_document_to_a_project_is_a_mention_read_by_hand_and_none_is_missing(
    over: Tracer,
) -> None:
    traced = {
        (
            document.number or title_key(document.title or ""),
            mention.source_file,
            one.code or one.name,
            mention.line,
        )
        for document in over.documents.by_iri.values()
        for one in over.funding(document).projects
        for mention in one.via
        if mention.document == document.iri
    }
    read = {
        (named(row), row["file"], row["cited_by"], int(row["line"]))
        for row in MENTIONS
        if named(row) and row["cited_by"] not in NO_PROJECT
    }
    assert traced == read
    funded = {(file, project) for _, file, project, _ in read}
    (union,), (rest,) = over.ranking().unions, over.without_basis().unions
    assert union.projects == len(funded)
    assert union.projects + union.covered + rest.projects + rest.covered == len(
        typed("projects.csv")
    )


def test_mentions_are_counted_apart_by_how_they_name_a_document(whole: QueryEngine) -> None:
    rows = whole.select(load("mention-certainty"), Limits(seconds=20.0))
    counted = {row["mentions"].value: int(row["count"].value) for row in rows}  # type: ignore[union-attr]
    kinds = Counter(
        ("inferred" if row["kind"] == "vague" else row["kind"]) if named(row) else "unresolved"
        for row in MENTIONS
    )
    assert counted == kinds
    assert set(kinds) == {"numbered", "titled", "inferred", "unresolved"}
