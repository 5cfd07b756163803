"""Amounts that the narrative tells of a table's columns: 公务接待费 12万元."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from fiscograph.budget import Unit
from fiscograph.forms.schema import FormBook, Grammar
from fiscograph.tables import Line, number_of

_AMOUNT = r"(?:预算数|预算|支出|共计|合计|为|是|安排|[:：(（])*(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|千元|元)"


def told_amounts(narrative: Sequence[Line], book: FormBook) -> Mapping[str, Decimal]:
    """What the narrative says, in yuan, by the key of the column of the 三公 forms.

    A column is told where one of its headers is directly followed by an amount; where the narrative
    tells one column two amounts, the first is taken: the filing's own year comes first.
    """
    text = "".join(line.squeezed for line in narrative)
    told: dict[str, Decimal] = {}
    for form in book.forms:
        if form.grammar is not Grammar.ITEM_COLUMNS or form.scheme is None:
            continue
        for column in form.amount_columns:
            for alias in column.aliases:
                match = re.search(re.escape(alias) + _AMOUNT, text) if len(alias) > 3 else None
                value = number_of(match["number"]) if match else None
                if match is not None and value is not None:
                    amount = value * Unit.from_printed(match["unit"]).value
                    told.setdefault(column.key, amount)
    return told
