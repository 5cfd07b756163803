"""The tree solver against brute force: every combination of options, tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiscograph.placement.tree import BLANK, DEPTH, Known, Node, Option, Vector, solve


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Options and parent of each row; parents come first."""

    options: list[list[Option]]
    parents: list[int | None]

    def nodes(self) -> list[Node]:
        return [
            Node(options=list(options), parent=parent)
            for options, parent in zip(self.options, self.parents, strict=True)
        ]

    def cost(self, picks: Sequence[int]) -> int:
        """The identities that one combination breaks: of the rows and of the sums."""
        chosen = [self.options[at][pick] for at, pick in enumerate(picks)]
        broken = sum(option.cost for option in chosen)
        for at, own in enumerate(chosen):
            below = [
                option.vector
                for option, parent in zip(chosen, self.parents, strict=True)
                if parent == at
            ]
            if below:
                broken += sum(
                    not closes(total, [vector[column] for vector in below])
                    for column, total in enumerate(own.vector)
                )
        return broken

    def excess(self) -> list[list[int]]:
        """For each row and option what the cheapest combination with it costs above the least."""
        least: list[list[int | None]] = [[None] * len(options) for options in self.options]
        for picks in product(*(range(len(options)) for options in self.options)):
            cost = self.cost(picks)
            for at, pick in enumerate(picks):
                known = least[at][pick]
                least[at][pick] = cost if known is None else min(known, cost)
        lowest = min(cost for costs in least for cost in costs if cost is not None)
        return [[(cost or 0) - lowest for cost in costs] for costs in least]


def closes(total: int | None, parts: Sequence[int | None]) -> bool:
    """DESIGN §7 over whole units; a blank counts zero, and may be what rounds to nothing; a damaged
    number fits any sum.
    """
    if total is None or None in parts:
        return True
    added = [part for part in parts if part is not None and part != BLANK]
    over = sum(added) - (0 if total == BLANK else total)
    return 2 * over <= len(added) + 1 and -2 * over <= len(parts) + 1


@st.composite
def trees(draw: st.DrawFn, *, rows: int = 6, most: int = 3, damage: bool = True) -> Tree:
    """Rows of up to three columns; some hide true sums among their options, some do not."""
    width = draw(st.integers(1, 3))
    size = draw(st.integers(1, rows))
    parents = [None, *(draw(st.integers(0, at - 1)) for at in range(1, size))]
    numbers = st.one_of(st.just(BLANK), st.integers(0, 30), st.integers(-5, 5))
    values = st.one_of(numbers, st.none()) if damage else numbers
    vectors = st.tuples(*[values] * width)
    option = st.builds(lambda v, c: Option(vector=v, cost=c), vectors, st.integers(0, 2))
    options = [draw(st.lists(option, min_size=1, max_size=most)) for _ in range(size)]
    if draw(st.booleans()):
        _hide_a_closing(draw, options, parents, width)
    return Tree(options=options, parents=parents)


def _hide_a_closing(
    draw: st.DrawFn, options: list[list[Option]], parents: list[int | None], width: int
) -> None:
    truth: dict[int, Vector] = {}
    for at in reversed(range(len(options))):
        below = [truth[child] for child, parent in enumerate(parents) if parent == at]
        if below:
            slack = draw(st.integers(0, 1))
            truth[at] = tuple(
                sum(value for v in below if (value := v[c]) is not None and value != BLANK) + slack
                for c in range(width)
            )
            options[at].insert(
                draw(st.integers(0, len(options[at]))), Option(vector=truth[at], cost=0)
            )
        else:
            truth[at] = options[at][-1].vector


@settings(max_examples=300)
@given(trees(), st.integers(0, 3))
def test_the_excess_is_that_of_brute_force(tree: Tree, slack: int) -> None:
    nodes = tree.nodes()
    solve(nodes, slack=slack)
    for node, costs in zip(nodes, tree.excess(), strict=True):
        assert node.known is Known.ALL
        for found, true in zip(node.excess, costs, strict=True):
            assert found == true if true <= slack else found is None or found > slack


