"""Rows whose label several codes carry, and rows that repeat their parent's code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fiscograph.budget import CodeList
from fiscograph.forms.grid import Row
from fiscograph.forms.labels import level_of, plain_label
from fiscograph.forms.schema import Form
from fiscograph.tables import Line


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
        elif settled and _is_sub_item(row, settled[-1], listed):
            # A sub-item or a project printed once more under its parent's code.
            settled.append(replace(row, key=None, level=level_of(row.code or "") + 2))
        else:
            settled.append(row)
    return tuple(settled)


def of_bodies(
    rows: Sequence[Row], form: Form, header: Sequence[Line], listed: CodeList
) -> tuple[Row, ...]:
    """Rows of a table of bodies: what its header calls their codes are no classes (204 某局)."""
    heads = {word.squeezed for line in header for word in line.words}
    kinds = {spec.kind for spec in form.columns if heads & set(spec.aliases)}
    if "body" not in kinds or "code" in kinds:
        return tuple(rows)
    return tuple(
        replace(row, code=None, body=row.code, role="subtotal", level=1)
        if row.code is not None and row.code not in listed.codes_of(plain_label(row.label))
        else row
        for row in rows
    )


def nested_bodies(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with a unit below its department where its code begins with that of the department.

    What stands below bodies moves down by as many levels as the bodies take.
    """
    depth_of: dict[int, int] = {}
    above: list[str] = []
    for index, row in enumerate(rows):
        if row.role != "subtotal" or row.body is None:
            continue
        while above and not (row.body.startswith(above[-1]) and row.body != above[-1]):
            above.pop()
        depth_of[index] = len(above)
        above.append(row.body)
    deepest = max(depth_of.values(), default=0)
    if not deepest:
        return tuple(rows)
    return tuple(
        replace(row, level=row.level + depth_of.get(index, deepest if row.level > 1 else 0))
        for index, row in enumerate(rows)
    )


def under_items(rows: Sequence[Row], form: Form) -> tuple[Row, ...]:
    """Rows that sum classes printed elsewhere, each before the classes that it covers.

    人员经费合计 stands below the classes printed side by side, and sums 301 and 303 of them.
    """
    items = [row for row in rows if row.role == "subtotal" and form.covers.get(row.key or "")]
    rest = [row for row in rows if row not in items]
    ordered = [row for row in rest if row.level == 0]
    taken: list[Row] = []
    for item in items:
        covered = form.covers[item.key or ""]
        below = [
            row for row in rest if row.level > 0 and (row.code or row.key or "")[:3] in covered
        ]
        ordered += [item, *below]
        taken += below
    left = [row for row in rest if row.level > 0 and row not in taken]
    return (*ordered, *left) if items else tuple(rows)


def _is_sub_item(row: Row, above: Row, listed: CodeList) -> bool:
    """Whether a row repeats the code of the row above under another label."""
    if row.code is None or plain_label(row.label) == plain_label(above.label):
        return False
    named = above.code is None and above.key == row.code
    if above.code == row.code == above.key:
        # The class by its own name, then what is below it by another that no class has. Where the
        # list does not know the class, the same amounts tell that it is printed once more.
        amounts = [cell.value for cell in row.numbers]
        again = bool(amounts) and amounts == [cell.value for cell in above.numbers]
        named_above = row.code in listed.codes_of(plain_label(above.label))
        return (named_above or again) and not listed.codes_of(plain_label(row.label))
    return named or (above.code == row.code and above.key is None)
