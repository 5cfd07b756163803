"""Amounts that the narrative tells of a table's columns: 公务接待费 12万元，比2022年减少 1万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import Unit
from fiscograph.forms.schema import Form, FormBook, Grammar
from fiscograph.tables import Line, number_of

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(
    r"(?:预算数|预算|支出|共计|合计|为|是|安排|[:：(（])*"
    rf"(?P<number>{_NUMBER})(?P<unit>万元|千元|元)"
)
_CHANGE = re.compile(
    r"[，,；;]?(?:比|较|与|同)(?P<year>20\d\d)年(?:度)?(?:年初|预算数|预算|支出)*(?:相比|相)?[，,]?"
    rf"(?P<word>增加|增长|减少|下降|持平)(?:了)?(?:(?P<number>{_NUMBER})(?P<unit>万元|千元|元))?"
)
_FEWER = frozenset({"减少", "下降"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAmount:
    """What the narrative says of a column of a form, in yuan; ``year`` None: the filing's own."""

    form: str
    column: str
    year: int | None
    amount: Decimal


def told_amounts(narrative: Sequence[Line], book: FormBook) -> tuple[ToldAmount, ...]:
    """What the narrative says of the columns of forms, as far as it names them plainly.

    A column of a form with one row is told where one of its headers is directly followed by an
    amount, one of another form where its own words are; where a column is told two amounts, the
    first is taken: the filing's own year comes first. A change that follows tells the year before.
    """
    text = "".join(line.squeezed for line in narrative)
    told: dict[tuple[str, str, int | None], ToldAmount] = {}
    for form in book.forms:
        for column, pattern in _patterns(form):
            match = re.search(pattern + _AMOUNT.pattern, text)
            for amount in _said(form.id, column, match, text) if match else ():
                told.setdefault((amount.form, amount.column, amount.year), amount)
    return tuple(told.values())


def _patterns(form: Form) -> Iterator[tuple[str, str]]:
    """The words that name each column of a form in running text."""
    for said in form.told:
        yield said.column, said.text
    if form.grammar is Grammar.ITEM_COLUMNS and form.scheme is not None:
        for column in form.amount_columns:
            for alias in column.aliases:
                if len(alias) > 3:
                    yield column.key, re.escape(alias)


def _said(form: str, column: str, match: re.Match[str], text: str) -> Iterator[ToldAmount]:
    own = _yuan(match)
    if own is None:
        return
    yield ToldAmount(form=form, column=column, year=None, amount=own)
    change = _CHANGE.match(text, match.end())
    if change is None:
        return
    by = Decimal(0) if change["word"] == "持平" else _yuan(change)
    if by is not None:
        before = own + by if change["word"] in _FEWER else own - by
        yield ToldAmount(form=form, column=column, year=int(change["year"]), amount=before)


def _yuan(match: re.Match[str]) -> Decimal | None:
    value = number_of(match["number"]) if match["number"] else None
    return value * Unit.from_printed(match["unit"]).value if value is not None else None
