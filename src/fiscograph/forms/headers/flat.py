"""Which columns a table has whose header cells are only text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fiscograph.forms.grid import Column
from fiscograph.forms.schema import PRIOR, ColumnSpec, Form, Grammar
from fiscograph.tables import Line

_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_WORD = re.compile(r"(?:其中:)?[\u3400-\u9fff()、]{2,14}")
# What may lead a header and leaves its meaning as it is.
_PLAIN_LEAD = re.compile(r"(?:其中:|本年度?|当年|年初|全年|部门|单位|财政拨款)+")
# So many characters begin no two headers of a form of one row.
_FIRST_WORDS = 4
_FIRST_COLUMNS = 2
NO_AMOUNT = frozenset({"备注", "说明", "行次", "栏次", "序号", "款", "类", "项"})
YEAR = re.compile(r"(20\d\d)年(?:度)?(?:年初|调整)?(?:预算数|决算数|执行数|预算|决算|基本支出)?")


def flat_columns(
    form: Form, header: Sequence[Line], specs: Sequence[ColumnSpec] | None = None
) -> tuple[Column, ...]:
    """The amount columns of a table whose header cells are only text, often broken over lines.

    The header's words are joined and searched for the aliases of the form's columns; the order is
    the national form's, unless one printed line holds them all. A form printed for two years
    repeats its columns, or puts the earlier year's single column first.

    Args:
        form: the recognised form.
        header: the lines that print no row.
        specs: the columns to look for; the form's amount columns if not given.
    """
    wanted = tuple(specs) if specs is not None else form.amount_columns
    foreign = _foreign_words(header, wanted)
    text = "".join("|" if w.squeezed in foreign else w.squeezed for x in header for w in x.words)
    counts = _alias_counts(text, wanted)
    covers = {spec.key: next((c for c in spec.under if c in text), "") for spec in wanted}
    compared = tuple(
        Column(key=spec.key, path=(counts[spec.key][1],))
        for spec in wanted
        if spec.compares and counts[spec.key][0]
    )
    found = [spec for spec in wanted if counts[spec.key][0] and not spec.compares]
    line = line_of_all(found, header)
    ordered = _printed_order(found, line) if line is not None else _told_order(form, found, text)
    years = _years(text)
    phased = _phased(form, found, rest_of=text)
    if phased is not None and len(years) < 2:
        return phased
    if len(years) < 2:
        group = _year_header(text)
        told = [_column(spec, counts, covers, (group, years)) for spec in ordered]
        known = _with_unknown(told, form, line, wanted) if line is not None else told
        return (*known, *compared)
    full = max((count for count, _ in counts.values()), default=0)
    columns: list[Column] = []
    for index, year in enumerate(years):
        label = _year_header(text, year)
        if len(years) - index <= full:
            columns.extend(_column(spec, counts, covers, (label, [year])) for spec in ordered)
        else:
            total = ordered[0].key if ordered else "total"
            columns.append(Column(key=total, path=(label,), year=year))
    return (*columns, *compared)


def _column(
    spec: ColumnSpec,
    counts: dict[str, tuple[int, str]],
    covers: dict[str, str],
    group: tuple[str, list[int]],
) -> Column:
    path = tuple(part for part in (group[0], covers[spec.key], counts[spec.key][1]) if part)
    return Column(key=spec.key, path=path, year=group[1][0] if group[1] else None)


def _alias_counts(text: str, specs: Sequence[ColumnSpec]) -> dict[str, tuple[int, str]]:
    """How often each column's header stands in a text, and the alias that was found.

    Longer aliases are taken out first, so that 公务用车购置 is not found in 公务用车购置及运行费.
    """
    rest = YEAR.sub("|", text)
    aliases = {spec.key: spec.aliases for spec in specs}
    order = {spec.key: index for index, spec in enumerate(specs)}
    counts = {spec.key: (0, "") for spec in specs}
    pairs = sorted(
        {(alias, spec.key) for spec in specs for alias in spec.aliases},
        key=lambda pair: (-len(pair[0]), len(aliases[pair[1]]), pair[0], order[pair[1]]),
    )
    pairs += [(alias, spec.key) for spec in specs for alias in spec.last]
    for cover in sorted({text for spec in specs for text in spec.under}, key=len, reverse=True):
        rest = rest.replace(cover, "|")
    taken: dict[str, tuple[int, tuple[str, ...]]] = {}
    for alias, key in pairs:
        if counts[key][0]:
            continue
        # Two columns may share one printed header (小计 of two groups) where their aliases agree.
        shared = alias in taken and taken[alias][1] == aliases[key]
        if not shared and any(
            len(other) == len(alias) and rest.count(other) > rest.count(alias)
            for other in aliases[key]
        ):
            continue
        count = taken[alias][0] if shared else rest.count(alias)
        if count:
            counts[key] = (count, alias)
            taken[alias] = (count, aliases[key])
            rest = rest.replace(alias, "|")
    return counts


def _foreign_words(header: Sequence[Line], specs: Sequence[ColumnSpec]) -> frozenset[str]:
    """Words beside whole headers that end like one of them and name another column: 临聘人员经费.

    Only a line that prints two headers as words of their own is known not to be folded.
    """
    names = {alias for spec in specs for alias in (*spec.aliases, *spec.last)}
    covers = {cover for spec in specs for cover in spec.under}
    found = set()
    for line in header:
        words = [word.squeezed for word in line.words]
        if sum(word in names for word in words) < 2:
            continue
        for word in words:
            plain = _PLAIN_LEAD.sub("", YEAR.sub("", word), count=1)
            ends = [a for a in names if len(a) > 2 and plain.endswith(a) and plain != a]
            lead = plain.removesuffix(max(ends, key=len)) if ends else ""
            known = word in names or word in covers or plain in names
            if not known and len(_HAN.findall(lead)) > 1 and not any(a in lead for a in names):
                found.add(word)
    return frozenset(found)


def line_of_all(found: Sequence[ColumnSpec], header: Sequence[Line]) -> Line | None:
    """The printed line that holds the header of every column that was found, if one does."""
    if len(found) < 2 or len({spec.aliases for spec in found}) < len(found):
        return None
    return next((line for line in header if _places(found, line) is not None), None)


def _places(found: Sequence[ColumnSpec], line: Line) -> dict[str, int] | None:
    """Where a line prints each column's header; None where one is missing or two share a place."""
    text = line.squeezed
    places: dict[str, int] = {}
    # The longest first: the 小计 of 基本支出小计 is no total.
    names = sorted(
        ((alias, spec.key) for spec in found for alias in spec.aliases),
        key=lambda pair: -len(pair[0]),
    )
    for alias, key in names:
        position = text.rfind(alias)
        if key not in places and position >= 0:
            places[key] = position
            text = text.replace(alias, "|" * len(alias))
    if len(places) < len(found):
        return None
    return places if len(places) == len(set(places.values())) else None


