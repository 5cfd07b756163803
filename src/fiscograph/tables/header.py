"""Header paths of drawn tables: merged cells spelled out."""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph.tables.cells import Line, squeeze


def header_paths(rows: Sequence[Line], width: int) -> tuple[tuple[str, ...], ...]:
    """The header path of each column, from the outermost header inwards.

    A drawn header leaves the cells that a merged one covers empty. An empty cell belongs to the
    header on its left where both stand under the same outer header and something stands below it.

    Args:
        rows: the header rows, top down.
        width: how many columns the table has.

    Returns:
        ``width`` paths of squeezed header texts; a column without any header has the path ().
    """
    paths: list[tuple[str, ...]] = [() for _ in range(width)]
    for depth, row in enumerate(rows):
        texts = [squeeze(cell.text) for cell in row.cells[:width]]
        texts += [""] * (width - len(texts))
        outer = list(paths)
        for column in range(width):
            text = texts[column]
            if not text and _is_covered(column, depth, outer, rows):
                text = paths[column - 1][-1] if len(paths[column - 1]) > len(outer[column]) else ""
            if text:
                paths[column] = (*paths[column], text)
    return tuple(paths)


def _is_covered(
    column: int,
    depth: int,
    outer: Sequence[tuple[str, ...]],
    rows: Sequence[Line],
) -> bool:
    """Whether an empty header cell is covered by the merged one on its left."""
    if column == 0 or outer[column] != outer[column - 1]:
        return False
    return any(column < len(row.cells) and row.cells[column].text for row in rows[depth + 1 :]) or (
        depth == len(rows) - 1 and not outer[column]
    )
