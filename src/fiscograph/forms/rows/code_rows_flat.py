"""Coded rows whose cells are not drawn: labels may be folded, and may stand around their code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from fiscograph.budget import CodeList, label_key
from fiscograph.forms.alignment.side_by_side import one_below_another
from fiscograph.forms.grid import Row
from fiscograph.forms.headers.flat import flat_columns
from fiscograph.forms.headers.tree import columns_of, is_in_order
from fiscograph.forms.labels import (
    BODY_END,
    TOTAL_LABELS,
    is_code,
    joined_label,
    level_of,
    plain_label,
)
from fiscograph.forms.rows.codes import leading_code, with_codes_apart, with_codes_whole
from fiscograph.forms.rows.ordinals import without_ordinals
from fiscograph.forms.rows.row_keys import nested_bodies, of_bodies, settled_keys, under_items
from fiscograph.forms.rows_read import (
    OUTSIDE,
    RowsRead,
    damaged_spans,
    is_column_numbers,
    is_money,
    is_whole,
    number_cells,
    outside_last,
    trailing_numbers,
)
from fiscograph.forms.schema import Form
from fiscograph.tables import Cell, Line, squeeze

_NOTE = re.compile(r"\(?(备注|注|说明)[:：]")
# So many codes without a label are no accident of one row.
_SCRAMBLED = 3
_ECONOMIC = "departmental-economic"
_GOVERNMENT_CLASS = re.compile(r"5[01]\d(?:\d\d)?")
_UNIT_CODE = re.compile(r"\d{3}|\d{6,9}")
_BODY_CODE = re.compile(r"\d{3,9}")


def read_flat(form: Form, lines: Sequence[Line], listed: CodeList) -> RowsRead:
    reader = _FlatReader(form, listed, whole=is_whole(lines))
    counted = without_ordinals(lines)
    apart = [with_codes_apart(line, form.scheme) for line in counted.lines]
    whole = with_codes_whole(apart, form.scheme)
    ordered = one_below_another(whole, form)
    for line, following in zip_longest(ordered, ordered[1:]):
        if _NOTE.match(line.squeezed) or is_column_numbers(line):
            reader.header.append(line)
            continue
        reader.take(line, following)
    first = min((row.line for row in reader.rows), default=0)
    header = _without_repeats(reader.header)
    columns = flat_columns(form, header)
    width = max((len(row.numbers) for row in reader.rows), default=0)
    over = [line for line in header if line.number < first]
    above = flat_columns(form, over)
    if (
        not _heads_groups(form, over)
        and ordered == whole
        and (tree := columns_of(form, header, over, width)) != columns
    ):
        columns = tree
    elif len(columns) > len(above) >= width > 0:
        # A header may be printed after its data; where it is not, notes below name no columns.
        columns = above
    beside = ordered != whole or _heads_groups(form, over)
    if beside and all(len(row.numbers) < 2 for row in reader.rows):
        # Classes side by side print one amount each; what heads the groups heads no column.
        specs = [spec for spec in form.amount_columns if spec.key == "total"]
        columns = flat_columns(form, header, specs) or columns
    return RowsRead(
        columns=columns,
        rows=under_items(
            outside_last(
                nested_bodies(
                    settled_keys(counted.told(of_bodies(reader.rows, form, over, listed)), listed)
                )
            ),
            form,
        ),
        header=tuple(line.number for line in reader.header),
        scrambled=_is_scrambled(reader.rows),
        in_order=is_in_order(form, columns, over, width),
    )


def _is_scrambled(rows: Sequence[Row]) -> bool:
    """Whether codes or amounts stand apart from their labels: cells printed column by column."""
    if sum(not row.label and not row.code for row in rows) >= _SCRAMBLED:
        return True
    coded = [row for row in rows if row.code]
    bare = [row for row in coded if not row.label]
    return len(bare) >= _SCRAMBLED and len(bare) * 5 >= len(coded)


class _FlatReader:
    def __init__(self, form: Form, listed: CodeList, *, whole: bool) -> None:
        self.form = form
        self.whole = whole
        self.listed = listed
        self.rows: list[Row] = []
        self.header: list[Line] = []
        self.before: Line | None = None
        self.last_was_row = False
        self.filling = False

    def take(self, line: Line, following: Line | None) -> None:
        text, numbers = trailing_numbers(line)
        # A code alone on its line looks like a number; it opens a row.
        if not text and numbers and is_code(numbers[0].text, self.form.scheme):
            parts = leading_code(numbers, self.form.scheme)[1]
            text, numbers = numbers[:parts], numbers[parts:]
        code, parts = leading_code(text, self.form.scheme)
        behind = _behind_body(text, self.form.scheme)
        if behind:
            code, parts = behind, 1 + leading_code(text[1:], self.form.scheme)[1]
        item = self._item(text)
        if item is not None and (numbers or _goes_on_with_number(following)):
            self._open_item(item, text, numbers)
        elif code:
            self._start(code, text[:parts], text[parts:], numbers)
        elif not text and numbers:
            self._numbers_only(line, numbers)
            self.before = None
            return
        elif text and numbers and self._completes():
            self._complete(text, numbers)
        elif (
            text
            and self._is_label(text)
            and (numbers or _starts_total(line, following, self.form.scheme))
        ):
            self._labelled(text, numbers)
        elif text and not self._fold(text):
            if self.rows and self._outside(text, numbers):
                self.before, self.filling = None, False
                return
            self.header.append(line)
            self.before, self.last_was_row, self.filling = line, False, False
            return
        self.before, self.filling = None, False

    def _item(self, text: Sequence[Cell]) -> str | None:
        """The key of a row that the form knows by its label: 人员经费合计."""
        return self.form.items.get(plain_label("".join(cell.text for cell in text)))

    def _open_item(self, key: str, text: Sequence[Cell], numbers: Sequence[Cell]) -> None:
        self.rows.append(
            Row(
                label="".join(cell.text for cell in text),
                code=None,
                spans=tuple(cell.span for cell in text),
                numbers=number_cells(numbers),
                damaged=damaged_spans(numbers),
                level=1,
                role="subtotal",
                key=key,
            )
        )
        self.last_was_row = True

    def _outside(self, text: Sequence[Cell], numbers: Sequence[Cell]) -> bool:
        """A row of amounts that no code names: a body's subtotal, else one outside of the tree."""
        if not any("." in cell.text or "," in cell.text for cell in numbers):
            return False
        label = "".join(cell.text for cell in text if cell.number is None)
        body = next((cell.text for cell in text if _BODY_CODE.fullmatch(cell.text)), None)
        bodily = body is not None or BODY_END.search(squeeze(label)) is not None
        self.rows.append(
            Row(
                label=label,
                code=None,
                spans=tuple(cell.span for cell in text),
                numbers=number_cells(numbers),
                damaged=damaged_spans(numbers),
                level=1 if bodily else 0,
                role="subtotal" if bodily else OUTSIDE,
                body=body,
            )
        )
        self.last_was_row = True
        return True

    def _start(
        self, code: str, parts: Sequence[Cell], text: Sequence[Cell], numbers: Sequence[Cell]
    ) -> None:
        above = self.before
        beside = _beside(code, text)
        body = next((cell.text for cell in text[:beside] if cell.text != code), None)
        if _behind_body(parts, self.form.scheme):
            body = parts[0].text
        parts, text = (*parts, *text[:beside]), text[beside:]
        cut = _second_class(text) if self.form.scheme == _ECONOMIC else len(text)
        parts, text = (*parts, *text[cut:]), text[:cut]
        if not text and numbers and above is not None and above.squeezed not in TOTAL_LABELS:
            # The label is printed around the line of its code: its first half stands above.
            text = above.words
            self.header.remove(above)
        self.rows.append(
            Row(
                label="".join(cell.text for cell in text),
                code=code,
                spans=tuple(cell.span for cell in (*parts, *text)),
                numbers=number_cells(numbers),
                damaged=damaged_spans(numbers),
                level=level_of(code) + 1,
                body=body,
            )
        )
        self.last_was_row = True

    def _numbers_only(self, line: Line, numbers: Sequence[Cell]) -> None:
        last = self.rows[-1] if self.last_was_row else None
        # A row printed one cell a line goes on with each line of a single number.
        goes_on = self.filling and len(numbers) == 1
        if last is not None and (not _has_numbers(last) or goes_on):
            self.rows[-1] = replace(
                last,
                numbers=(*last.numbers, *number_cells(numbers)),
                damaged=(*last.damaged, *damaged_spans(numbers)),
            )
            self.filling = len(numbers) == 1
        # A whole number alone on its line may be the code of a body.
        elif any(is_money(cell, whole=self.whole and len(numbers) > 1) for cell in numbers):
            self.rows.append(
                Row(
                    label="",
                    code=None,
                    spans=(),
                    numbers=number_cells(numbers),
                    damaged=damaged_spans(numbers),
                    level=0,
                    role="total",
                )
            )
            self.last_was_row = True
        else:
            self.header.append(line)

    def _completes(self) -> bool:
        """Whether the last row, whose label is not whole yet, waits for its numbers."""
        last = self.rows[-1] if self.last_was_row else None
        if last is None or last.code is None or _has_numbers(last):
            return False
        return last.code not in self.listed.codes_of(last.label)

    def _complete(self, text: Sequence[Cell], numbers: Sequence[Cell]) -> None:
        last = self.rows[-1]
        self.rows[-1] = replace(
            last,
            label=last.label + "".join(cell.text for cell in text),
            spans=(*last.spans, *(cell.span for cell in text)),
            numbers=number_cells(numbers),
            damaged=damaged_spans(numbers),
        )

    def _is_label(self, text: Sequence[Cell]) -> bool:
        label = plain_label("".join(cell.text for cell in text))
        return label in TOTAL_LABELS or bool(self.listed.codes_of(label))

    def _labelled(self, text: Sequence[Cell], numbers: Sequence[Cell]) -> None:
        label = "".join(cell.text for cell in text)
        plain = plain_label(label)
        total = plain in TOTAL_LABELS
        codes = self.listed.codes_of(plain)
        self.rows.append(
            Row(
                label=label,
                code=None,
                spans=tuple(cell.span for cell in text),
                numbers=number_cells(numbers),
                damaged=damaged_spans(numbers),
                level=0 if total else level_of(codes[0]) + 1,
                role="total" if total else "item",
                key=None if total else codes[0],
            )
        )
        self.last_was_row = True

    def _fold(self, text: Sequence[Cell]) -> bool:
        """Whether a text line is the rest of the last row's label; mends it if so."""
        if not self.rows or not self.last_was_row:
            return False
        last = self.rows[-1]
        piece = "".join(cell.text for cell in text)
        if last.code is None:
            return False
        known = last.code in self.listed.codes_of(last.label)
        unread = not known and (not _has_numbers(last) or self._is_around(last))
        whole = joined_label(last.label, piece, self.listed, last.code)
        if whole is None and not unread and not self._begins_name(last, piece):
            return False
        self.rows[-1] = replace(
            last, label=last.label + piece, spans=(*last.spans, *(cell.span for cell in text))
        )
        return True

    def _begins_name(self, row: Row, piece: str) -> bool:
        """Whether a row's label and a piece begin a name of its code, which is folded more often."""
        entry = self.listed.by_code.get(row.code or "")
        begun = label_key(row.label + piece)
        return entry is not None and any(label_key(n).startswith(begun) for n in entry.labels)

    def _is_around(self, row: Row) -> bool:
        """Whether a row's label began on the line above its code, and may go on below it."""
        return row.spans[0].line > row.spans[-1].line


