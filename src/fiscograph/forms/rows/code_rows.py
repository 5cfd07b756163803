"""Rows that are known by a code of a classification: function and economic tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fiscograph.budget import CodeList
from fiscograph.forms.alignment.side_by_side import is_side_by_side
from fiscograph.forms.rows.code_rows_drawn import read_drawn
from fiscograph.forms.rows.code_rows_flat import read_flat
from fiscograph.forms.rows.codes import with_codes_apart
from fiscograph.forms.rows_read import RowsRead
from fiscograph.forms.schema import Form
from fiscograph.tables import Line


def read_code_rows(form: Form, lines: Sequence[Line], listed: CodeList) -> RowsRead:
    """Read the rows of a table whose rows carry codes.

    Args:
        form: the form; its scheme tells which numbers are codes.
        lines: the table's lines without titles and units; a continued table's lines follow on.
        listed: the classification, to mend folded labels and to find codes by label.
    """
    if sum(line.drawn for line in lines) * 2 > len(lines):
        if not is_side_by_side([with_codes_apart(line, form.scheme) for line in lines], form):
            return read_drawn(form, lines, listed)
        # Each group prints one amount a row: words in their order are all that is to be known.
        lines = [replace(line, cells=line.words, drawn=False) for line in lines if line.words]
    return read_flat(form, lines, listed)
