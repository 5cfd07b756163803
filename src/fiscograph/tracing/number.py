"""A document number as people type it, in its one normal form."""

from __future__ import annotations

import re
import unicodedata

_MOST = 200
_NUMBER = re.compile(r"(?P<code>[^\W\d_]{1,20}+)\[(?P<year>\d{4})\]第?(?P<serial>\d{1,6})(?!\d)号?")
_BARE = re.compile(r"(?P<code>[^\W\d_]{1,20}?)(?P<year>(?:19|20)\d\d)年?第?(?P<serial>\d{1,6})号")
_BRACKETS = {"Ps": "[", "Pi": "[", "Pe": "]", "Pf": "]"}
_ANGLES = str.maketrans("<>", "[]")
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def folded(text: str) -> str:
    """The text in compatibility form, without white space and invisible characters.

    >>> folded(" 渝财社﹝２０２２﹞ 155 号")
    '渝财社〔2022〕155号'
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text[:_MOST]))


def normal_form(text: str) -> str | None:
    """``代字〔year〕serial号`` (GB/T 9704-2012, 7.2.5) for a number in any bracket style, with
    full-width digits, spaces, 第, leading zeros or without 号; None where there is no number.

    >>> normal_form("渝财社[2022] 155")
    '渝财社〔2022〕155号'
    >>> normal_form("渝财社（２０２２）第０155号")
    '渝财社〔2022〕155号'
    >>> normal_form("就业补助资金")
    """
    known = folded(text)
    plain = "".join(_BRACKETS.get(unicodedata.category(char), char) for char in known)
    match = _NUMBER.search(plain.translate(_ANGLES)) or _BARE.search(known)
    if match is None:
        return None
    return f"{match['code']}〔{int(match['year'])}〕{int(match['serial'])}号"