def _printed_order(found: Sequence[ColumnSpec], line: Line) -> list[ColumnSpec]:
    places = _places(found, line) or {}
    return sorted(found, key=lambda spec: places[spec.key])


def _told_order(form: Form, found: Sequence[ColumnSpec], text: str) -> list[ColumnSpec]:
    """The columns of a form of one row as the first words of their headers follow each other.

    A header that covers several stands on a line above theirs; what it covers stays together. Where
    some first words are not found, the national form's order is kept.
    """
    if form.grammar is not Grammar.ITEM_COLUMNS:
        return list(found)
    places: dict[str, int] = {}
    for spec in found:
        words = [name[:_FIRST_WORDS] for name in (spec.under or spec.aliases)]
        at = [place for word in words if len(word) > 1 and (place := text.find(word)) >= 0]
        if not at:
            return list(found)
        places[spec.key] = min(at)
    told = sorted(found, key=lambda spec: places[spec.key])
    # The total and what follows it stand first in every printing: else words are torn apart.
    return told if told[:_FIRST_COLUMNS] == list(found)[:_FIRST_COLUMNS] else list(found)


def _with_unknown(
    columns: list[Column], form: Form, line: Line, specs: Sequence[ColumnSpec]
) -> list[Column]:
    """The columns with those among them, printed as words of their own, that the form does not know.

    Only between known columns, or behind them: what stands before the first heads labels and codes.
    """
    names = {alias for spec in (*specs, *form.columns) for alias in (*spec.aliases, *spec.last)}
    own = [column.path[-1] for column in columns]
    found: list[Column] = []
    rest = list(columns)
    for word in line.words:
        text = word.squeezed
        if rest and text == own[len(columns) - len(rest)]:
            found.append(rest.pop(0))
        elif found and text not in names and _HAN_WORD.fullmatch(text) and text not in NO_AMOUNT:
            found.append(Column(key="", path=(text,)))
    return found if not rest else columns


def _phased(form: Form, found: Sequence[ColumnSpec], rest_of: str) -> tuple[Column, ...] | None:
    """The columns of a form that prints 预算数 and 决算数 of each item, side by side or in turn."""
    budgets, finals = (len(re.findall(word, rest_of)) for word in ("预算数", "决算数"))
    known = {spec.key for spec in form.columns}
    if not budgets or budgets != finals or not any(PRIOR + s.key in known for s in found):
        return None
    pairs = [(PRIOR + spec.key, "预算数", spec) for spec in found]
    own = [(spec.key, "决算数", spec) for spec in found]
    if budgets == 1:
        ordered = [*pairs, *own]
    else:
        ordered = [one for pair in zip(pairs, own, strict=True) for one in pair]
    return tuple(
        Column(key=key, path=(phase, spec.aliases[0]) if budgets == 1 else (spec.aliases[0], phase))
        for key, phase, spec in ordered
    )


def _years(text: str) -> list[int]:
    years: list[int] = []
    for match in YEAR.finditer(text):
        year = int(match[1])
        if year not in years:
            years.append(year)
    return years


def _year_header(text: str, year: int | None = None) -> str:
    for match in YEAR.finditer(text):
        if year is None or int(match[1]) == year:
            return match[0]
    return ""
