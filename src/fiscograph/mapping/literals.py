"""Canonical literals, as every module of this room writes them."""

from fiscograph.vocabulary.literals import boolean, decimal, en, integer, plain, year, zh

__all__ = ["boolean", "decimal", "en", "integer", "plain", "year", "zh"]
