"""The triples of one subject, as every module of this room writes them."""

from fiscograph.vocabulary.description import Pair, Value, describe, each, node

__all__ = ["Pair", "Value", "describe", "each", "node"]
