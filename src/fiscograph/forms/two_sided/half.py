"""One side of a line of a two-sided form, and what heads it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fiscograph.forms.grid import NumberCell
from fiscograph.forms.labels import Meaning
from fiscograph.forms.schema import Form
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

ORDINAL = "行次"
# So many labels below each other are no remark.
LABELS = 3
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One side of a line: its label, what that stands for, its numbers, the number of its line."""

    label: Cell
    meaning: Meaning
    numbers: tuple[NumberCell, ...]
    shifted: bool = False
    ordinal: tuple[Span, ...] = ()
    damaged: tuple[Span, ...] = ()


def is_item_header(form: Form, cell: Cell) -> bool:
    """Whether a cell heads the labels of a side."""
    text = squeeze(cell.text)
    return any(spec.kind == "label" and text in spec.aliases for spec in form.columns)


def heads_both(form: Form, line: Line) -> bool:
    """Whether a line heads the labels of two sides: it is the last of the header."""
    return sum(is_item_header(form, word) for word in line.words) >= 2


def is_damage(text: str) -> bool:
    """Whether a word only tells that there was a number."""
    return not any(char.isalnum() for char in text) and any(char in ",.#" for char in text)
