"""Kinds that the reader does not bear yet, by kind and filing, with the reason.

An entry is a debt: its test is expected to fail, and fails the suite as soon as it passes. What is
known to fail alone is left out of the compositions of that filing.
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
}
