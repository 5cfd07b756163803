"""The grammar of document numbers in every printed form.

A 发文字号 is issuer code (代字), year in brackets, serial number, 号 (GB/T 9704-2012, 7.2.5). Orders
and public notices are numbered without brackets: 国务院令第709号, 财政部公告2021年第12号. What follows
a number as ``、45号`` or ``、〔2014〕45号`` is another number of the same issuer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from fiscograph.budget import DocumentNumber
from fiscograph.citations.codes import (
    CUT,
    GUESSED,
    LISTED,
    RECALLED,
    CodeBook,
    FoundCode,
    ends_in_a_word,
    words_before,
)
from fiscograph.citations.joint import bodies_at_end, joint_code, last_body
from fiscograph.citations.words import load_words

_GAP = r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*"
_HEXAGONAL = "〔﹝"
_OPEN = r"[〔﹝\[【（(﹙〈<［＜「『{｛〖“]"
_CLOSE = r"[〕﹞\]】）)﹚〉>］＞」』}｝〗”]"
_NUMERAL = "〇○零一二三四五六七八九十百"
_YEAR = rf"(?P<year>(?:19|20){_GAP}[0-9]{_GAP}[0-9]|[一二]{_GAP}[九〇○零0]{_GAP}[{_NUMERAL}0]{_GAP}[{_NUMERAL}0])"
_SERIAL = rf"(?P<serial>[0-9]{{1,5}}|[{_NUMERAL}]{{1,7}})"
_PART = rf"(?:{_GAP}[-－—]{_GAP}(?P<hyphen>[0-9]{{1,2}})(?={_GAP}号))?"
_AFTER = rf"(?:{_GAP}之(?P<part>[一二三四五六七八九十]{{1,3}}))?"
_NOT_AMOUNT = rf"(?![0-9A-Za-z|]|[{_NUMERAL}]|[.,，][0-9]|{_GAP}[年月日万元亿%％人户个次家项名套台件本册期批%])"
_BRACKETED = re.compile(
    rf"(?P<open>{_OPEN}){_GAP}{_YEAR}{_GAP}年?{_GAP}{_CLOSE}{_GAP}第?{_GAP}"
    rf"{_SERIAL}{_PART}{_NOT_AMOUNT}{_GAP}(?P<mark>[号號])?{_AFTER}"
)
_BARE = re.compile(
    rf"(?P<open>){_OPEN}?{_GAP}(?P<year>(?:19|20)[0-9][0-9]){_GAP}年?{_GAP}{_CLOSE}?{_GAP}[-－—]?{_GAP}第?{_GAP}"
    rf"{_SERIAL}{_PART}{_GAP}(?P<mark>[号號]){_AFTER}"
)
# The rest of a serial number that a line's end or spaces cut: 155号 printed as 15 5号, 1 5 5号.
_TORN_SERIAL = re.compile(r"(?P<rest>(?:\s+[0-9]{1,4})+)\s*[号號](?P<follows>.?)")
# The style before 1996: （1998）财社字第12号.
_YEAR_FIRST = re.compile(
    rf"{_OPEN}{_GAP}(?P<year>(?:19|20)[0-9][0-9]){_GAP}{_CLOSE}{_GAP}(?P<code>[\u3400-\u9fff]{{2,8}}字){_GAP}"
    rf"第{_GAP}{_SERIAL}{_GAP}号"
)
_MORE = rf"(?={_GAP}、{_GAP}[0-9]{{1,5}}{_GAP}[、号])"
# 渝财社〔2022〕15号至18号: the first and the last are printed, what lies between is not.
_CONTINUED = re.compile(
    rf"(?:文件?)?{_GAP}(?P<mark>[、和及与至到~～]){_GAP}(?P<there>)(?:{_OPEN}{_GAP}{_YEAR}{_GAP}{_CLOSE}{_GAP})?第?{_GAP}"
    rf"{_SERIAL}{_GAP}(?:号|{_MORE})"
)
_LISTED_SERIALS = re.compile(rf"(?:{_GAP}、{_GAP}[0-9]{{1,5}})+{_GAP}号")
_WHOLE = re.compile(
    rf"(?P<code>[\u3400-\u9fff](?:{_GAP}[\u3400-\u9fff])*?"
    rf"(?:{_GAP}[（(][\u3400-\u9fff]{{1,2}}[）)][\u3400-\u9fff]{{0,2}})?){_GAP}{_OPEN}{_GAP}{_YEAR}{_GAP}年?{_GAP}"
    rf"{_CLOSE}{_GAP}第?{_GAP}{_SERIAL}{_PART}{_GAP}号?{_AFTER}"
)
_WHOLE_ORDER = re.compile(
    rf"(?P<code>[\u3400-\u9fff]{{2,30}}?){_GAP}(?P<order>令|公告|通告){_GAP}(?:{_OPEN}?{_YEAR}{_GAP}年?{_CLOSE}?)?{_GAP}"
    rf"(?P<bracket>[（(])?{_GAP}第?{_GAP}{_SERIAL}{_PART}{_GAP}号{_AFTER}(?(bracket){_GAP}[）)]?)"
)
_WHOLE_REVERSED = re.compile(
    rf"(?P<code>[\u3400-\u9fff]{{2,30}}?){_GAP}第?{_GAP}{_SERIAL}{_GAP}号{_GAP}(?P<order>令)"
)
_INNER = re.compile(r"[（(](?P<inner>[\u3400-\u9fff]{1,2})[)）]\Z")
_LONGEST_INNER = 4
_HAN = re.compile(r"[\u3400-\u9fff]")
_HOUSES = frozenset("楼院幢栋室线")
_LEAD = 40
_BETWEEN_BODIES = "、，,"
_ELIDED = Decimal("0.9")
_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_MOST_PARTS = 20
_HIGHEST_SERIAL = 99_999
_ORDERED = ("令", "公告", "通告")
_SHORTEST_BODY, _LONGEST_BODY = 2, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNumber:
    """A number within a text: places from 0, end exclusive."""

    start: int
    end: int
    number: DocumentNumber
    score: Decimal


def with_ascii_digits(text: str) -> str:
    """The text with full-width digits as ASCII ones: same length, same places."""
    return text.translate(_DIGITS)


def numbers_in(text: str, book: CodeBook) -> list[FoundNumber]:
    """All document numbers of a text, in reading order.

    Args:
        text: the text with its digits in ASCII.
        book: the codes that are known.
    """
    found: list[FoundNumber] = []
    for match in _BRACKETED.finditer(text):
        _add(found, _bracketed(match, text, book), text)
    if "号" in text:
        for match in _YEAR_FIRST.finditer(text):
            _add(found, _year_first(match, book), text)
        for match in _BARE.finditer(text):
            _add(found, _bare(match, text, book), text)
        if "令" in text or "公告" in text:
            for one in _orders(text, book):
                _add(found, one, text)
    return sorted(found, key=lambda one: one.start)


def _add(found: list[FoundNumber], one: FoundNumber | None, text: str) -> None:
    if one is None or any(one.start < other.end and other.start < one.end for other in found):
        return
    found.append(one)
    found.extend(_continued(one, text))


def _continued(first: FoundNumber, text: str) -> Iterator[FoundNumber]:
    """The numbers after ``first`` that leave out its code, and its year where they have none."""
    number, end = first.number, first.end
    while match := _CONTINUED.match(text, end):
        serial = _value(match["serial"])
        year = number.year if match["year"] is None else _year(match["year"])
        if not serial or (match["year"] and not year):
            return
        if not _is_document(match["mark"], text[match.end() : match.end() + 2]):
            return
        number = DocumentNumber(issuer_code=number.issuer_code, year=year, serial=serial)
        end = match.end()
        yield FoundNumber(
            start=match.end("there"), end=end, number=number, score=min(first.score, _ELIDED)
        )


def _is_document(mark: str, follows: str) -> bool:
    """Whether ``45号`` after a number is a number too, and not a house, a line, an order."""
    words = load_words()
    if follows[:1] and follows[0] in words.not_continued:
        return False
    ends = not follows.strip() or follows[0].isspace()
    return mark == "、" or ends or follows.startswith(words.continued_before)


def _bracketed(match: re.Match[str], text: str, book: CodeBook) -> FoundNumber | None:
    lead, places = _lead(text, match.start())
    divided = _divided(text, match.start(), lead, places, book)
    if divided is not None:
        code, places = divided
        return _number(match, code, places, code.score) if match["mark"] else None
    known = book.code_at_end(lead, _parted(places)) if len(lead) > 1 else None
    return None if known is None else _of_code(match, text, known, places)


def _of_code(
    match: re.Match[str], text: str, code: FoundCode, places: list[int]
) -> FoundNumber | None:
    """The number of a code that was found; an unlisted one has to look like one."""
    marked = match["mark"] is not None or _LISTED_SERIALS.match(text, match.end()) is not None
    if not code.known and (
        not (marked and _may_be_code(code.code, match["open"]))
        or _numbers_else(text, places[0], match.end())
    ):
        return None
    if code.known and not marked and _value(match["serial"]) != _digits(match["serial"]):
        return None
    torn = None if marked else _TORN_SERIAL.match(text, match.end("serial"))
    if torn is not None and match["serial"].isascii() and not _is_place(torn):
        return _torn(match, torn, code, places)
    return _number(match, code, places, code.score)


def _divided(
    text: str, end: int, after: str, places: list[int], book: CodeBook
) -> tuple[FoundCode, list[int]] | None:
    """A code that names its division in brackets: 宁财（社）指标, 榕财社（指）; else None.

    The bracket belongs to the code only where what stands before it ends in one.
    """
    words = load_words()
    end_of_bracket = places[0] if places else end
    bracket = _INNER.search(text, max(0, end_of_bracket - _LONGEST_INNER), end_of_bracket)
    if bracket is None or after not in words.after_inner or bracket["inner"] not in words.inner:
        return None
    before, first = _lead(text, bracket.start())
    outer = book.code_at_end(before, _parted(first)) if len(before) > 1 else None
    if outer is None or book.sign_of(outer.code) is None:
        return None
    own = range(first[-outer.length], end)
    code = f"{outer.code}（{bracket['inner']}）{after}"
    return FoundCode(code=code, length=len(own), score=min(outer.score, CUT)), list(own)


def _numbers_else(text: str, start: int, end: int) -> bool:
    """Whether what looks like an unknown code's number is of a house, or of a contract or plan that
    the words before name: 合同编号：某采〔2022〕15号.
    """
    if text[end - 1 : end] in {"号", "號"} and text[end : end + 1] in _HOUSES:
        return True
    return text[:start].rstrip(" \t:：").endswith(load_words().numbered)


def _is_place(torn: re.Match[str]) -> bool:
    """Whether the number after a space is that of a house or a line: 〔2022〕155 3号楼."""
    follows = torn["follows"]
    return bool(follows) and "\n" not in torn[0] and follows in load_words().not_continued


def _torn(
    match: re.Match[str], torn: re.Match[str], code: FoundCode, places: list[int]
) -> FoundNumber | None:
    """A number whose serial number goes on in the next line: whole, but not sure."""
    serial = int(match["serial"] + re.sub(r"\s", "", torn["rest"]))
    year = _year(match["year"])
    if year is None or serial > _HIGHEST_SERIAL:
        return None
    return FoundNumber(
        start=places[-code.length],
        end=torn.start("follows"),
        number=DocumentNumber(issuer_code=code.code, year=year, serial=serial),
        score=min(code.score, CUT),
    )


def _may_be_code(code: str, bracket: str) -> bool:
    return bracket in _HEXAGONAL or code[-1] in load_words().endings


def _bare(match: re.Match[str], text: str, book: CodeBook) -> FoundNumber | None:
    """渝财社2022年第155号: only of a known code; public notices may be given by several bodies."""
    lead, places = _lead(text, match.start())
    code = book.code_at_end(lead, _parted(places)) if len(lead) > 1 else None
    if code is None or not code.known or code.code.endswith(_ORDERED):
        return None
    return _number(match, code, places, min(code.score, _ELIDED))


def _year_first(match: re.Match[str], book: CodeBook) -> FoundNumber | None:
    year, serial = _year(match["year"]), _value(match["serial"])
    if year is None or not serial:
        return None
    issuer = book.issuers.get(match["code"])
    return FoundNumber(
        start=match.start(),
        end=match.end(),
        number=DocumentNumber(
            issuer_code=issuer.canonical if issuer else match["code"], year=year, serial=serial
        ),
        score=_ELIDED if issuer else CUT,
    )


def _number(
    match: re.Match[str], code: FoundCode, places: list[int], score: Decimal
) -> FoundNumber | None:
    year, serial = _year(match["year"]), _value(match["serial"])
    hyphen, part = match["hyphen"], match["part"]
    below = int(hyphen) if hyphen else _value(part) if part else None
    if year is None or not serial:
        return None
    if hyphen and below is not None and below > serial:
        # 15-18号 may be a range: its first number is sure to be meant, a part of it is not.
        below, score = None, min(score, CUT)
    if below is not None and not 0 < below <= _MOST_PARTS:
        return None
    end = match.end() if match["mark"] else match.end("serial")
    return FoundNumber(
        start=places[-code.length],
        end=end,
        number=DocumentNumber(issuer_code=code.code, year=year, serial=serial, part=below),
        score=score,
    )


def _lead(text: str, end: int, over: str = "") -> tuple[str, list[int]]:
    """The Chinese characters before ``end`` and their places, white space left out and the
    characters of ``over``.
    """
    chars: list[str] = []
    places: list[int] = []
    for index in range(end - 1, max(-1, end - _LEAD), -1):
        char = text[index]
        if char == "号":
            break  # the end of another number: no code holds it
        if _HAN.match(char):
            chars.append(char)
            places.append(index)
        elif char not in over and not re.fullmatch(_GAP, char):
            break
    return "".join(reversed(chars)), places[::-1]


def _parted(places: list[int]) -> Callable[[int], bool]:
    """Whether white space stands before the last so many of some characters."""

    def parted(length: int) -> bool:
        return length < len(places) and places[-length] - places[-length - 1] > 1

    return parted


def _orders(text: str, book: CodeBook) -> Iterator[FoundNumber]:
    """国务院令第709号, 主席令第七十三号, 财政部第87号令, 财政部公告2021年第12号."""
    for pattern in _order_patterns():
        for match in pattern.finditer(text):
            found = _order(match, text, book)
            if found is not None:
                yield found


def _order(match: re.Match[str], text: str, book: CodeBook) -> FoundNumber | None:
    serial = _value(match["serial"])
    year = None if match["year"] is None else _year(match["year"])
    what = match["what"]
    if not serial:
        return None
    lead, places = _lead(text, match.end("body"))
    code = _order_code(lead, what, book)
    if code is None:
        return None
    score = code.score if what == "令" else min(code.score, _ELIDED if year else CUT)
    lead, places = _lead(text, match.end("body"), over=_BETWEEN_BODIES)
    joint = joint_code(lead[: -code.length], code, what, book)
    return FoundNumber(
        start=places[-joint.length],
        end=match.end(),
        number=DocumentNumber(issuer_code=joint.code, year=year, serial=serial),
        score=min(score, joint.score),
    )


def _order_code(lead: str, what: str, book: CodeBook) -> FoundCode | None:
    """The body that gives an order, with its 令: known by the list, else cut at the words before."""
    words = load_words()
    end = words_before(lead, _SHORTEST_BODY)
    rest = lead[end:]
    for length in range(len(rest), 0, -1):
        issuer = book.issuers.get(rest[-length:] + what)
        before = rest[:-length]
        if issuer is None:
            continue
        sure = RECALLED if issuer.confidence == "recalled" else LISTED
        if not before or before.endswith("中华人民共和国"):
            stated = length + (len("中华人民共和国") if before else 0)
            return FoundCode(code=issuer.canonical, length=stated, score=sure)
        if bodies_at_end(before, book)[1] or ends_in_a_word(before):
            return FoundCode(code=issuer.canonical, length=length, score=sure)
        if rest[-length:] in words.unique_bodies:
            return FoundCode(code=issuer.canonical, length=length, score=CUT)
    named = last_body(rest, book)
    if named is not None:
        name, length = named
        before = rest[: len(rest) - length]
        if not before or bodies_at_end(before, book)[1] == len(before) or ends_in_a_word(before):
            return FoundCode(code=name + what, length=length, score=CUT)
    bare = rest.removeprefix("中华人民共和国")
    if not _SHORTEST_BODY <= len(bare) <= _LONGEST_BODY:
        return None
    return FoundCode(code=bare + what, length=len(rest), score=CUT if end else GUESSED)


@cache
def _order_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    state = r"(?:(?<![\u4e00-\u9fff])|(?<=[据照按行实由及和与为]))国(?=\s*令)"
    bodies = rf"(?P<body>{load_words().order_bodies}|{state})"
    year = rf"(?:[（(〔\[]?{_GAP}(?P<year>(?:19|20)[0-9][0-9]){_GAP}[年〕\])）]*)?"
    serial = rf"(?P<bracket>[（(])?{_GAP}第?{_GAP}{_SERIAL}{_GAP}号(?(bracket){_GAP}[）)]?)"
    return (
        re.compile(rf"{bodies}{_GAP}(?P<what>令|公告|通告){_GAP}{year}{_GAP}{serial}"),
        re.compile(rf"{bodies}{_GAP}(?P<year>(?!))?第?{_GAP}{_SERIAL}{_GAP}号{_GAP}(?P<what>令)"),
    )


def _year(printed: str | None) -> int | None:
    """A year in ASCII digits or in Chinese ones."""
    if printed is None:
        return None
    digits = "".join(
        char if char.isascii() else str(_VALUES.get(char, "")) for char in printed if char.strip()
    )
    digits = re.sub(r"[^0-9]", "", digits)
    if len(digits) != len("2022") or not digits.startswith(("19", "20")):
        return None
    return int(digits)


def _digits(printed: str) -> int | None:
    return int(printed) if printed.isdigit() and printed.isascii() else None


def _value(printed: str | None) -> int | None:
    """A number in ASCII digits, in Chinese numerals (七十三), or in Chinese digits (七三)."""
    if not printed:
        return None
    if printed.isascii():
        return int(printed)
    if not set(printed) & set("十百"):
        return int("".join(str(_VALUES[char]) for char in printed))
    total = digit = 0
    for char in printed:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _VALUES[char]
    return total + digit


def number_in(text: str, book: CodeBook | None = None) -> DocumentNumber | None:
    """The document number that a text is, in any style of brackets, spacing and width.

    Args:
        text: a number and nothing else.
        book: tells other names of one body's code, where given.

    >>> str(number_in("渝财社[2022]155"))
    '渝财社〔2022〕155号'
    >>> str(number_in("国务院令第七百零九号"))
    '国务院令第709号'
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    for pattern in (_WHOLE, _WHOLE_ORDER, _WHOLE_REVERSED):
        match = pattern.fullmatch(folded)
        if match is not None:
            return _whole(match.groupdict(), book)
    return None


def _whole(printed: Mapping[str, str | None], book: CodeBook | None) -> DocumentNumber | None:
    code = re.sub(_GAP, "", printed["code"] or "") + (printed.get("order") or "")
    code = code.replace("(", "（").replace(")", "）")
    issuer = book.issuers.get(code) if book else None
    year, serial = _year(printed.get("year")), _value(printed["serial"])
    if not serial or (year is None and not code.endswith(("令", "公告", "通告"))):
        return None
    return DocumentNumber(
        issuer_code=issuer.canonical if issuer else code,
        year=year,
        serial=serial,
        part=_value(printed.get("hyphen") or printed.get("part")),
    )
