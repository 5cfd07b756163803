"""Rows whose label several codes carry, and rows that repeat their parent's code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fiscograph.budget import CodeList
from fiscograph.forms.grid import Row
from fiscograph.forms.labels import level_of, plain_label


def settled_keys(rows: Sequence[Row], listed: CodeList) -> tuple[Row, ...]:
    """Uncoded rows whose label several codes carry take the one that their neighbours tell.

    That is the code of the next coded row or one that begins it, else a code under the class that
    the rows before stand under; where neither tells, the row has no key.
    """
    settled: list[Row] = []
    for index, row in enumerate(rows):
        codes = listed.codes_of(plain_label(row.label)) if row.code is None and row.key else ()
        if len(codes) > 1:
            following = next((other.code for other in rows[index + 1 :] if other.code), "")
            above = next((other.key for other in reversed(settled) if other.key), "") or ""
            key = next((code for code in codes if following and following.startswith(code)), None)
            key = key or next((code for code in codes if above and code[:3] == above[:3]), None)
            level = level_of(key) + 1 if key else row.level
            settled.append(replace(row, key=key, level=level))
        elif settled and _is_sub_item(row, settled[-1]):
            # A sub-item or a project printed once more under its parent's code.
            settled.append(replace(row, key=None, level=level_of(row.code or "") + 2))
        else:
            settled.append(row)
    return tuple(settled)


def _is_sub_item(row: Row, above: Row) -> bool:
    """Whether a row repeats the code of the row above under another label."""
    if row.code is None or plain_label(row.label) == plain_label(above.label):
        return False
    named = above.code is None and above.key == row.code
    return named or (above.code == row.code and above.key is None)
