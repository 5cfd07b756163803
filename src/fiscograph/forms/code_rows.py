"""Rows that are known by a code of a classification: function and economic tables."""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph.budget import CodeList
from fiscograph.forms.code_rows_drawn import read_drawn
from fiscograph.forms.code_rows_flat import read_flat
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
        return read_drawn(form, lines, listed)
    return read_flat(form, lines, listed)
