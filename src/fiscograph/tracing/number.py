"""A document number as people type it: in its one normal form, or in parts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

_MOST = 400
_MOST_PARTS = 20
# The sub-number of 155-1号 and 155号之一.
_SUB = r"(?:-(?P<hyphen>\d{1,2})(?!\d))?号?(?:(?<=号)之(?P<part>[一二三四五六七八九十]{1,3}))?"
# A code may name its division in brackets: 宁财（社）指标.
_DIVIDED = r"[^\W\d_]{1,12}(?:\[[^\W\d_]{1,2}\][^\W\d_]{0,2})"
_NUMBER = re.compile(
    rf"(?P<code>{_DIVIDED}|[^\W\d_]{{1,20}}+)"
    r"\[(?P<year>\d{4})\]第?(?P<serial>\d{1,6})(?![0-9A-Za-z|])" + _SUB
)
# Orders have no year and public notices no brackets; neither has a code of letters before the word.
_COUNTED = r"第?(?P<serial>\d{1,6}|[零〇一二三四五六七八九十百千]{1,9})号"
# Orders and notices of several bodies name them one after the other: 财政部、税务总局公告.
_BODIES = r"(?:[^\W\d_]{2,20}、)*"
_ORDERS = (
    re.compile(
        rf"(?P<code>{_BODIES}[^\W\d_]{{1,60}}?令)(?:\[?(?P<year>(?:19|20)\d\d)[\]年]+)?{_COUNTED}"
    ),
    re.compile(
        rf"(?P<code>{_BODIES}[^\W\d_]{{1,60}}?(?:公告|通告))\[?(?P<year>(?:19|20)\d\d)[\]年]*{_COUNTED}"
    ),
    re.compile(rf"(?P<code>{_BODIES}[^\W\d_]{{1,60}}?){_COUNTED}(?P<what>令)"),
)
_DATED = ("公告", "通告", "令")
_NUMERALS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BARE = re.compile(r"(?P<code>[^\W\d_]{1,20}?)(?P<year>(?:19|20)\d\d)年?第?(?P<serial>\d{1,6})号")
# After a number, one that leaves out its code and its year: 155号、156号.
_CONTINUED = re.compile(r"(?:文件?)?[、,和及与](?P<serial>\d{1,6})号(?!楼|院|线|地|路|街)")
# What is read for a digit that it looks like, in a scan or on a small screen.
_LIKE_DIGITS = str.maketrans("OoIl|ZzSsB", "0011122558")
_MISREAD = re.compile(
    r"(?P<code>[^\W\dA-Za-z_]{1,20}+)\[(?P<year>[0-9OoIl|ZzSsB]{4})\]第?"
    r"(?P<serial>[0-9OoIl|ZzSsB]{1,6})(?![0-9A-Za-z|])"
)
# Year and serial run together or are parted by a mark: a number only where nothing stands beside.
_RUN = re.compile(r"(?P<code>[^\W\d_]{2,20})(?P<year>(?:19|20)\d\d)[-.,/·—_]?(?P<serial>\d{1,6})")
_PART = re.compile(
    r"(?P<code>[^\W\d_]{2,20}?)??\[?(?P<year>(?:19|20)\d\d)?\]?年?[-.,/·—_]?第?(?P<serial>\d{1,6})?号?"
)
_BRACKETS = {"Ps": "[", "Pi": "[", "Pe": "]", "Pf": "]"}
_ANGLES = str.maketrans("<>", "[]")
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
# Words that lead up to a number in a sentence and open no issuer's code.
_INTRODUCING = re.compile(r"^(?:根据|依据|按照|参照|遵照|依照|详见|参见|见)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a typed number holds: issuer code, year and serial, each None where it was not typed;
    ``part`` is the sub-number of 155号之一.
    """

    code: str | None
    year: int | None
    serial: int | None
    part: int | None = None

    @property
    def whole(self) -> bool:
        return None not in (self.code, self.year, self.serial)

    def __str__(self) -> str:
        part = "" if self.part is None else f"之{_numeral(self.part)}"
        if self.serial is not None and self.code is not None and self.code.endswith(_DATED):
            year = "" if self.year is None else f"{self.year}年"
            return f"{self.code}{year}第{self.serial}号{part}"
        year = "" if self.year is None else f"〔{self.year}〕"
        serial = "" if self.serial is None else f"{self.serial}号"
        return f"{self.code or ''}{year}{serial}{part}"


