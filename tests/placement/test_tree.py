"""The tree solver against brute force: every combination of candidates, tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiscograph.placement.tree import Node, Vector, solve


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Candidates and parent of each row; parents come first. ``known`` are the root's columns."""

    candidates: list[list[Vector]]
    parents: list[int | None]
    known: tuple[bool, ...]

    def nodes(self) -> list[Node]:
        width = len(self.known)
        return [
            Node(
                candidates=list(vectors),
                parent=parent,
                known=self.known if parent is None else (True,) * width,
            )
            for vectors, parent in zip(self.candidates, self.parents, strict=True)
        ]

    def closes(self, picks: tuple[int, ...]) -> bool:
        vectors = [self.candidates[at][pick] for at, pick in enumerate(picks)]
        for at, own in enumerate(vectors):
            below = [v for v, parent in zip(vectors, self.parents, strict=True) if parent == at]
            known = self.known if self.parents[at] is None else (True,) * len(own)
            for column, total in enumerate(own):
                missed = abs(total - sum(vector[column] for vector in below))
                if below and known[column] and 2 * missed > len(below) + 1:
                    return False
        return True

    def solutions(self) -> Iterator[tuple[int, ...]]:
        ways = product(*(range(len(vectors)) for vectors in self.candidates))
        return (picks for picks in ways if self.closes(picks))


@st.composite
def trees(draw: st.DrawFn, *, solvable: bool) -> Tree:
    """Up to seven rows of up to three columns, with up to three candidates each.

    A solvable one hides true sums, missed by at most the tolerance, among its candidates.
    """
    width = draw(st.integers(1, 3))
    size = draw(st.integers(1, 7))
    parents = [None, *(draw(st.integers(0, at - 1)) for at in range(1, size))]
    vectors = st.tuples(*[st.integers(0, 4)] * width)
    candidates = [draw(st.lists(vectors, min_size=1, max_size=3)) for _ in range(size)]
    if solvable:
        _hide_a_solution(draw, candidates, parents, width)
    known = draw(st.tuples(*[st.booleans()] * width))
    return Tree(candidates=candidates, parents=parents, known=known)


def _hide_a_solution(
    draw: st.DrawFn, candidates: list[list[Vector]], parents: list[int | None], width: int
) -> None:
    truth: dict[int, Vector] = {}
    for at in reversed(range(len(candidates))):
        below = [truth[child] for child, parent in enumerate(parents) if parent == at]
        if below:
            slack = draw(st.integers(0, (len(below) + 1) // 2))
            truth[at] = tuple(sum(v[c] for v in below) + slack for c in range(width))
            candidates[at].insert(draw(st.integers(0, len(candidates[at]))), truth[at])
        else:
            truth[at] = candidates[at][-1]


@settings(max_examples=150)
@given(trees(solvable=True))
def test_what_survives_is_what_stands_in_some_solution(tree: Tree) -> None:
    solutions = list(tree.solutions())
    assert solutions
    nodes = tree.nodes()
    solve(nodes, unit=1)
    for at, node in enumerate(nodes):
        assert not node.relaxed
        assert not node.incomplete
        assert node.alive == sorted({picks[at] for picks in solutions})


@settings(max_examples=150)
@given(trees(solvable=True))
def test_the_pick_is_a_solution(tree: Tree) -> None:
    nodes = tree.nodes()
    solve(nodes, unit=1)
    assert tree.closes(tuple(node.pick for node in nodes))


@settings(max_examples=100)
@given(trees(solvable=False))
def test_a_tree_without_a_solution_says_where_it_was_relaxed(tree: Tree) -> None:
    nodes = tree.nodes()
    solve(nodes, unit=1)
    assert any(node.relaxed for node in nodes) == (next(tree.solutions(), None) is None)
    for node in nodes:
        assert node.alive
        assert node.pick in node.alive


@settings(max_examples=60)
@given(trees(solvable=True))
def test_solving_again_changes_nothing(tree: Tree) -> None:
    nodes, again = tree.nodes(), tree.nodes()
    solve(nodes, unit=1)
    solve(again, unit=1)
    solve(again, unit=1)
    assert [(n.alive, n.pick) for n in nodes] == [(n.alive, n.pick) for n in again]


@settings(max_examples=100)
@given(trees(solvable=True), st.integers(1, 3))
def test_beyond_the_limit_of_sums_nothing_that_could_be_is_ruled_out(
    tree: Tree, limit: int
) -> None:
    nodes = tree.nodes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fiscograph.placement.tree._LIMIT", limit)
        solve(nodes, unit=1)
    solutions = list(tree.solutions())
    for at, node in enumerate(nodes):
        assert {picks[at] for picks in solutions} <= set(node.alive)
        assert node.pick in node.alive


def test_a_negative_child_does_not_rule_out_the_sum_it_makes() -> None:
    nodes = [
        Node(candidates=[(5,)], parent=None, known=(True,)),
        Node(candidates=[(-5,), (-1,)], parent=0, known=(True,)),
        Node(candidates=[(10,), (20,)], parent=0, known=(True,)),
    ]
    solve(nodes, unit=1)
    assert not nodes[0].relaxed
    assert [node.pick for node in nodes] == [0, 0, 0]
