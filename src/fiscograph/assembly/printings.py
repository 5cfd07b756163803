"""Every place that prints the amount of a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fiscograph.assembly.frontier import Node, View
from fiscograph.provenance import Place


def with_all_printings(nodes: Sequence[Node], views: Sequence[View]) -> list[Node]:
    """Nodes with every printing of their amount for their class as evidence, the winner first.

    Only a class that is one node has printings that mean the node; a row that several share prints
    their sum.
    """
    counts = Counter(node.code for node in nodes)
    found = []
    for node in nodes:
        places = [
            Place(source=view.source, span=cell.number.span)
            for view in views
            if counts[node.code] == 1
            for index in view.rows_of(node)[:1]
            if view.code(view.placed.rows[index]) == node.code
            for cell in view.placed.rows[index].cells
            if cell.column in view.columns and cell.number.value * view.factor == node.amount
        ]
        found.append(
            replace(node, evidence=tuple(dict.fromkeys((*node.evidence, *sorted(places)))))
        )
    return found
