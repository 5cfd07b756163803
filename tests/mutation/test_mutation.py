"""Variants of the five filings with known truth are read right, and damage proves nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.golden.disclosed import NAMES, TONGNAN, text_of
from tests.mutation.ambiguity import truly_open
from tests.mutation.damage import DAMAGES
from tests.mutation.draft import draft_of, rendered
from tests.mutation.kinds import KINDS
from tests.mutation.known import KNOWN
from tests.mutation.outcome import compared
from tests.mutation.session import COMPOSED, Result

ENOUGH = 500


def cases(kinds: list[str]) -> Iterator[object]:
    """Kind and filing, those that are known to fail marked so."""
    for kind in kinds:
        for name in NAMES:
            reason = KNOWN.get((kind, name))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            yield pytest.param(kind, name, marks=marks, id=f"{kind}-{name}")


def of(results: list[Result], kind: str, name: str) -> list[Result]:
    """The results of a kind on a filing; none where the filing has nothing that it changes."""
    return [r for r in results if r.case.group == kind and r.case.name == name]


def told(result: Result, kinds: set[str]) -> list[str]:
    """What a failure prints: the recipe, and the first faults of these kinds."""
    faults = [fault for fault in result.compared.faults if fault.kind in kinds]
    return [f"{result.case} {result.what}: {fault}" for fault in faults[:3]]


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_unchanged_is_the_filing_and_reads_as_it(name: str) -> None:
    assert rendered(draft_of(name)).text == text_of(name)
    read = compared(draft_of(name))
    assert not read.faults
    assert not read.news


# Tongnan's tables are too long for brute force.
@pytest.mark.parametrize("name", [name for name in NAMES if name != TONGNAN])
def test_nothing_is_sure_that_brute_force_leaves_open(name: str) -> None:
    assert not compared(draft_of(name), excused=truly_open(draft_of(name))).faults


def test_no_variant_and_no_damage_proves_a_number_in_a_wrong_column(results: list[Result]) -> None:
    wrong = [line for result in results for line in told(result, {"wrong", "invented"})]
    assert not wrong
    assert sum(result.compared.right for result in results) > 100_000


def test_there_are_enough_variants_of_every_filing(results: list[Result]) -> None:
    whole = [result for result in results if result.case.group not in DAMAGES]
    assert len(whole) >= ENOUGH
    assert {result.case.name for result in whole} == set(NAMES)
    assert {result.case.group for result in results} == {*KINDS, COMPOSED, *DAMAGES}


@pytest.mark.parametrize(("kind", "name"), list(cases([*KINDS, COMPOSED])))
def test_what_the_original_proves_the_variant_proves(
    results: list[Result], kind: str, name: str
) -> None:
    found = of(results, kind, name)
    assert not [r.compared.refused for r in found if r.compared.refused]
    every = {
        "wrong",
        "wrong row",
        "wrong value",
        "lost",
        "unnamed",
        "invented",
        "overclaimed",
        "chosen",
    }
    assert not [line for result in found for line in told(result, every)]
    assert not found or any(result.compared.right for result in found)


@pytest.mark.parametrize(("kind", "name"), list(cases(list(DAMAGES))))
def test_damage_proves_nothing_wrong_and_is_told(
    results: list[Result], kind: str, name: str
) -> None:
    found = of(results, kind, name)
    assert not [
        line for r in found for line in told(r, {"wrong", "wrong row", "wrong value", "invented"})
    ]
    assert not [f"{r.case} {r.what}" for r in found if r.silent]
