"""A filing as a text in which every amount is one mark: a mutation moves text, marks keep truth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache

from tests.golden.disclosed import facts_of, lines_of, reading_of
from tests.mutation.certainty import is_sure

from fiscograph.budget import Bin, PrintedAmount, label_key
from fiscograph.provenance import Place

# A plane of Unicode that no filing uses: one character stands for one amount.
FIRST = 0xF0000
MARK = re.compile("[\U000f0000-\U000ffffd]")
# Money of the narrative: it belongs to no column, but it changes with what the tables print.
_NARRATIVE_MONEY = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?=\s?万元)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of an amount; ``sure`` says whether the original's own reading is sure of it.

    ``open_to`` are the columns that the original's reading leaves open beside its pick.
    """

    form: str | None
    row_code: str | None
    row_label: str
    side: str
    column: tuple[str, ...]
    column_key: str | None
    year: int | None
    sure: bool
    open_to: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """An amount of a draft: as printed, its value in yuan, and its truth (None in the narrative)."""

    printed: str
    yuan: Decimal
    unit: Decimal
    truth: Truth | None


def printed_yuan(tracked: Tracked) -> Decimal:
    """What an amount prints, in yuan; nothing where it prints no number any more."""
    try:
        return Decimal(re.sub(r"[,\s]", "", tracked.printed)) * tracked.unit
    except InvalidOperation:
        return Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with marks for its amounts; ``table`` is the number of the table that it belongs to."""

    text: str
    table: int | None = None
    header: bool = False

    @property
    def marks(self) -> list[str]:
        return MARK.findall(self.text)

    @property
    def drawn(self) -> bool:
        return "\t" in self.text

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A variant at work: ``name`` is the filing that it comes from."""

    name: str
    lines: tuple[Line, ...]
    amounts: Mapping[str, Tracked]

    def truth(self, mark: str) -> Truth | None:
        return self.amounts[mark].truth

    def with_texts(self, texts: Mapping[int, str]) -> Draft:
        """The draft with other texts in some of its lines, by index from 0."""
        lines = tuple(
            replace(line, text=texts.get(at, line.text)) for at, line in enumerate(self.lines)
        )
        return replace(self, lines=lines)

    def with_lines(self, lines: list[Line]) -> Draft:
        """The draft with other lines; amounts that no line marks any more are gone."""
        return replace(self, lines=tuple(lines))

    def tables(self) -> list[int]:
        """The numbers of the tables that have rows of amounts, in order."""
        return sorted({line.table for line in self.lines if line.table is not None and line.marks})

    def of_table(self, number: int) -> list[int]:
        """The indices of a table's lines."""
        return [at for at, line in enumerate(self.lines) if line.table == number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A variant's text and, by line, start and end (as in places), what stands there."""

    text: str
    amounts: Mapping[tuple[int, int, int], Tracked]


def rendered(draft: Draft) -> Rendered:
    """The text of a draft and where its amounts ended up."""
    lines: list[str] = []
    places: dict[tuple[int, int, int], Tracked] = {}
    for number, line in enumerate(draft.lines, start=1):
        text = ""
        for piece in _pieces(line.text):
            if MARK.fullmatch(piece):
                amount = draft.amounts[piece]
                places[number, len(text) + 1, len(text) + len(amount.printed)] = amount
                text += amount.printed
            else:
                text += piece
        lines.append(text)
    return Rendered(text="\n".join(lines), amounts=places)


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for match in MARK.finditer(text):
        yield text[at : match.start()]
        yield match[0]
        at = match.end()
    yield text[at:]


@cache
def draft_of(name: str) -> Draft:
    """The filing itself as a draft: rendered unchanged it is the text as disclosed."""
    facts, lines = facts_of(name), list(lines_of(name))
    amounts: dict[str, Tracked] = {}
    found = [(a.place.line, a.place.start, a.place.end, _tracked(a)) for a in facts.printed_amounts]
    taken = {row.place.line for row in facts.ledger if row.bin is Bin.PRINTED_AMOUNT}
    for number, text in enumerate(lines, start=1):
        if number not in taken:
            found += [(number, start, end, amount) for start, end, amount in _narrative(text)]
    for index, (line, start, end, amount) in enumerate(sorted(found, key=lambda f: f[:3])[::-1]):
        mark = chr(FIRST + index)
        amounts[mark] = amount
        text = lines[line - 1]
        lines[line - 1] = text[: start - 1] + mark + text[end:]
    return Draft(name=name, lines=_tagged(name, lines), amounts=amounts)


def _tracked(amount: PrintedAmount) -> Tracked:
    return Tracked(
        printed=amount.printed,
        yuan=amount.amount.yuan,
        unit=amount.amount.unit.value,
        truth=Truth(
            form=amount.form,
            row_code=amount.row_code,
            row_label=amount.row_label,
            side=side_of(amount),
            column=amount.column,
            column_key=amount.column_key,
            year=amount.fiscal_year,
            sure=is_sure(amount),
            open_to=amount.rivals,
        ),
    )


def side_of(amount: PrintedAmount) -> str:
    """The side of a two-sided table, or nothing."""
    first = label_key(amount.column[0]) if amount.column else ""
    return first if first in {"收入", "支出"} else ""


def _narrative(text: str) -> Iterator[tuple[int, int, Tracked]]:
    for match in _NARRATIVE_MONEY.finditer(text):
        value = Decimal(match[0].replace(",", ""))
        amount = Tracked(printed=match[0], yuan=value * 10_000, unit=Decimal(10_000), truth=None)
        yield match.start() + 1, match.end(), amount


def _tagged(name: str, texts: list[str]) -> tuple[Line, ...]:
    tables: dict[int, tuple[int, bool]] = {}
    for number, grid in enumerate(reading_of(name).layout.grids):
        for line in grid.lines:
            tables[line] = (number, line in grid.header_lines)
    return tuple(
        Line(text=text, table=tables[at][0], header=tables[at][1])
        if at in tables
        else Line(text=text)
        for at, text in enumerate(texts, start=1)
    )


@cache
def places_of(name: str) -> dict[str, Place]:
    """Where the filing as disclosed prints the amount of each mark."""
    draft = draft_of(name)
    marks = [mark for line in draft.lines for mark in line.marks if draft.truth(mark) is not None]
    places = sorted(amount.place for amount in facts_of(name).printed_amounts)
    return dict(zip(marks, places, strict=True))
