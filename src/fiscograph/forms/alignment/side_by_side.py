"""Coded rows printed side by side: cut and put one group below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from fiscograph.forms.labels import is_code, plain_label
from fiscograph.forms.schema import Form
from fiscograph.tables import Line

# A table is printed side by side where several of its lines are; one line may only look so.
_LEAST = 3


def one_below_another(lines: Sequence[Line], form: Form) -> list[Line]:
    """Lines that print several coded rows side by side, group by group.

    Args:
        lines: the table's lines; codes are cells of their own.
        form: its form, whose scheme tells codes and whose items are rows without one.

    Returns:
        the lines as they are where fewer than three print several rows.
    """
    if not is_side_by_side(lines, form):
        return list(lines)
    cut = [(line, _pieces(line, form)) for line in lines]
    starts = _starts(cut, form)
    groups: list[list[Line]] = [[] for _ in starts]
    for line, pieces in cut:
        if len(pieces) > 1:
            for at, piece in enumerate(pieces):
                groups[min(at, len(groups) - 1)].append(piece)
        else:
            groups[_group_of(line, starts, groups, form)].append(line)
    return [piece for group in groups for piece in group]


def is_side_by_side(lines: Sequence[Line], form: Form) -> bool:
    """Whether a table prints several coded rows on a line."""
    cut = [_pieces(line, form) for line in lines]
    return sum(len(pieces) > 1 and _coded(pieces[1], form) for pieces in cut) >= _LEAST


def _starts(cut: Sequence[tuple[Line, Sequence[Line]]], form: Form) -> list[int]:
    """Where each group begins: the leftmost code that stands there."""
    found: dict[int, list[int]] = {}
    for _, pieces in cut:
        if len(pieces) > 1:
            for at, piece in enumerate(pieces):
                if _coded(piece, form):
                    found.setdefault(at, []).append(piece.words[0].span.start)
    return [min(found[at]) for at in sorted(found)]


def _group_of(
    line: Line, starts: Sequence[int], groups: Sequence[Sequence[Line]], form: Form
) -> int:
    """The group of a line that prints one row or less of it.

    A code follows the codes of its class; other words stand where their group does.
    """
    if _coded(line, form):
        own = line.words[0].text
        for at, group in enumerate(groups):
            last = next((w.words[0].text for w in reversed(group) if _coded(w, form)), "")
            if last and last[:3] == own[:3] and own >= last:
                return at
        return (
            len(groups) - 1 if any(groups) and not _aligned(line, starts) else _place(line, starts)
        )
    if not any(groups):
        return 0
    return _place(line, starts) if _aligned(line, starts) else 0


def _aligned(line: Line, starts: Sequence[int]) -> bool:
    """Whether a line is indented, so that its place tells its group."""
    return line.words[0].span.start >= starts[0] and len(starts) > 1 and starts[1] - starts[0] > 1


def _place(line: Line, starts: Sequence[int]) -> int:
    own = line.words[0].span.start
    near = [at for at, start in enumerate(starts) if own >= start - 2]
    return near[-1] if near else 0


def _coded(line: Line, form: Form) -> bool:
    return bool(line.words) and is_code(line.words[0].text, form.scheme)


def _pieces(line: Line, form: Form) -> list[Line]:
    """A line cut before each code or item that follows other words and is followed by a label."""
    words = line.words
    cuts = [
        at
        for at in range(2, len(words) - 1)
        if (
            is_code(words[at].text, form.scheme)
            and words[at + 1].number is None
            and not words[at - 1].text.isdigit()
        )
        or plain_label(words[at].text) in form.items
    ]
    if not cuts or not (_coded(line, form) or plain_label(words[0].text) in form.items):
        return [line]
    bounds = [0, *cuts, len(words)]
    return [
        replace(line, cells=words[start:end], text=" ".join(c.text for c in words[start:end]))
        for start, end in pairwise(bounds)
    ]
