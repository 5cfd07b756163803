"""Headers of flat text as trees: each printed line one level, groups above what they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fiscograph.forms.grid import Column
from fiscograph.forms.headers.drawn import year_of
from fiscograph.forms.headers.flat import NO_AMOUNT, YEAR, flat_columns, line_of_all
from fiscograph.forms.schema import ColumnSpec, Form
from fiscograph.tables import Line

# What names the whole of the group that it stands under.
_WHOLES = frozenset({"小计", "合计", "总计"})
# No header has more lines that each print whole words.
_DEEPEST = 4
# Fewer words, each on its line, may as well be one folded header.
_LEAST = 2
# What heads the labels and codes of rows.
_ROWS = re.compile(r"科目|名称|编码|代码|类型|类别|经济分类|功能分类")
_SIDES = frozenset({"收入", "支出", "项目"})
_NO_HEADS = _SIDES | {"数量", "采购数量", "计量单位", "单位"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """A header with nothing below it, and the groups above it, the outermost first."""

    text: str
    above: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.above, self.text)


def columns_of(
    form: Form, header: Sequence[Line], above: Sequence[Line], width: int
) -> tuple[Column, ...]:
    """The columns of a flat table: as its header's tree has them, where that tells more.

    Args:
        form: the recognised form.
        header: the lines that print no row.
        above: those of them above the rows.
        width: the most numbers that a row prints.
    """
    flat = flat_columns(form, header)
    tree = tree_columns(form, above, width)
    return flat if tree is None or _keys(tree) == _keys(flat) else tree


def is_in_order(form: Form, columns: Sequence[Column], header: Sequence[Line], width: int) -> bool:
    """Whether the header tells in which order columns stand: as a tree, or on one line of it."""
    tree = tree_columns(form, header, width)
    if tree is not None and _keys(tree) == _keys(columns):
        return True
    keys = _keys(columns)
    found = [spec for spec in form.amount_columns if spec.key in keys]
    return len(keys) < 2 or line_of_all(found, header) is not None


def _keys(columns: Sequence[Column]) -> list[str]:
    return [column.key for column in columns]


def tree_columns(form: Form, header: Sequence[Line], width: int) -> tuple[Column, ...] | None:
    """The amount columns of a header whose words stand whole on their lines, in printed order.

    Args:
        form: the recognised form.
        header: the lines above the rows.
        width: the most numbers that a row prints.

    Returns:
        as many columns as the header has leaves, or None where it is not clear which words stand
        under which, or where fewer are named than a row prints.
    """
    levels = [words for line in header if (words := _amount_words(line, form))]
    torn = any(word.number is not None for line in header for word in line.words)
    if not levels or torn:
        return None
    if len(levels) > _LEAST and all(len(words) == 1 for words in levels):
        found = [
            columns
            for cut in _cuts([words[0] for words in levels])
            if (columns := _columns(form, cut, width)) is not None
        ]
        return found[0] if len(found) == 1 else None
    return _columns(form, levels, width) if len(levels) <= _DEEPEST else None


def _cuts(words: Sequence[str]) -> list[list[Sequence[str]]]:
    """One word a line: the levels that they may make, each level following the last."""
    size = len(words)
    return [
        [words],
        *([words[:at], words[at:]] for at in range(1, size)),
        *(
            [words[:at], words[at:on], words[on:]]
            for at in range(1, size)
            for on in range(at + 1, size)
        ),
    ]


def _columns(form: Form, levels: Sequence[Sequence[str]], width: int) -> tuple[Column, ...] | None:
    """The columns of the leaves of levels, if each is sure and no two are the same."""
    leaves = _leaves(form, levels)
    if leaves is None or len(leaves) < max(width, 2):
        return None
    if any(_is_folded(leaf, form) for leaf in leaves):
        return None
    columns: list[Column] = []
    used: set[tuple[str, int | None]] = set()
    for leaf in leaves:
        spec = _spec(leaf, form, leaves)
        year = year_of(leaf.path)
        key = spec.key if spec is not None else ""
        if key and (key, year) in used:
            return None
        used.add((key, year))
        columns.append(Column(key=key, path=_path(leaf), year=year))
    known = sum(bool(column.key) for column in columns)
    return tuple(columns) if known * 2 >= len(columns) else None


def _is_folded(leaf: _Leaf, form: Form) -> bool:
    """Whether the words of a path are pieces of one header, broken over lines."""
    names = {alias for spec in form.columns for alias in (*spec.aliases, *spec.last, *spec.under)}
    words = [_bare(text) for text in leaf.path]
    whole = "".join(words)
    if len(words) > 1 and (whole in names or any(a + b in names for a, b in pairwise(words))):
        return True
    return any(
        word not in names and any(name.startswith(word) and name != word for name in names)
        for word in words
    )


def _path(leaf: _Leaf) -> tuple[str, ...]:
    return tuple(part for part in leaf.path if part not in _SIDES)


def _amount_words(line: Line, form: Form) -> list[str]:
    """The words of a header line that may head amounts."""
    labels = {alias for spec in form.columns if not spec.is_amount for alias in spec.aliases}
    amounts = {alias for spec in form.amount_columns for alias in (*spec.aliases, *spec.last)}
    return [
        word.squeezed
        for word in line.words
        if word.number is None
        and word.squeezed not in NO_AMOUNT
        and (word.squeezed not in labels or word.squeezed in amounts)
        and word.squeezed not in _NO_HEADS
        and (word.squeezed in amounts or _ROWS.search(word.squeezed) is None)
    ]


def _leaves(form: Form, levels: Sequence[Sequence[str]]) -> list[_Leaf] | None:
    """The leaves of a header, left to right; None where a line's words have no sure group above."""
    below: list[_Leaf] = []
    for depth in range(len(levels) - 1, -1, -1):
        words = levels[depth]
        if not below:
            below = [_Leaf(text=word) for word in words]
            continue
        places = _groups(form, words, below)
        if places is None:
            return None
        row: list[_Leaf] = []
        share = len(below) // len(places)
        for at, word in enumerate(words):
            if at in places:
                start = places.index(at) * share
                own = below[start : start + share]
                if any(leaf.text in _WHOLES and not leaf.above for leaf in own[1:]):
                    return None  # the whole of a group is the first of it
                row += [_Leaf(text=leaf.text, above=(word, *leaf.above)) for leaf in own]
            else:
                row.append(_Leaf(text=word))
        below = row
    return below


