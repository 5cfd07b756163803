"""What a row's own words say of its columns, and the canonical order of rivals.

The order only picks among what the identities leave, it never proves: first comes the form's usual
column, then the columns from left to right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fiscograph.forms.grid import Grid, Row
from fiscograph.forms.schema import Grammar

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


def uneven_years(way: Sequence[int], grid: Grid) -> int:
    """How many columns a way fills in one year of a form for several years and not in another."""
    years: dict[int | None, set[str]] = {column.year: set() for column in grid.columns}
    for index in way:
        years[grid.columns[index].year].add(grid.columns[index].key)
    filled = [keys for keys in years.values() if keys]
    return sum(len(keys ^ filled[0]) for keys in filled[1:])


def contradicted_words(way: Sequence[int], row: Row, groups: Mapping[str, frozenset[int]]) -> int:
    """How many group headers a row's label contradicts: named and not used, or used and not named."""
    return sum(
        (word in row.label) != (not columns.isdisjoint(way)) for word, columns in groups.items()
    )


def named_groups(grid: Grid) -> dict[str, frozenset[int]]:
    """In a list of projects, the columns under each group header whose first word names echo.

    Names are free to say what group of money a project is paid from (年初特定目标: 2023年初专项-…);
    the labels of a classification are not, and a word that all names carry, or that a drawn row
    contradicts, says nothing.
    """
    if grid.form.grammar is not Grammar.PROJECT_LIST:
        return {}
    rows = [row for row in grid.rows if row.label and row.numbers]
    found: dict[str, set[int]] = {}
    for index, column in enumerate(grid.columns):
        if len(column.path) > 1 and len(column.path[-2]) >= _WORD:
            found.setdefault(column.path[-2][:_WORD], set()).add(index)
    groups = {word: frozenset(columns) for word, columns in found.items() if len(columns) > 1}
    return {
        word: columns
        for word, columns in groups.items()
        if not word.isdigit()
        and {word in row.label for row in rows} == {True, False}
        and not any(_is_contradicted(row, word, columns) for row in rows)
    }


def _is_contradicted(row: Row, word: str, columns: frozenset[int]) -> bool:
    """Whether the drawn cells of a row stand elsewhere than its words say."""
    drawn = {cell.column for cell in row.numbers if cell.column is not None}
    return len(drawn) == len(row.numbers) and (word in row.label) == columns.isdisjoint(drawn)
