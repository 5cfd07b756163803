"""A document number as people type it: in its one normal form, or in parts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_MOST = 400
_NUMBER = re.compile(r"(?P<code>[^\W\d_]{1,20}+)\[(?P<year>\d{4})\]第?(?P<serial>\d{1,6})(?!\d)号?")
_BARE = re.compile(r"(?P<code>[^\W\d_]{1,20}?)(?P<year>(?:19|20)\d\d)年?第?(?P<serial>\d{1,6})号")
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
    """What a typed number holds: issuer code, year and serial, each None where it was not typed."""

    code: str | None
    year: int | None
    serial: int | None

    @property
    def whole(self) -> bool:
        return None not in (self.code, self.year, self.serial)

    def __str__(self) -> str:
        year = "" if self.year is None else f"〔{self.year}〕"
        serial = "" if self.serial is None else f"{self.serial}号"
        return f"{self.code or ''}{year}{serial}"


def folded(text: str) -> str:
    """The text in compatibility form, without white space and invisible characters.

    >>> folded(" 渝财社﹝２０２２﹞ 155 号")
    '渝财社〔2022〕155号'
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text[:_MOST]))


def normal_form(text: str) -> str | None:
    """``代字〔year〕serial号`` (GB/T 9704-2012, 7.2.5) for a number in any bracket style, with
    full-width digits, spaces, 第, leading zeros, without 号 or, alone, without brackets; None where
    there is no number.

    >>> normal_form("渝财社[2022] 155")
    '渝财社〔2022〕155号'
    >>> normal_form("渝财社（２０２２）第０155号")
    '渝财社〔2022〕155号'
    >>> normal_form("渝财社2022155")
    '渝财社〔2022〕155号'
    >>> normal_form("就业补助资金")
    """
    found = numbers_in(text)
    return str(found[0]) if found else None


def numbers_in(text: str) -> tuple[Parts, ...]:
    """The whole numbers of a text, each once, in its order.

    >>> [str(one) for one in numbers_in("根据渝财社[2022]155、渝财规【2019】15号")]
    ['渝财社〔2022〕155号', '渝财规〔2019〕15号']
    """
    known, plain = folded(text), _plain(text)
    matches = [*_NUMBER.finditer(plain)] or [*_BARE.finditer(known)]
    if not matches and (run := _RUN.fullmatch(known)):
        matches = [run]
    return tuple(dict.fromkeys(_parts(match) for match in matches))


def without_numbers(text: str) -> str:
    """The folded text with its whole numbers taken out: what is left may be a title."""
    known = folded(text)
    if _RUN.fullmatch(known):
        return ""
    plain = _plain(text)
    spans = [match.span() for match in _NUMBER.finditer(plain)]
    spans = spans or [match.span() for match in _BARE.finditer(known)]
    for start, end in reversed(spans):
        known = known[:start] + known[end:]
    return known


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
    code, year, serial = match["code"], match["year"], match["serial"]
    if code is not None:
        code = _INTRODUCING.sub("", code) or code
    return Parts(
        code=code,
        year=None if year is None else int(year),
        serial=None if serial is None else int(serial),
    )