def _groups(form: Form, words: Sequence[str], below: Sequence[_Leaf]) -> list[int] | None:
    """Which words of a line are groups of what stands on the next one.

    One group covers all of it; several share it evenly, where each covers the same words.
    """
    covers = {cover for spec in form.amount_columns for cover in spec.under}
    names = {
        alias: spec.key for spec in form.amount_columns for alias in (*spec.aliases, *spec.last)
    }
    lower = {names[_bare(leaf.text)] for leaf in below if _bare(leaf.text) in names}
    wholes = {identity.total for identity in form.identities if lower & set(identity.parts)}
    groups = []
    for at, word in enumerate(words):
        plain = _bare(word)
        key = names.get(plain)
        if (
            plain in covers
            or key is None
            or (key in lower and plain not in _WHOLES)
            or (lower and any(lower <= set(s.above) for s in form.amount_columns if s.key == key))
            or (
                key in wholes
                and any(leaf.text in _WHOLES for leaf in below)
                and plain not in _WHOLES
            )
        ):
            groups.append(at)
    if len(groups) == 1:
        return groups
    if not groups or len(below) % len(groups):
        return None
    share = len(below) // len(groups)
    pieces = [
        [leaf.path for leaf in below[start : start + share]]
        for start in range(0, len(below), share)
    ]
    return groups if all(piece == pieces[0] for piece in pieces) else None


def _bare(text: str) -> str:
    """A header without the year that leads it; a year alone is itself."""
    return YEAR.sub("", text) or text


def _spec(leaf: _Leaf, form: Form, leaves: Sequence[_Leaf]) -> ColumnSpec | None:
    """The form's column that a leaf names; 小计 is the whole of the group that it stands under."""
    above = [_bare(text) for text in leaf.above]
    text = _bare(leaf.text)
    specs = form.amount_columns
    exact = [spec for spec in specs if text in spec.aliases]
    covered = [spec for spec in exact if any(cover in above for cover in spec.under)]
    if covered:
        return covered[0]
    if text in _WHOLES and above:
        own = [spec for spec in specs if above[-1] in (*spec.aliases, *spec.under)]
        own = [spec for spec in own if not spec.under or text in spec.aliases]
        if own:
            return own[0]
    free = [spec for spec in exact if not spec.under]
    if free:
        return free[0]
    weak = [spec for spec in specs if text in spec.last]
    only = not any(
        other is not leaf and _bare(other.text) in spec.aliases for spec in weak for other in leaves
    )
    return weak[0] if weak and only else None
