"""Each number of a running text: a label, a measure, or not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fiscograph.forms.narrative.words import ProseWords


class Role(Enum):
    """What a number of a text is."""

    AMOUNT = "amount"
    COUNT = "count"
    PERCENT = "percent"
    BARE = "bare"
    LABEL = "label"
    UNREAD = "unread"

    @property
    def measures(self) -> bool:
        return self in {Role.AMOUNT, Role.COUNT, Role.PERCENT, Role.BARE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number at the characters ``start`` to ``end`` (from 0, exclusive) of a text.

    ``after`` is where its unit ends; ``approximate`` says that the text adds 余 or the like.
    """

    start: int
    end: int
    after: int
    role: Role
    value: Decimal | None = None
    unit: str | None = None
    approximate: bool = False


_TITLES = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_DATES = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s*(?:([-/.])\s*\d{1,2}\s*\1\s*\d{1,2}|[-/]\s*\d{1,2}|\.\s*(?:0?[1-9]|1[0-2]))"
    r"(?![\d.%])(?!\s*(?:元|[万千亿]))"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-—–~～至到、和及]\s*(?:19|20)\d\d(?=\s*(?:年|学年))")
_YEAR = re.compile(r"(?:\d{1,2}\.)?(?:19|20)\d\d\Z")
_DOCUMENT = re.compile(r"[〔\[【﹝（(〈]\s*(?:19|20)\d{2}\s*[〕\]】﹞）)〉]\s*第?\s*\d*\s*\Z")
_OPENED = re.compile(r"[〔\[【﹝]\s*\Z|[(]\s*\Z")
_LEADERS = re.compile(r"(?:…|\.{4,}|·{3,}|-{4,}|_{3,})\s*\Z")
_SENTENCE = re.compile(r"(?:\A|[。；;:：！？\n]|[一-鿿]、)[\s“\"(（【\-—]*\Z")
# A full-width stop never stands before decimals.
_ITEM = re.compile(r"\s*(?:[.、)）](?!\d)|．)")
_ROW = re.compile(r"\s{2,}[\u3400-\u9fff]")
_BODY = re.compile(r"[A-Za-z]-?\Z")
_PLAIN = re.compile(r"[+\-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\. ?\d+)?")
_CLOSED = re.compile(r"\s*[〕\]】﹞）)]")
_CODE, _SERIAL, _ITEM_DIGITS = 6, 5, 2
_NAME = re.compile(r"[A-Z]")
_HAN = re.compile(r"\s*[\u3400-\u9fff]")


def figures_of(
    text: str, bounds: Iterable[tuple[int, int]], words: ProseWords
) -> tuple[Figure, ...]:
    """Every number of a folded text, in reading order; ``bounds`` say where its tokens stand."""
    named = _named(text)
    found: list[Figure] = []
    for start, end in bounds:
        if any(first <= start < last for first, last in named):
            found.append(Figure(start=start, end=end, after=end, role=Role.LABEL))
        else:
            found.append(_figure(text, start, end, words))
    return tuple(_without_spaced(text, list(_with_ranges(text, found, words))))


def _named(text: str) -> list[tuple[int, int]]:
    """Where titles, dates and spans of years stand: their numbers name and do not measure."""
    return [m.span() for pattern in (_TITLES, _DATES, _YEARS) for m in pattern.finditer(text)]


def _figure(text: str, start: int, end: int, words: ProseWords) -> Figure:
    before, after, token = text[:start], text[end:], text[start:end]
    percent = token.endswith("%")
    plain = _PLAIN.fullmatch(token.rstrip("%"))
    if plain is None:
        return _lettered(text, start, end, words)
    if _is_label(before, after, token, words):
        return Figure(start=start, end=end, after=end, role=Role.LABEL)
    value = Decimal(token.rstrip("%").replace(",", "").replace(" ", ""))
    if percent:
        return Figure(start=start, end=end, after=end, role=Role.PERCENT, value=value, unit="%")
    measure = words.measure.match(after)
    if measure is not None:
        return _measured(text, (start, end), value, measure)
    role = Role.BARE if words.bare_after.search(before) and not _HAN.match(after) else Role.UNREAD
    return Figure(start=start, end=end, after=end, role=role, value=value)


