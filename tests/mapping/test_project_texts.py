"""The texts of a sheet are published by what they are, whatever label prints them."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal
from tests.golden.disclosed import NAMES, QIJIANG, TONGCHUAN, TONGNAN, facts_of

from fiscograph.identifiers import Identifiers
from fiscograph.mapping import map_filing
from fiscograph.vocabulary import FG

IDS = Identifiers(base="https://fiscograph.example/")
PROPERTIES = {
    "overview": FG.overview,
    "basis": FG.basisText,
    "goals": FG.goals,
    "schedule": FG.schedule,
}


@pytest.mark.parametrize("name", NAMES)
def test_overview_basis_goals_and_schedule_have_properties_of_their_own(name: str) -> None:
    facts = facts_of(name)
    quads = map_filing(facts, IDS, program_version="0")
    published = {
        kind: sorted(
            quad.object.value
            for quad in quads
            if quad.predicate == term and isinstance(quad.object, Literal)
        )
        for kind, term in PROPERTIES.items()
    }
    texts = [*facts.targets, *(text for one in facts.projects for text in one.texts)]
    told = {kind: sorted(text.text for text in texts if text.kind == kind) for kind in PROPERTIES}
    assert {kind: set(found) for kind, found in published.items()} == {
        kind: set(found) for kind, found in told.items()
    }
    assert told["goals"]
    others = [str(quad.object) for quad in quads if quad.predicate == FG.otherText]
    assert not [text for text in others if "绩效目标" in text.partition("：")[0]]


def test_each_indicator_tells_what_told_its_operator() -> None:
    for name, basis in ((QIJIANG, "printed"), (TONGNAN, "variant"), (TONGCHUAN, "misread")):
        quads = map_filing(facts_of(name), IDS, program_version="0")
        operators = {quad.subject for quad in quads if quad.predicate == FG.operator}
        bases = {quad.subject: quad.object for quad in quads if quad.predicate == FG.operatorBasis}
        assert set(bases) == operators
        assert Literal(basis) in bases.values()
