"""Reads and normalizes 发文字号 and 《titles》; this room knows no table."""

from fiscograph.citations.codes import CodeBook
from fiscograph.citations.grammar import mentions_in, ties_in
from fiscograph.citations.mention import Mention, Tie
from fiscograph.citations.misread import misread_number
from fiscograph.citations.numbers import number_in
from fiscograph.citations.titles import of_any_office, title_core, title_key, titles_within

__all__ = [
    "CodeBook",
    "Mention",
    "Tie",
    "mentions_in",
    "misread_number",
    "number_in",
    "of_any_office",
    "ties_in",
    "title_core",
    "title_key",
    "titles_within",
]