def _has_numbers(row: Row) -> bool:
    """Whether a row prints numbers, were it only what is left of one."""
    return bool(row.numbers or row.damaged)


def _behind_body(text: Sequence[Cell], scheme: str | None) -> str:
    """The code of a row that begins with that of its body, and prints its own in parts behind it."""
    if len(text) < 3 or _BODY_CODE.fullmatch(text[0].text) is None:
        return ""
    code, parts = leading_code(text[1:], scheme)
    return code if parts > 1 else ""


def _beside(code: str, text: Sequence[Cell]) -> int:
    """How many words between a code and its label are the unit's code, or the code once more."""
    count = 0
    while count + 1 < len(text) and (
        text[count].text == code or _UNIT_CODE.fullmatch(text[count].text)
    ):
        count += 1
    return count if count and not text[count].text[0].isdigit() else 0


def _heads_groups(form: Form, header: Sequence[Line]) -> bool:
    """Whether a header names the codes of several groups, each with one amount a row."""
    codes = {alias for spec in form.columns if spec.kind == "code" for alias in spec.aliases}
    named = [w.squeezed for line in header for w in line.words if len(w.squeezed) > 1]
    return max((named.count(code) for code in codes), default=0) > 1


def _goes_on_with_number(following: Line | None) -> bool:
    """Whether the next line prints one number and nothing else."""
    return (
        following is not None
        and len(following.words) == 1
        and is_money(following.words[0], whole=False)
    )


def _second_class(text: Sequence[Cell]) -> int:
    """Where a row's second classification begins, by its code (505 or 50501) behind the label."""
    return next(
        (at for at in range(1, len(text) - 1) if _GOVERNMENT_CLASS.fullmatch(text[at].text)),
        len(text),
    )


def _starts_total(line: Line, following: Line | None, scheme: str | None) -> bool:
    """Whether a line holds only a total's label and the next one only its first number."""
    if following is None or line.squeezed not in TOTAL_LABELS:
        return False
    only = following.words[0]
    return len(following.words) == 1 and only.number is not None and not is_code(only.text, scheme)


def _without_repeats(header: Sequence[Line]) -> list[Line]:
    """The header of the first printing: a continued table repeats it on each page."""
    notes = [line for line in header if not _NOTE.match(line.squeezed)]
    for size in range(1, len(notes) // 2 + 1):
        first = [line.squeezed for line in notes[:size]]
        if len(notes) % size == 0 and all(
            [line.squeezed for line in notes[start : start + size]] == first
            for start in range(0, len(notes), size)
        ):
            return notes[:size]
    return notes
