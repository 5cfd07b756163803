"""Reads and normalizes 发文字号 and 《titles》; this room knows no table."""

from fiscograph.citations.grammar import Mention, mentions_in, number_in
from fiscograph.citations.titles import title_key

__all__ = ["Mention", "mentions_in", "number_in", "title_key"]
