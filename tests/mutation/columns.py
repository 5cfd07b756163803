"""Headers that say the same in other words, and columns that are not there."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import replace
from functools import cache
from importlib import resources
from random import Random

from tests.mutation.draft import MARK, Draft, Line

_OF_ONE_FORM = re.compile(r"功能|经济分类|单位|部门|三公|[类款项]$|基本支出合计|收入合计|支出合计")
_TOTALS = ("合计", "总计")


@cache
def _aliases() -> dict[str, list[str]]:
    path = resources.files("fiscograph.forms") / "data" / "columns.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    return {
        key: [_squeezed(alias) for alias in entry["aliases"]]
        for key, entry in table.items()
        if "under" not in entry
    }


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def key_of(word: str) -> str | None:
    """The key of a header word that stands for one column in every form."""
    squeezed = _squeezed(word)
    if squeezed in _TOTALS or squeezed == "小计":
        return "total"
    found = [key for key, aliases in _aliases().items() if squeezed in aliases]
    found = [key for key in found if key not in {"special", "budget", "total", "item"}] or found
    return found[0] if len(found) == 1 else None


def header_cells(text: str) -> list[tuple[str, str]]:
    """Key and word of each cell of a header line all of whose words are column names."""
    if MARK.search(text):
        return []
    words = text.split("\t") if "\t" in text else text.split()
    keys = [key_of(word) for word in words]
    return [(key, word) for key, word in zip(keys, words, strict=True) if key] if all(keys) else []


def renamed(draft: Draft, seed: Random) -> Draft | None:
    """Column names become other names of the same columns, the same in all lines that repeat them."""
    texts: dict[int, str] = {}
    chosen: dict[tuple[int | None, str], str] = {}
    for at, line in enumerate(draft.lines):
        if line.table is None or not line.header or line.marks:
            continue
        separator = "\t" if line.drawn else " "
        words = line.text.split(separator)
        if sum(key_of(word) is not None for word in words) < 3:
            continue
        made = [_other(word, line, chosen, seed) for word in words]
        if made != words and len(set(filter(None, made))) == len(list(filter(None, made))):
            texts[at] = separator.join(made)
    return draft.with_texts(texts) if texts else None


def _other(word: str, line: Line, chosen: dict[tuple[int | None, str], str], seed: Random) -> str:
    key = key_of(word)
    if key is None or _squeezed(word) == "小计":
        return word
    if (line.table, word) not in chosen:
        pool = list(_TOTALS) if key == "total" else _aliases()[key]
        others = [alias for alias in pool if not _OF_ONE_FORM.search(alias)]
        chosen[line.table, word] = seed.choice(others) if others else word
    return chosen[line.table, word]


def empty_dropped(draft: Draft, seed: Random) -> Draft | None:
    """Columns without a number are not printed, nor their names."""
    return _dropped(draft, seed, filled=False)


def filled_dropped(draft: Draft, seed: Random) -> Draft | None:
    """A drawn column is left out with its name and all its numbers."""
    return _dropped(draft, seed, filled=True)


def _dropped(draft: Draft, seed: Random, *, filled: bool) -> Draft | None:
    options = [
        (number, key)
        for number in draft.tables()
        for key in _droppable(draft, number, filled=filled)
    ]
    if not options:
        return None
    number, key = seed.choice(options)
    lines = list(draft.lines)
    heads = [
        at
        for at in draft.of_table(number)
        if lines[at].header and key in (keys := keys_of(lines[at])) and sum(map(bool, keys)) >= 4
    ]
    cell = keys_of(lines[heads[0]]).index(key)
    width = len(cells_of(lines[heads[0]]))
    for at in draft.of_table(number):
        cells = cells_of(lines[at])
        row = lines[at].drawn and not lines[at].header and len(cells) > cell
        if at in heads or row:
            del cells[cell]
        elif lines[at].drawn and lines[at].header and len(cells) == width:
            # a name that spans this column and the next keeps its place
            del cells[cell if not cells[cell] or cell + 1 == width else cell + 1]
        else:
            continue
        lines[at] = replace(lines[at], text=("\t" if lines[at].drawn else " ").join(cells))
    return draft.with_lines(lines)


def cells_of(line: Line) -> list[str]:
    """The cells of a line: what tabs separate, else what white space does."""
    return line.text.split("\t") if line.drawn else line.text.split()


def keys_of(line: Line) -> list[str | None]:
    """The key of each cell of a header line, None where it names no column."""
    words = cells_of(line)
    return [key_of(word) if word else None for word in words]


def _aligned(draft: Draft, block: list[Line], keys: list[str | None]) -> bool:
    """Whether every number of a drawn table stands in the cell below its column's name."""
    for line in block:
        for at, cell in enumerate(cells_of(line)):
            for mark in MARK.findall(cell):
                truth = draft.truth(mark)
                named = keys[at] if at < len(keys) else None
                if not line.drawn or truth is None or truth.column_key != named:
                    return False
    return True


def _droppable(draft: Draft, number: int, *, filled: bool) -> list[str]:
    """Columns of a table that one header line names beside two others at least."""
    block = [draft.lines[at] for at in draft.of_table(number)]
    drawn = any(line.drawn for line in block)
    heads = [line for line in block if line.header and sum(map(bool, keys_of(line))) >= 4]
    if not heads or len({line.text for line in heads}) > 1 or (filled and not drawn):
        return []
    if drawn and not _aligned(draft, block, keys_of(heads[0])):
        return []
    truths = [t for line in block for mark in line.marks if (t := draft.truth(mark)) is not None]
    printed = {truth.column_key for truth in truths}
    names = [key for key in keys_of(heads[0]) if key]
    amounts = {key for key in names if key not in {"code", "name", "body", "item", "number"}}
    once = {key for key in amounts if names.count(key) == 1 and key != "total"}
    if not filled:
        return sorted(once - printed)
    return sorted(once & {key for key in printed if key}) if len(amounts) > 2 else []
