"""Tables of contents: titles of tables that no table follows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fiscograph.forms.schema import FormBook
from fiscograph.forms.titles import LABEL, SECTION, is_furniture, title_of, unit_of
from fiscograph.tables import Line

# An entry carries its number, and often the number of its page after dots.
_ENTRY = re.compile(
    r"(?:[-·*•]|\(?(?:附件|附表|表)?(?:[一二三四五六七八九十]+|\d{1,2}(?:-\d+)?)\)?[、.:]?)"
    r"(?P<text>[^。;]{2,60}?)[.·…\-]*\d{0,3}\Z"
)
_LEADERS = re.compile(r"\.{3,}|…{2,}|·{3,}")
# A list of fewer titles is no table of contents: a table may print its title twice.
_LEAST = 3


def contents_of(lines: Sequence[Line], book: FormBook) -> frozenset[int]:
    """The numbers of the lines that stand in a table of contents.

    Such lines follow each other, each an entry, and several of them are titles of forms; under the
    title of a table stand its unit and its header, which are no entries.
    """
    found: set[int] = set()
    run: list[Line] = []
    for line in (*lines, None):
        if line is not None and _is_entry(line):
            run.append(line)
            continue
        if line is not None and run and _goes_on(run[-1], line):
            run.append(line)
            continue
        found.update(_listed(run, book, line))
        run = []
    return frozenset(found)


def _is_entry(line: Line) -> bool:
    if line.drawn or unit_of(line.text) is not None:
        return False
    if any(cell.number is not None for cell in line.words[1:-1]):
        return False
    if line.words[-1].number is not None and not line.words[-1].text.isdigit():
        return False
    text = line.squeezed
    if text.endswith("表") or _LEADERS.search(text) is not None:
        return True
    return _ENTRY.fullmatch(text) is not None and not text.isdigit()


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line is the folded end of the entry above it."""
    text = line.squeezed
    open_above = not above.squeezed.endswith(("表", "说明", "解释", "情况"))
    return not line.drawn and open_above and len(text) <= 12 and text.endswith(("表", "说明"))


def _listed(run: list[Line], book: FormBook, following: Line | None) -> list[int]:
    titles = [line for line in run if _title(line, book) and not _is_head(line)]
    if len(titles) < _LEAST:
        return []
    under = following is not None and (is_furniture(following) or unit_of(following.text))
    forms = [_form_id(line, book) for line in run]
    while run and _title(run[-1], book):
        if LABEL.fullmatch(run[-1].squeezed) and under:
            # The label of a table may stand between its title and its unit.
            run = run[:-1]
            continue
        own = forms[len(run) - 1]
        if not under and not (own and forms.count(own) > 1):
            break
        # The last of the run stand over their table: a title once more, or one with its unit.
        run, under = run[:-1], False
    return [line.number for line in run]


def _is_head(line: Line) -> bool:
    """Whether a line heads a part of the filing, or labels a table, and is no title by itself."""
    return bool(SECTION.match(line.squeezed) or LABEL.fullmatch(line.squeezed))


def _title(line: Line, book: FormBook) -> bool:
    return line.squeezed.rstrip("0123456789.…·").endswith("表") or bool(_form_id(line, book))


def _form_id(line: Line, book: FormBook) -> str:
    title = title_of(line, book)
    return title.form.id if title is not None and title.form is not None else ""
