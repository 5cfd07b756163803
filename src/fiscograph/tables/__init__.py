"""Lines into candidate cells, pages and header paths; this room knows no budget word."""

from fiscograph.tables.aligned import (
    Stack,
    as_shown,
    cluster_of,
    clusters,
    is_aligned,
    nearest,
    shown,
    stacks_of,
)
from fiscograph.tables.cells import Cell, Line, is_lost, is_torn, number_of, split_line, squeeze
from fiscograph.tables.header import header_paths
from fiscograph.tables.pages import Page, pages_of

__all__ = [
    "Cell",
    "Line",
    "Page",
    "Stack",
    "as_shown",
    "cluster_of",
    "clusters",
    "header_paths",
    "is_aligned",
    "is_lost",
    "is_torn",
    "nearest",
    "number_of",
    "pages_of",
    "shown",
    "split_line",
    "squeeze",
    "stacks_of",
]
