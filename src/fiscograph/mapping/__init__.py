"""Entities to triples: one module per class, one line per property."""

from fiscograph.mapping.concept import rule_concepts
from fiscograph.mapping.filing_graph import map_filing
from fiscograph.mapping.reduction import map_reduction
from fiscograph.mapping.shared_graphs import map_shared

__all__ = ["map_filing", "map_reduction", "map_shared", "rule_concepts"]
