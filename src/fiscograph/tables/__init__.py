"""Lines into candidate cells, pages and header paths; this room knows no budget word."""

from fiscograph.tables.cells import Cell, Line, number_of, split_line, squeeze
from fiscograph.tables.header import header_paths
from fiscograph.tables.pages import Page, pages_of

__all__ = [
    "Cell",
    "Line",
    "Page",
    "header_paths",
    "number_of",
    "pages_of",
    "split_line",
    "squeeze",
]