def folded(text: str) -> str:
    """The text in compatibility form, without white space and invisible characters.

    >>> folded(" 渝财社﹝２０２２﹞ 155 号")
    '渝财社〔2022〕155号'
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text[:_MOST]))


def normal_form(text: str) -> str | None:
    """``代字〔year〕serial号`` (GB/T 9704-2012, 7.2.5) for a number in any bracket style, with
    full-width digits, spaces, 第, leading zeros, without 号 or, alone, without brackets; orders and
    public notices as 国务院令第709号 and 财政部公告2021年第12号; None where there is no number.

    >>> normal_form("渝财社[2022] 155")
    '渝财社〔2022〕155号'
    >>> normal_form("渝财社（２０２２）第０155号")
    '渝财社〔2022〕155号'
    >>> normal_form("渝财社2022155")
    '渝财社〔2022〕155号'
    >>> normal_form("国务院第709号令"), normal_form("财政部公告〔2021〕12号")
    ('国务院令第709号', '财政部公告2021年第12号')
    >>> normal_form("渝财社[2022]155-1号")
    '渝财社〔2022〕155号之一'
    >>> normal_form("就业补助资金")
    """
    found = numbers_in(text)
    return str(found[0]) if found else None


def numbers_in(text: str) -> tuple[Parts, ...]:
    """The whole numbers of a text, each once, in its order.

    >>> [str(one) for one in numbers_in("根据渝财社[2022]155、渝财规【2019】15号")]
    ['渝财社〔2022〕155号', '渝财规〔2019〕15号']
    >>> [str(one) for one in numbers_in("渝财社〔2022〕155号、156号")]
    ['渝财社〔2022〕155号', '渝财社〔2022〕156号']
    """
    found: list[Parts] = []
    for match in _matches(text):
        one = _parts(match)
        if match.re is _CONTINUED:
            one = replace(found[-1], serial=one.serial, part=None)
        found.append(one)
    return tuple(dict.fromkeys(found))


def misread_in(text: str) -> tuple[Parts, ...]:
    """The numbers that a text would hold if letters that look like digits were these; none where
    it holds no such letter.

    >>> [str(one) for one in misread_in("渝财社〔2O22〕l55号")], misread_in("渝财社〔2022〕155号")
    (['渝财社〔2022〕155号'], ())
    """
    found = (
        (match, [match[name].translate(_LIKE_DIGITS) for name in ("year", "serial")])
        for match in _MISREAD.finditer(_plain(text))
    )
    return tuple(
        Parts(code=_INTRODUCING.sub("", match["code"]), year=int(year), serial=int(serial))
        for match, (year, serial) in found
        if [year, serial] != [match["year"], match["serial"]]
    )


def without_numbers(text: str) -> str:
    """The folded text with its whole numbers taken out: what is left may be a title."""
    known = folded(text)
    for match in reversed(_matches(text)):
        known = known[: match.start()] + known[match.end() :]
    return known


def _matches(text: str) -> list[re.Match[str]]:
    """The whole numbers of a text in its order; their places are those in the folded text."""
    known, plain = folded(text), _plain(text)
    matches: list[re.Match[str]] = []
    for pattern in (*_ORDERS, _NUMBER):
        rest = plain
        for one in matches:
            rest = rest[: one.start()] + "_" * len(one[0]) + rest[one.end() :]
        matches += pattern.finditer(rest)
    matches = matches or [*_BARE.finditer(known)]
    if not matches and (run := _RUN.fullmatch(known)):
        matches = [run]
    for one in tuple(matches):
        end = one.end()
        while more := _CONTINUED.match(plain, end):
            matches.append(more)
            end = more.end()
    return sorted(matches, key=lambda match: match.start())


def parts_of(text: str) -> tuple[Parts, ...]:
    """The ways to read a text as a number of which something is missing; none for other texts.

    >>> [str(one) for one in parts_of("2022 155")], [str(one) for one in parts_of("155号")]
    (['〔2022〕155号'], ['155号'])
    >>> [str(one) for one in parts_of("2022")]
    ['〔2022〕', '2022号']
    """
    known = _plain(text)
    match = _PART.fullmatch(known)
    if match is None or not any(char.isdigit() for char in known):
        return ()
    found = [_parts(match)]
    alone = found[0]
    if alone.serial is None and alone.year is not None and not re.search(r"[\[\]年]", known):
        found.append(Parts(code=alone.code, year=None, serial=alone.year))
        if known.endswith("号"):
            found = found[1:]
    return tuple(found)


def _plain(text: str) -> str:
    known = folded(text)
    plain = "".join(_BRACKETS.get(unicodedata.category(char), char) for char in known)
    return plain.translate(_ANGLES)


def _parts(match: re.Match[str]) -> Parts:
    said = match.groupdict()
    code, year, serial = said.get("code"), said.get("year"), said["serial"]
    if code is not None:
        code = (_INTRODUCING.sub("", code) or code) + (said.get("what") or "")
        code = code.replace("[", "（").replace("]", "）")
    part = _value(said.get("hyphen") or said.get("part"))
    return Parts(
        code=code,
        year=None if year is None else int(year),
        serial=_value(serial),
        part=part if part is not None and 0 < part <= _MOST_PARTS else None,
    )


def part_of(number: str) -> int | None:
    """The sub-number of a number in its normal form; None for most.

    >>> part_of("渝财社〔2022〕155号之二"), part_of("渝财社〔2022〕155号")
    (2, None)
    """
    before, mark, part = number.rpartition("号之")
    return _value(part) if mark and before and set(part) <= {*_NUMERALS, *_UNITS} else None


def _numeral(value: int) -> str:
    """A number below 100 in Chinese numerals: 1 is 一, 12 is 十二."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones or not tens else "")


def _value(typed: str | None) -> int | None:
    """A number in digits, in Chinese numerals (七十三) or in Chinese digits (七三).

    >>> _value("七百零九"), _value("十二"), _value("七三"), _value("0155")
    (709, 12, 73, 155)
    """
    if not typed:
        return None
    if typed[0] not in _NUMERALS + "〇" and typed[0] not in _UNITS:
        return int(typed)
    digits = typed.replace("〇", "零")
    if not set(digits) & _UNITS.keys():
        return int("".join(str(_NUMERALS.index(char)) for char in digits))
    total, digit = 0, 0
    for char in digits:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _NUMERALS.index(char)
    return total + digit
