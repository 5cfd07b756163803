"""Kinds that the reader does not bear yet, by kind and filing, with the reason.

An entry is a debt: amounts that are left open, or damage of which no finding speaks. None may place
a number wrongly: that is asked of every variant, these included. What is known to fail alone is left
out of the compositions of that filing.
"""

from __future__ import annotations

from tests.golden.disclosed import BEIBEI, QIJIANG, QIJIANG_DATA, TONGCHUAN, TONGNAN

_PAGE_IN_LATE_HEADER = "a page break splits a table whose title is printed below its rows"
_FLATTENED = "rows of units, cells of codes, and cross-table evidence of flattened tables"
_NAMES = "年初预算数 and 本年预算数 are no names of a table's only column"
_SILENT = "a row that lost a number or a parent that lost a child raises no finding"
_LONE = "a row's only number, or its last ones, are taken to stand from the first column on"
_MOVED = "cells that moved up are believed where they are drawn, though the tree refutes them"
_HEADER = "where a column lost its name its numbers are given to the next, or no finding says so"

_LONG_LIST = "a list of projects with other amounts has more closings than are followed: chosen"
_DROPPED = "without a filled column rows do not sum, and their numbers are chosen, not proved"
_TOGETHER = "what each kind leaves open alone adds up"

KNOWN: dict[tuple[str, str], str] = {
    ("columns-renamed", TONGCHUAN): _NAMES,
    ("boundaries-lost", QIJIANG): _FLATTENED,
    ("boundaries-lost", TONGCHUAN): _FLATTENED,
    ("furniture", BEIBEI): _PAGE_IN_LATE_HEADER,
    ("cell-cut", BEIBEI): _LONE,
    ("cell-cut", QIJIANG_DATA): _LONE,
    ("cell-cut", TONGNAN): _LONE,
    ("cell-cut-with-boundary", QIJIANG): _MOVED,
    ("cell-cut-with-boundary", TONGCHUAN): _MOVED,
    ("header-word-cut", BEIBEI): _HEADER,
    ("header-word-cut", QIJIANG): _HEADER,
    ("header-word-cut", QIJIANG_DATA): _HEADER,
    ("header-word-cut", TONGCHUAN): _HEADER,
    ("line-cut", BEIBEI): _SILENT,
    ("line-cut", QIJIANG_DATA): _SILENT,
    ("amounts-rescaled", TONGNAN): _LONG_LIST,
    ("amounts-perturbed", TONGNAN): _LONG_LIST,
    ("unit-yuan", TONGNAN): _LONG_LIST,
    ("unit-yuan-whole", TONGNAN): _LONG_LIST,
    ("filled-column-dropped", QIJIANG): _DROPPED,
    ("filled-column-dropped", TONGCHUAN): _DROPPED,
    ("digits-swapped", TONGNAN): _SILENT,
    ("cell-cut", QIJIANG): _SILENT,
    ("cell-cut", TONGCHUAN): _SILENT,
    ("composed", BEIBEI): _TOGETHER,
    ("composed", QIJIANG): _TOGETHER,
    ("composed", QIJIANG_DATA): _TOGETHER,
    ("composed", TONGNAN): _TOGETHER,
    ("composed", TONGCHUAN): _TOGETHER,
}
