"""The fields of a target sheet: how their labels are known, and how what is printed away from its
label finds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from fiscograph.budget import Unit
from fiscograph.forms.schema import SheetWords
from fiscograph.forms.sheets.indicator_tail import part_of
from fiscograph.forms.sheets.indicators import IndicatorRow, joined_text
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

AMOUNTS = frozenset({"total", "upper", "own", "other", "fiscal"})
# An amount that is none of the project's of this filing: what an evaluation prints as planned.
ELSE = "amount_else"
_VERTICAL_RUN = 3
_PARAGRAPH = 40
_LABELS_FIRST = 3
_TEXT_FIELDS = ("overview", "basis", "schedule", "goals")
_UNIT = r"(?P<unit>亿元|万元|千元|元)"
_WITH_UNIT = re.compile(rf"(?P<number>\d[\d,]*(?:\.\d+)?)\s*{_UNIT}[。;；]?")
_UNIT_ALONE = re.compile(_UNIT)
_UNIT_IN_BRACKETS = re.compile(rf"\({_UNIT}\)")
_UNKNOWN_LABEL = re.compile(r"[^\d,。;]{2,12}[:：]")
_ASIDE = re.compile(r"\((?:元|千元|万元|亿元|%|[^()]*年[^()]*)\)\Z")
_LABELLED = re.compile(r"(?:其中[:：]\s*)?(?P<label>[^:：]{2,16})[:：]\s*(?P<value>\S.*)")


@dataclass(slots=True)
class OpenField:
    """A field whose text is still being read."""

    key: str
    label: str
    span: Span
    cells: list[Cell] = field(default_factory=list)
    group: str = ""
    term: str | None = None
    drawn: bool = False
    printed_unit: Unit | None = None
    column: str = ""
    spent: bool = False


def take_amount(item: OpenField, cell: Cell) -> bool:
    """Give an open amount a number that its unit is printed with, or the unit after its number.

    156.80万元 is taken apart: the number is the amount, its unit the field's own. Returns whether
    the cell was one of these.
    """
    alone = _UNIT_ALONE.fullmatch(cell.squeezed)
    if alone is not None and item.cells and item.cells[-1].number is not None:
        item.printed_unit = item.printed_unit or Unit.from_printed(alone["unit"])
        return True
    match = _WITH_UNIT.fullmatch(cell.text)
    if match is None or item.cells:
        return False
    item.cells.append(part_of(cell, match.start("number"), match.end("number")))
    item.printed_unit = Unit.from_printed(match["unit"])
    return True


def take_unit(fields: Sequence[OpenField], cell: Cell) -> bool:
    """Give the unit that stands folded off under 预算资金 to all amounts that it labels."""
    match = _UNIT_IN_BRACKETS.fullmatch(cell.squeezed)
    if match is None or not fields or fields[-1].key not in AMOUNTS:
        return False
    for item in reversed(fields):
        if item.key not in AMOUNTS:
            break
        item.group = f"{item.group}{match[0]}"
    return True


def key_of_label(squeezed: str, words: SheetWords) -> str | None:
    """The field that a label prints, with what may stand around it: 其中:, (万元), a colon."""
    label = bare(squeezed).removeprefix("其中:")
    return words.fields.get(label) or words.fields.get(bare(without_aside(label)))


def without_aside(squeezed: str) -> str:
    """A label without what may stand in brackets behind it: a unit, a year."""
    return _ASIDE.sub("", squeezed)


def printed_label(printed: Sequence[Cell], key: str, words: SheetWords) -> Cell | None:
    """The first label of a field among words in reading order, with the unit that is folded off it.

    Takes the words of one sheet, gives the label as it is printed (``当年预算（元）``) at the place of
    its first piece, or None where the field is not labelled in one word.
    """
    for cell, following in zip_longest(printed, printed[1:]):
        if key_of_label(cell.squeezed, words) != key:
            continue
        folded = following is not None and _ASIDE.fullmatch(bare(following.squeezed)) is not None
        return replace(cell, text=cell.text + following.text) if folded else cell
    return None


def labelled(cell: Cell, words: SheetWords) -> tuple[str, Cell, Cell] | None:
    """The field, label and value that one cell prints together: 项目名称：某项目."""
    match = _LABELLED.fullmatch(cell.text)
    key = key_of_label(squeeze(match["label"]), words) if match is not None else None
    if match is None or key is None:
        return None
    value = part_of(cell, match.start("value"), match.end("value"))
    return key, part_of(cell, match.start("label"), match.end("label")), value


def is_unknown_label(cell: Cell) -> bool:
    """Whether a word ends with a colon as a label does: 项目执行人： on the line of another field."""
    return _UNKNOWN_LABEL.fullmatch(cell.squeezed) is not None


def bare(squeezed: str) -> str:
    """A label without the colon after it."""
    return squeezed.rstrip(":")


def named_late(
    rows: Sequence[IndicatorRow], pending: Sequence[Cell], words: SheetWords
) -> list[IndicatorRow]:
    """Rows whose names are printed in a column of their own after all rows, in the same order."""
    heading = next(
        (
            i
            for i, cell in enumerate(pending)
            if words.indicator_columns.get(cell.squeezed) == "name"
        ),
        None,
    )
    if heading is None or any(row.name for row in rows):
        return list(rows)
    names: list[list[Cell]] = []
    for before, cell in zip(pending[heading:], pending[heading + 1 :], strict=False):
        # A blank line stands between two names, none between the lines of a folded one.
        if names and cell.span.line - before.span.line == 1:
            names[-1].append(cell)
        else:
            names.append([cell])
    if len(names) != len(rows):
        return list(rows)
    return [
        replace(row, name=joined_text(name), spans=(*row.spans, *(cell.span for cell in name)))
        for row, name in zip(rows, names, strict=True)
    ]


def settle_late(fields: Sequence[OpenField]) -> None:
    """Give values that are printed after all the labels to the fields they can only belong to.

    A number goes to the amount, a coded name to the body, paragraphs to the text fields in order.
    """
    labels = next((i for i, item in enumerate(fields) if item.cells), len(fields))
    if labels < _LABELS_FIRST:
        return
    cells = [cell for item in fields[labels:] for cell in item.cells]
    for item in fields[labels:]:
        item.cells = []
    empty = {item.key: item for item in reversed(fields)}
    texts = [empty[key] for key in _TEXT_FIELDS if key in empty]
    for cell in cells:
        if cell.number is not None and "total" in empty:
            empty["total"].cells.append(cell)
        elif re.search(r"\d{3,}-\D", cell.text) and ("body" in empty or "unit" in empty):
            (empty.get("body") or empty["unit"]).cells.append(cell)
        elif texts and (len(cell.text) > _PARAGRAPH or texts[0].cells):
            texts[0].cells.append(cell)
        else:
            fields[-1].cells.append(cell)


def settle_terms(fields: Sequence[OpenField]) -> None:
    """Where a sheet prints the medium term beside the year, of two amounts of one name on one line
    the first is the medium term's.
    """
    if all(item.term is None for item in fields):
        return
    amounts = [item for item in fields if item.key in AMOUNTS and item.cells]
    for before, item in pairwise(amounts):
        if before.key == item.key and before.span.line == item.span.line:
            before.term = "medium"


def without_vertical(lines: Sequence[Line], header: list[int]) -> list[Line]:
    """The lines without labels that are printed downwards, one character a line."""
    kept: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if len(line.squeezed) == 1 and not line.squeezed.isdigit() and not line.drawn:
            run.append(line)
            continue
        kept.extend(_settle_run(run, header))
        run = []
        kept.append(line)
    kept.extend(_settle_run(run, header))
    return kept


def _settle_run(run: Sequence[Line], header: list[int]) -> list[Line]:
    if len(run) >= _VERTICAL_RUN:
        header.extend(line.number for line in run)
        return []
    return list(run)