def _measured(text: str, bounds: tuple[int, int], value: Decimal, measure: re.Match[str]) -> Figure:
    start, end = bounds
    after = end + measure.end()
    unit = measure[measure.lastgroup or 0]
    if measure["percent"]:
        role = Role.PERCENT
    elif measure["money"] or measure["wan"]:
        role = Role.AMOUNT
    elif measure["multiple"] and not _HAN.match(text[after:]):
        # 1720.00万 of which nothing is counted is money
        role = Role.AMOUNT
    else:
        role = Role.COUNT
    return Figure(
        start=start,
        end=end,
        after=after,
        role=role,
        value=value,
        unit=re.sub(r"\s", "", unit),
        approximate=measure["more"] is not None,
    )


def _is_label(before: str, after: str, token: str, words: ProseWords) -> bool:
    """Whether a plain number names: a year, a date, an item, a document, a page."""
    if token.endswith("%"):
        return False
    return _is_dated(before, after, token) or _is_numbered(before, after, token, words)


def _is_dated(before: str, after: str, number: str) -> bool:
    """A year, month or day, or the year and serial of a document."""
    following = after.lstrip()
    if following.startswith("年"):
        return _YEAR.match(number) is not None
    if following[:1] in {"月", "日", "号"} and len(number) <= _SERIAL and number.isdigit():
        return True
    bracketed = number.isdigit() and _CLOSED.match(after) is not None
    return _DOCUMENT.search(before) is not None or (
        bracketed and _OPENED.search(before) is not None
    )


def _is_numbered(before: str, after: str, number: str, words: ProseWords) -> bool:
    """The number of an item, a page or a code, or a part of a name."""
    if words.numbered.search(before) or _LEADERS.search(before) or _BODY.search(before):
        return True
    if not number.isdigit():
        return False
    named = _HAN.match(after) is not None
    measured = words.measure.match(after) is not None
    short = len(number) <= _ITEM_DIGITS
    first = not before.strip()
    year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
    return any(
        (
            short and _ITEM.match(after) and _SENTENCE.search(before),
            words.names.match(after),
            # a numbered row of a list, and a code before its name: 189001 财政局
            first and short and _ROW.match(after) and not measured,
            first and len(number) >= _CODE and named and not measured,
            # a year whose 年 is left out: 2022 政府工作报告; what is counted has its counter
            year and named and (not measured or words.after_year.match(after)),
        )
    )


def _lettered(text: str, start: int, end: int, words: ProseWords) -> Figure:
    """A number with letters: a measure where the letters are a unit, else a code."""
    token = text[start:end]
    match = re.fullmatch(r"(?P<number>[+\-]?\d[\d,]*(?:\.\d+)?)(?P<letters>[A-Za-z]+\d?)", token)
    # one capital letter before a word makes a name: 5G基站
    named = match is not None and _NAME.fullmatch(match["letters"]) and _HAN.match(text[end:])
    money = words.currency.fullmatch(token)
    measured = match if match is not None and match["letters"] in words.letters else None
    if money is not None or (measured is not None and not named):
        number = money["number"] if money is not None else measured["number"] if measured else "0"
        return Figure(
            start=start,
            end=end,
            after=end,
            role=Role.AMOUNT if money is not None else Role.COUNT,
            value=Decimal(number.replace(",", "")),
            unit=money["unit"] if money is not None else measured["letters"] if measured else None,
        )
    if _YEAR.match(token) and text[end:].lstrip().startswith("年"):
        return Figure(start=start, end=end, after=end, role=Role.LABEL)
    letters = any(char.isalpha() for char in token)
    return Figure(start=start, end=end, after=end, role=Role.LABEL if letters else Role.UNREAD)


def _without_spaced(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """No figure of digits that only a space parts from the digits before: 3 456.78 万元.

    White space may part thousands; half of such a number is no number of its own.
    """
    for index, figure in enumerate(figures):
        before = figures[index - 1] if index else None
        if (
            before is not None
            and before.role is Role.UNREAD
            and figure.role.measures
            and text[before.end : figure.start].isspace()
            and re.match(r"\d{3}(?!\d)", text[figure.start : figure.end])
        ):
            yield Figure(start=figure.start, end=figure.end, after=figure.end, role=Role.UNREAD)
        else:
            yield figure


def _with_ranges(text: str, figures: Sequence[Figure], words: ProseWords) -> Iterator[Figure]:
    """The first number of a range has the measure of the last: 5-10 人."""
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        if (
            figure.role in {Role.UNREAD, Role.BARE}
            and figure.value is not None
            and following is not None
            and following.role.measures
            and re.fullmatch(rf"\s*(?:{words.ranges}|、)\s*", text[figure.end : following.start])
        ):
            yield Figure(
                start=figure.start,
                end=figure.end,
                after=figure.end,
                role=following.role,
                value=figure.value,
                unit=following.unit,
                approximate=following.approximate,
            )
        else:
            yield figure
