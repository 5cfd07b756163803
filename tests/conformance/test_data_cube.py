"""The cubes of the release keep every integrity constraint of the Data Cube Vocabulary."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store
from tests.conformance.data_cube import CONSTRAINTS, SUITE, duplicates, normalise, violated
from tests.whole import loaded

from fiscograph.vocabulary import QB, RDF


class Case(NamedTuple):
    query: str
    load: tuple[str, ...]
    violated: bool
    note: str


CASES = tuple(
    Case(case["query"], tuple(case["load"]), case["violated"], case.get("note", ""))
    for case in json.loads((SUITE / "manifest.json").read_text("utf-8"))
)


@cache
def cube_of(files: tuple[str, ...]) -> Store:
    store = Store()
    for file in files:
        store.load(path=str(SUITE / "cubes" / file), format=RdfFormat.TURTLE)
    return normalise(store)


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 119
    assert {case.query for case in CASES} == {*CONSTRAINTS, "ic-17"}
    # The one case whose published text no engine that we know can report, as its note says.
    assert [case.query for case in CASES if case.note] == ["ic-17"]


@pytest.mark.parametrize("constraint", sorted({case.query for case in CASES}))
def test_the_queries_tell_good_cubes_from_bad_ones(constraint: str) -> None:
    cases = [case for case in CASES if case.query == constraint]
    found = {case.load: violated(cube_of(case.load), constraint) for case in cases}
    assert found == {case.load: case.violated and not case.note for case in cases}


@pytest.mark.parametrize("case", [case for case in CASES if case.query == "ic-12"], ids=str)
def test_the_grouped_query_finds_the_same_duplicates_as_the_published_one(case: Case) -> None:
    assert bool(duplicates(cube_of(case.load))) == case.violated


@pytest.fixture(scope="module")
def union(release: Path) -> Store:
    """The release as one graph, normalised."""
    return normalise(loaded(release))


@pytest.mark.parametrize("constraint", [name for name in CONSTRAINTS if name != "ic-12"])
def test_the_union_of_the_release_keeps_the_constraint(union: Store, constraint: str) -> None:
    assert not violated(union, constraint)


def test_no_two_allocations_stand_at_one_point_of_a_cube(union: Store) -> None:
    assert duplicates(union) == []


def test_a_second_allocation_at_one_point_would_be_seen(union: Store) -> None:
    first = min(
        (quad.subject for quad in union.quads_for_pattern(None, RDF.type, QB.Observation)), key=str
    )
    twin = NamedNode("https://fiscograph.example/twin")
    added = [
        Quad(twin, quad.predicate, quad.object)
        for quad in union.quads_for_pattern(first, None, None)
    ]
    union.extend(added)
    try:
        assert len(duplicates(union)) == 1
    finally:
        for quad in added:
            union.remove(quad)
