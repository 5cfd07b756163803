"""Entities to triples: one module per class, one line per property."""

from fiscograph.mapping.concept import map_concepts, rule_concepts, with_built_in
from fiscograph.mapping.filing_graph import map_filing
from fiscograph.mapping.in_use import concepts_in_use
from fiscograph.mapping.levels import map_level_list
from fiscograph.mapping.packed import PackedGraphs, pack
from fiscograph.mapping.reduction import map_reduction
from fiscograph.mapping.shared_graphs import map_shared

__all__ = [
    "PackedGraphs",
    "concepts_in_use",
    "map_concepts",
    "map_filing",
    "map_level_list",
    "map_reduction",
    "map_shared",
    "pack",
    "rule_concepts",
    "with_built_in",
]
