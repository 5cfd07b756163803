"""Projects that the running text accounts for under headings of its own: 某专项经费情况说明.

Filings of Shanghai and others print no sheet for a project but a section: 一、项目概述, 二、立项依据,
三、实施主体, 四、实施方案, 五、实施周期, 六、年度预算安排, 七、绩效目标.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fiscograph.budget import Unit
from fiscograph.forms.labels import BODY_END
from fiscograph.forms.schema import AccountWords, Form
from fiscograph.forms.sheets.indicator_tail import part_of
from fiscograph.forms.sheets.sheet import Sheet, SheetField
from fiscograph.provenance import Span
from fiscograph.tables import Cell, Line, squeeze

_HEADING = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]\s*(?P<label>[^，。；]{2,12}?)\s*[:：]?"
)
# A heading that its text follows on the line: （2）立项依据。根据…
_RUN_IN = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]\s*(?P<label>[^，。；:：]{2,12}?)\s*"
    r"(?:[。.:：]\s*(?P<rest>.*))?"
)
_FIRST = frozenset({"overview", "basis"})
# A section has this many of the known headings, the basis of the project among them.
_LEAST = 3
_LONGEST_NAME, _LONGEST_BODY = 40, 40
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|千元|元|万)(?!\s*/)"


def read_accounts(
    narrative: Sequence[Line], form: Form, words: AccountWords
) -> tuple[tuple[Sheet, ...], tuple[Line, ...]]:
    """The sections of the running text that account for one project each.

    Args:
        narrative: the lines outside of every table.
        form: the form of such a section.
        words: how its title ends and its headings are worded.

    Returns:
        a sheet for each section, and the lines outside of them.
    """
    starts = [at for at in range(len(narrative)) if _opens(narrative, at, words)]
    sheets: list[Sheet] = []
    taken: set[int] = set()
    for start, limit in pairwise([*starts, len(narrative)]):
        section = _section(narrative[start:limit], words)
        sheet = _sheet(section, form, words)
        if sheet is not None:
            sheets.append(sheet)
            taken |= {line.number for line in section}
    return tuple(sheets), tuple(line for line in narrative if line.number not in taken)


def _opens(lines: Sequence[Line], at: int, words: AccountWords) -> bool:
    """Whether a line is the title of a section: the next one is the first of its headings."""
    title = lines[at].squeezed
    if len(title) > _LONGEST_NAME or at + 1 == len(lines):
        return False
    key = _label(lines[at + 1], words)
    if words.title.fullmatch(title):
        return key is not None
    named = words.title_else.fullmatch(title) is not None
    return named and key in _FIRST and not _label(lines[at], words)


def _label(line: Line, words: AccountWords) -> str | None:
    """The key of a heading of such a section, "" for any other heading, None for other lines."""
    text = line.text.strip()
    run_in = _RUN_IN.fullmatch(text)
    known = words.headings.get(squeeze(run_in["label"])) if run_in is not None else None
    if known is not None:
        return known
    match = _HEADING.fullmatch(text)
    return None if match is None else ""


def _section(lines: Sequence[Line], words: AccountWords) -> list[Line]:
    """The lines of a section: up to a heading that none of such a section is, or a table."""
    kept = [lines[0]]
    for before, line in pairwise(lines):
        between = line.number - before.number - 1
        if between > line.gap or _label(line, words) == "":
            break
        kept.append(line)
    return kept


def _sheet(lines: Sequence[Line], form: Form, words: AccountWords) -> Sheet | None:
    texts: dict[str, list[Cell]] = {}
    labels: dict[str, Cell] = {}
    key = ""
    for line in lines[1:]:
        whole = _whole(line)
        found = _label(line, words)
        if found:
            if found in labels:
                return None
            key, (labels[found], rest) = found, _parted(whole)
            if rest is not None:
                texts.setdefault(key, []).append(rest)
        elif key:
            texts.setdefault(key, []).append(whole)
    if len(labels) < _LEAST or "basis" not in texts:
        return None
    title = _whole(lines[0])
    name = _name(title, words)
    fields = [
        SheetField(key="project_name", label="项目名称", label_span=title.span, cells=(name,)),
        *_told(texts, labels),
    ]
    amount = _amount(texts.get("appropriation", ()), words)
    return Sheet(
        form=form,
        title=title.text,
        title_span=title.span,
        unit=None,
        fields=(*fields, *([amount] if amount is not None else [])),
        indicators=(),
        lines=tuple(line.number for line in lines),
        header_lines=(),
    )


def _name(title: Cell, words: AccountWords) -> Cell:
    """The project's name in the title of its section, without what numbers or ends that."""
    ending = words.title_end.search(title.text)
    if ending is not None:
        return part_of(title, 0, ending.start())
    match = words.title_else.fullmatch(title.text)
    return title if match is None else part_of(title, match.start("name"), match.end("name"))


def _parted(whole: Cell) -> tuple[Cell, Cell | None]:
    """A heading and the text that follows it on its line."""
    match = _RUN_IN.fullmatch(whole.text)
    if match is None or not match["rest"]:
        return whole, None
    begin, end = match.span("rest")
    # What names one thing and is no sentence needs no full stop: a body, a term.
    end -= len(match["rest"]) - len(match["rest"].rstrip("。"))
    heading = part_of(whole, 0, match.end("label"))
    return heading, part_of(whole, begin, end) if end > begin else None


def _told(texts: dict[str, list[Cell]], labels: dict[str, Cell]) -> list[SheetField]:
    """The texts under the headings; who runs the project is a body only where one is named."""
    fields = []
    for heading, cells in texts.items():
        # Divisions, or the story of who builds what, are no body's name.
        told = heading == "unit" and not _is_body(cells)
        key = "executor" if told else heading
        label = labels[heading]
        match = _RUN_IN.fullmatch(label.text)
        fields.append(
            SheetField(
                key=key,
                label=match["label"] if match else label.text,
                label_span=label.span,
                cells=tuple(cells),
            )
        )
    return fields


def _is_body(cells: Sequence[Cell]) -> bool:
    text = cells[0].squeezed
    alone = len(cells) == 1 and len(text) <= _LONGEST_BODY and not re.search(r"[、,。;]", text)
    return alone and BODY_END.search(text) is not None


def _amount(cells: Sequence[Cell], words: AccountWords) -> SheetField | None:
    """The project's budget, where its section says in these words what the whole of it is."""
    pattern = re.compile(rf"(?P<label>{words.total.pattern})\s*{_NUMBER}")
    found = [(cell, match) for cell in cells for match in pattern.finditer(cell.text)]
    if len({(match["number"], match["unit"]) for _, match in found}) != 1:
        return None
    cell, match = found[0]
    unit = match["unit"] if match["unit"].endswith("元") else f"{match['unit']}元"
    label = part_of(cell, match.start("label"), match.end("label"))
    return SheetField(
        key="total",
        label=label.text,
        label_span=label.span,
        cells=(part_of(cell, match.start("number"), match.end("number")),),
        printed_unit=Unit.from_printed(unit),
    )


def _whole(line: Line) -> Cell:
    """All that a line prints, as one cell."""
    first = len(line.text) - len(line.text.lstrip()) + 1
    text = line.text.strip()
    return Cell(text=text, span=Span(line=line.number, start=first, end=first + len(text) - 1))
