"""The same table laid out otherwise: boundaries lost or drawn, rows folded, headers moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.mutation.columns import header_cells
from tests.mutation.draft import MARK, Draft, Line, Truth

from fiscograph.budget import label_key

_CODE = re.compile(r"^\s*(\d{3,7})(?=\s|$)")
# The number of a table and its unit stay above the rows, as in the filings that print so.
_STAYS = re.compile(r"(附件|表)[\d一二三四五六七八九十-]+$|单位[:：]")
_SHORTEST_LABEL = 6
_CODED = (
    "general-public-expenditure",
    "basic-expenditure",
    "department-expenditure",
    "department-revenue",
)


def boundaries_lost(draft: Draft, seed: Random) -> Draft | None:
    """The tabs of one or of all tables become one space each run, as in flattened text."""
    tables = [n for n in draft.tables() if any(draft.lines[at].drawn for at in draft.of_table(n))]
    if not tables:
        return None
    chosen = set(tables) if seed.random() < 0.25 else {seed.choice(tables)}
    texts = {
        at: re.sub(r"\t+", " ", line.text).strip()
        for at, line in enumerate(draft.lines)
        if line.table in chosen and line.drawn
    }
    return draft.with_texts(texts)


def boundaries_drawn(draft: Draft, seed: Random) -> Draft | None:
    """Flat coded tables whose columns are known are drawn with tabs."""
    made = draft
    for number in draft.tables():
        drawn = _drawn(draft, number)
        if drawn is not None and (seed.random() < 0.7 or made is draft):
            made = made.with_texts(drawn)
    return None if made is draft else made


def _drawn(draft: Draft, number: int) -> dict[int, str] | None:
    """The lines of a table with tabs, where one header line names all columns and all is sure."""
    texts: dict[int, str] = {}
    keys: list[str] = []
    for at in draft.of_table(number):
        line = draft.lines[at]
        if line.drawn:
            return None
        cells = header_cells(line.text)
        if line.header and cells and cells[0][0] == "code":
            keys = [key for key, _ in cells]
            texts[at] = "\t".join(word for _, word in cells)
    if len(keys) < 4:
        return None
    for at in draft.of_table(number):
        if draft.lines[at].header or at in texts:
            continue
        row = _drawn_row(draft, draft.lines[at], keys)
        if row is None:
            return None
        texts[at] = row
    return texts


def _drawn_row(draft: Draft, line: Line, keys: list[str]) -> str | None:
    cells = dict.fromkeys(keys, "")
    words = MARK.split(line.text)[0].split(None, 1)
    code = _CODE.match(line.text)
    if code:
        cells["code"], words = code[1], words[1:]
    if "name" not in cells:
        return None
    cells["name"] = words[0].strip() if words else ""
    for mark in line.marks:
        truth = draft.truth(mark)
        key = truth.column_key if truth is not None and truth.sure else None
        if key is None or cells.get(key) != "":
            return None
        cells[key] = mark
    return "\t".join(cells[key] for key in keys)


def folded(draft: Draft, seed: Random) -> Draft | None:
    """Some rows of flat tables are printed over two to four lines, the label cut anywhere."""
    rows = [at for at, line in enumerate(draft.lines) if _foldable(draft, line)]
    if not rows:
        return None
    chosen = set(seed.sample(rows, min(len(rows), seed.randint(1, 4))))
    style = seed.randrange(4)
    made: list[Line] = []
    for at, line in enumerate(draft.lines):
        if at in chosen:
            made += [replace(line, text=text) for text in _folds(line, style, seed)]
        else:
            made.append(line)
    return draft.with_lines(made)


def _foldable(draft: Draft, line: Line) -> bool:
    if not line.marks or line.header or line.drawn or not _CODE.match(line.text):
        return False
    truth = draft.truth(line.marks[0])
    return truth is not None and truth.form in _CODED and len(_label(line)) >= _SHORTEST_LABEL


def _label(line: Line) -> str:
    return _CODE.sub("", MARK.split(line.text)[0]).strip()


def _folds(line: Line, style: int, seed: Random) -> list[str]:
    label, amounts = _label(line), " ".join(line.marks)
    found = _CODE.match(line.text)
    assert found is not None
    code = found[1]
    cut = seed.randint(2, len(label) - 2)
    first, second = label[:cut].strip(), label[cut:].strip()
    return [
        [f"{code} {first}", f"{second} {amounts}"],
        [code, first, second, amounts],
        [f"{code} {first} {amounts}", second],
        [first, f"{code} {amounts}", second],
    ][style]


def unfolded(draft: Draft, seed: Random) -> Draft | None:
    """Rows that the filing folds are printed on one line each."""
    texts: dict[int, str] = {}
    for at, line in enumerate(draft.lines):
        truth = draft.truth(line.marks[0]) if line.marks else None
        if truth is None or line.header or line.drawn or seed.random() < 0.2:
            continue
        window = _window(draft, at, truth)
        if window and not set(window) & set(texts):
            texts.update(dict.fromkeys(window, ""))
            row = " ".join(filter(None, (truth.row_code, truth.row_label, *line.marks)))
            texts[at] = row
    if not texts:
        return None
    lines = [
        replace(line, text=texts.get(at, line.text))
        for at, line in enumerate(draft.lines)
        if texts.get(at, "kept")
    ]
    return draft.with_lines(lines)


def _window(draft: Draft, at: int, truth: Truth) -> list[int] | None:
    """The lines around a row's amounts that print its code and label and nothing else."""
    wanted = label_key(f"{truth.row_code or ''}{truth.row_label}")
    for before in range(7):
        for after in range(7 - before):
            window = [n for n in range(at - before, at + after + 1) if 0 <= n < len(draft.lines)]
            if len(window) == 1 or any(draft.lines[n].marks for n in window if n != at):
                continue
            text = "".join(MARK.sub("", draft.lines[n].text) for n in window)
            filled = [n for n in window if n == at or not draft.lines[n].blank]
            if label_key(text) == wanted and len(filled) > 1:
                return window
    return None


