"""The canonical order of rivals: it only picks among what the identities leave, never proves.

First comes what the row's own words speak for, then the form's usual column, then the columns from
left to right.
"""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph.forms.grid import Grid, Row

# A group header such as 年初特定目标 is echoed by row labels such as 2023年初专项 in its first word.
_WORD = 2


def canonical(ways: Sequence[tuple[int, ...]], row: Row, grid: Grid) -> tuple[tuple[int, ...], ...]:
    """Sort ways to place a row into canonical order."""
    hints = _hinted_groups(grid)
    preferred = {
        index for index, column in enumerate(grid.columns) if column.key in grid.form.prefer
    }

    def order(way: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        hint = sum(hints[column](row.label) for column in way if column in hints)
        return -hint, -sum(column in preferred for column in way), way

    return tuple(sorted(ways, key=order))


class _Hint:
    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, label: str) -> int:
        return 1 if self.word in label else -1


def _hinted_groups(grid: Grid) -> dict[int, _Hint]:
    """The columns under a group header whose first word stands in some row's label."""
    hints = {}
    for index, column in enumerate(grid.columns):
        if len(column.path) < 2 or len(column.path[-2]) < _WORD:
            continue
        word = column.path[-2][:_WORD]
        if not word.isdigit() and any(word in row.label for row in grid.rows):
            hints[index] = _Hint(word)
    return hints