@settings(max_examples=40)
@given(trees(rows=12, most=2))
def test_of_twelve_rows_what_survives_is_what_brute_force_leaves(tree: Tree) -> None:
    nodes = tree.nodes()
    solve(nodes)
    for node, costs in zip(nodes, tree.excess(), strict=True):
        assert node.within(0) == [at for at, cost in enumerate(costs) if cost == 0]


@settings(max_examples=200)
@given(trees())
def test_the_picks_together_break_the_fewest_identities(tree: Tree) -> None:
    nodes = tree.nodes()
    solve(nodes)
    least = min(
        tree.cost(picks) for picks in product(*(range(len(node.options)) for node in nodes))
    )
    assert tree.cost([node.pick for node in nodes]) == least


@settings(max_examples=60)
@given(trees())
def test_solving_again_changes_nothing(tree: Tree) -> None:
    nodes, again = tree.nodes(), tree.nodes()
    solve(nodes)
    solve(again)
    solve(again)
    assert [(n.excess, n.pick) for n in nodes] == [(n.excess, n.pick) for n in again]


@settings(max_examples=300)
@given(trees(), st.integers(0, 6))
def test_beyond_the_limit_nothing_that_could_be_is_ruled_out(tree: Tree, limit: int) -> None:
    nodes = tree.nodes()
    solve(nodes, slack=0, limit=limit)
    for node, costs in zip(nodes, tree.excess(), strict=True):
        assert {at for at, cost in enumerate(costs) if cost == 0} <= set(node.within(node.gap))
        for found, true in zip(node.excess, costs, strict=True):
            # What is told is never more than what it truly costs.
            assert found is None or found <= true + node.gap


def test_a_negative_child_does_not_rule_out_the_sum_it_makes() -> None:
    nodes = [
        Node(options=[Option(vector=(5,))], parent=None),
        Node(options=[Option(vector=(-5,)), Option(vector=(-1,))], parent=0),
        Node(options=[Option(vector=(10,)), Option(vector=(20,))], parent=0),
    ]
    solve(nodes)
    assert [node.within(0) for node in nodes] == [[0], [0], [0]]
    assert nodes[0].least == 0


@pytest.mark.parametrize("rows", [12, 20])
def test_a_long_list_with_one_contradiction_settles_what_it_does_not_touch(rows: int) -> None:
    """Each amount stands in the first column and in one of two parts; one row's do not agree."""
    amounts = [2**at % 997 + 50 for at in range(rows)]
    parts = [at % 2 for at in range(rows)]
    totals = (
        sum(amounts),
        sum(a for a, p in zip(amounts, parts, strict=True) if not p),
        sum(a for a, p in zip(amounts, parts, strict=True) if p),
    )
    nodes = [Node(options=[Option(vector=totals)], parent=None)]
    for amount in amounts:
        ways: list[Vector] = [(amount, amount, BLANK), (amount, BLANK, amount)]
        options = [Option(vector=way) for way in ways]
        options.append(Option(vector=(BLANK, amount, amount), cost=1))
        nodes.append(Node(options=options, parent=0))
    # The first row prints a part that is not its total.
    wrong = amounts[0] * 10
    nodes[1] = Node(
        options=[
            Option(vector=(wrong, amounts[0], BLANK), cost=1),
            Option(vector=(wrong, BLANK, amounts[0]), cost=1),
            Option(vector=(BLANK, wrong, amounts[0]), cost=1),
        ],
        parent=0,
    )
    solve(nodes, slack=DEPTH, limit=3_000)
    assert {node.known for node in nodes[1:]} == {Known.BOUNDED}
    for node in nodes[2:]:
        filled = {node.options[at].vector[0] != BLANK for at in node.within(node.gap)}
        assert filled == {True}
