"""Validation: what a report says, and that a gate without shapes is refused."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import FrameType

import pyoxigraph as ox
import pytest
from tests.mapping.builder import (
    IDS,
    allocation,
    check,
    filing_facts,
    place,
    printed_amount,
    shared_facts,
)

from fiscograph import resources
from fiscograph.mapping import map_filing, map_shared
from fiscograph.validation import ShapesError, Violation, validate
from fiscograph.validation.rules import load_rules
from fiscograph.vocabulary import FG

SHAPES = resources.shapes()
QUADS = map_filing(filing_facts(), IDS, program_version="0.1.0")


def without(predicate: ox.NamedNode, subject: str) -> list[ox.Quad]:
    return [
        quad
        for quad in QUADS
        if not (quad.predicate == predicate and quad.subject == ox.NamedNode(subject))
    ]


def test_what_mapping_makes_conforms() -> None:
    for quads in (QUADS, map_shared(shared_facts(), IDS)):
        report = validate(quads, SHAPES)
        assert report.violations == ()
        assert report.conforms
        assert report.focus_nodes > 5
        assert report.triples == len(quads)


def test_quads_and_their_bytes_give_the_same_report() -> None:
    broken = without(FG.printedUnit, IDS.at(place(12, 30, 37)))
    data = ox.serialize(broken, format=ox.RdfFormat.N_QUADS)
    assert data is not None
    assert validate(data, SHAPES) == validate(broken, SHAPES)


def test_a_violation_names_the_thing_the_rule_and_the_line() -> None:
    amount = IDS.at(place(12, 30, 37))
    report = validate(without(FG.printedUnit, amount), SHAPES)
    assert not report.conforms
    assert report.violations == (
        Violation(
            focus=amount,
            shape="https://w3id.org/fiscograph/shapes#PrintedAmount-unit",
            path=FG.printedUnit.value,
            constraint="MinCount",
            value=None,
            line=12,
            message_zh=report.violations[0].message_zh,
            message_en=report.violations[0].message_en,
            name="4,144.00",
        ),
    )
    assert str(report.violations[0]) == (
        f"{amount} (PrintedAmount-unit, line 12): "
        "The printed unit (fg:printedUnit) of a printed amount is missing, given more than once or "
        "none of the allowed values: give exactly one fg:printedUnit: 元, 千元, 万元 or 亿元."
    )
    assert "缺少" in report.violations[0].message_zh
    assert "恰好给出一个 fg:printedUnit" in report.violations[0].message_zh


def test_a_violation_shows_the_value_it_is_about() -> None:
    facts = replace(filing_facts(), checks=(replace(check(), tolerance=Decimal(-1)),))
    (violation,) = validate(map_filing(facts, IDS, program_version="0.1.0"), SHAPES).violations
    assert violation.value == "-1"
    assert violation.line == 12
    assert violation.constraint == "MinInclusive"


def test_an_allocation_leads_to_the_line_of_its_evidence() -> None:
    iri = IDS.allocation(filing_facts().filing.id, allocation())
    (violation,) = validate(without(FG.functionalClassification, iri), SHAPES).violations
    assert violation.line == 12
    assert FG.functionalClassification.value in violation.path.split("|")


def test_two_allocations_under_one_key_are_a_violation() -> None:
    twice = (allocation(), replace(allocation(), amount=Decimal(5)))
    facts = replace(filing_facts(), allocations=twice)
    report = validate(map_filing(facts, IDS, program_version="0.1.0"), SHAPES)
    assert {violation.shape.rsplit("#", 1)[-1] for violation in report.violations} == {
        "Allocation-amount",
        "Allocation-printed",
    }


def test_validation_changes_neither_shapes_nor_graph() -> None:
    before = len(load_rules(SHAPES.resolve()).core)
    quads = list(QUADS)
    first = validate(quads, SHAPES)
    assert validate(quads, SHAPES) == first
    assert tuple(quads) == QUADS
    assert len(load_rules(SHAPES.resolve()).core) == before


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no shapes") as caught:
        validate(QUADS, tmp_path)
    assert caught.value.path == tmp_path


def test_a_shape_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "filing.ttl").write_text("this is no turtle", "utf-8")
    with pytest.raises(ShapesError, match=r"filing\.ttl: is no Turtle"):
        validate(QUADS, tmp_path)


def test_a_shape_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    (tmp_path / "filing.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix fg: <https://w3id.org/fiscograph#> .\n"
        "fg:s a sh:PropertyShape ; sh:targetClass fg:Filing ; sh:path fg:kind ; sh:minCount 1, 2 .",
        "utf-8",
    )
    with pytest.raises(ShapesError, match="cannot be used"):
        validate(QUADS, tmp_path)


def test_bytes_that_are_no_quads_are_refused() -> None:
    with pytest.raises(SyntaxError):
        validate(b"<a> <b", SHAPES)


def with_amounts(count: int) -> tuple[ox.Quad, ...]:
    """A filing with so many more amounts."""
    amounts = tuple(
        printed_amount(place(100 + number // 4, 10 * (number % 4) + 1, 10 * (number % 4) + 8))
        for number in range(count)
    )
    facts = filing_facts()
    facts = replace(facts, printed_amounts=(*facts.printed_amounts, *amounts))
    return map_filing(facts, IDS, program_version="0.1.0")


def calls_to_check(quads: tuple[ox.Quad, ...]) -> int:
    """How many functions are called to check a graph that conforms: work, whatever the machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        report = validate(quads, SHAPES)
    finally:
        sys.setprofile(before)
    assert report.conforms
    return calls


def test_twice_the_amounts_are_twice_the_work() -> None:
    validate(QUADS, SHAPES)  # what is made once for all graphs
    few, more, most = (calls_to_check(with_amounts(count)) for count in (0, 200, 400))
    assert most - more <= 1.1 * (more - few)
