"""What a row's own words say of its columns, and the canonical order of rivals.

The order only picks among what the identities leave, it never proves: first comes the form's usual
column, then the columns from left to right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fiscograph.forms.grid import Grid, Row

# A group header such as 年初特定目标 is echoed by row labels such as 2023年初专项 in its first word.
_WORD = 2


def canonical(ways: Iterable[tuple[int, ...]], grid: Grid) -> tuple[tuple[int, ...], ...]:
    """Sort ways to place a row into canonical order."""
    preferred = {
        index for index, column in enumerate(grid.columns) if column.key in grid.form.prefer
    }

    def order(way: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        return -sum(column in preferred for column in way), way

    return tuple(sorted(ways, key=order))


def contradicted_words(way: Sequence[int], row: Row, groups: Mapping[str, frozenset[int]]) -> int:
    """How many group headers a row's label contradicts: named and not used, or used and not named."""
    return sum(
        (word in row.label) != (not columns.isdisjoint(way)) for word, columns in groups.items()
    )


def named_groups(grid: Grid) -> dict[str, frozenset[int]]:
    """The columns under each group header whose first word some rows' labels echo, and others not.

    A group of one word stands for itself only: a table whose labels all carry the word, or none,
    says nothing by it.
    """
    labels = [row.label for row in grid.rows if row.label and row.numbers]
    found: dict[str, set[int]] = {}
    for index, column in enumerate(grid.columns):
        if len(column.path) < 2 or len(column.path[-2]) < _WORD:
            continue
        word = column.path[-2][:_WORD]
        if word.isdigit() or not any(word in label for label in labels):
            continue
        if not all(word in label for label in labels):
            found.setdefault(word, set()).add(index)
    return {word: frozenset(columns) for word, columns in found.items()}