def header_after_data(draft: Draft, seed: Random) -> Draft | None:
    """On some pages of flat tables the title and headers are printed below the rows."""
    pages = list(_pages(draft))
    if not pages:
        return None
    chosen = seed.sample(pages, min(len(pages), seed.randint(1, 3)))
    lines = list(draft.lines)
    for start, rows, end in chosen:
        head, data = lines[start:rows], lines[rows:end]
        kept = [line for line in head if _STAYS.match(line.text.strip())]
        moved = [line for line in head if line not in kept]
        lines[start:end] = [*kept, *data, Line(text=""), *moved]
    return draft.with_lines(lines)


def _pages(draft: Draft) -> Iterator[tuple[int, int, int]]:
    """Printed pages of flat tables: first line, first row, end; headers first, then rows only."""
    start: int | None = None
    for at, line in enumerate((*draft.lines, Line(text="end"))):
        if start is not None and line.table != draft.lines[start].table and not line.blank:
            yield from _page(draft, start, at)
            start = None
        if line.table is None:
            continue
        before = next((x for x in reversed(draft.lines[:at]) if not x.blank), None)
        opens = line.header and (before is None or not before.header or before.table != line.table)
        if opens:
            if start is not None:
                yield from _page(draft, start, at)
            start = at


def _page(draft: Draft, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    while end > start and draft.lines[end - 1].blank:
        end -= 1
    lines = draft.lines[start:end]
    rows = next((n for n, line in enumerate(lines) if not line.header and not line.blank), 0)
    truths = [draft.truth(mark) for line in lines for mark in line.marks]
    coded = all(truth is not None and truth.form in _CODED for truth in truths)
    drawn = any(line.drawn for line in lines)
    following = next((line for line in draft.lines[end:] if not line.blank), Line(text=""))
    later = following.header and following.table == lines[0].table
    later = later and not _STAYS.match(following.text.strip())
    if rows and not drawn and not later and coded and len(truths) >= 6:
        yield start, start + rows, end


def furniture(draft: Draft, seed: Random) -> Draft | None:
    """Pages end elsewhere: between two rows stand a page number and the table's head again."""
    heads = {}
    for number in draft.tables():
        block = draft.of_table(number)
        rows = next((at for at in block if not draft.lines[at].header), block[-1])
        head = [draft.lines[at] for at in range(block[0], rows)]
        names = any(len(header_cells(line.text)) > 2 for line in head)
        if head and names and all(not line.marks for line in head):
            heads[number] = head
    places = [
        at
        for at, (line, after) in enumerate(zip(draft.lines, draft.lines[1:], strict=False))
        if line.table in heads and line.marks and _between_rows(draft, at, after)
    ]
    if not places:
        return None
    chosen = set(seed.sample(places, min(len(places), seed.randint(1, 3))))
    style = seed.choice(["— {} —", "{}", "第 {} 页", "- {} -"])
    made: list[Line] = []
    for at, line in enumerate(draft.lines):
        made.append(line)
        if at in chosen and line.table is not None:
            made += [Line(text=""), Line(text=style.format(len(made) // 40 + 2)), Line(text="")]
            made += [replace(repeated, text=repeated.text) for repeated in heads[line.table]]
    return draft.with_lines(made)


def _between_rows(draft: Draft, at: int, after: Line) -> bool:
    """Whether the line closes a row, and the next line printed opens one of the same table."""
    following = after
    if after.blank and at + 2 < len(draft.lines):
        following = draft.lines[at + 2]
    opens = bool(_CODE.match(following.text)) or following.drawn
    here = _CODE.match(draft.lines[at].text) or draft.lines[at].drawn
    return (
        bool(here) and opens and following.table == draft.lines[at].table and bool(following.marks)
    )
