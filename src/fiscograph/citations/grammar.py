"""The grammar of mentions: document numbers in every printed form, and titles.

A 发文字号 is issuer code (代字), year in brackets, serial number, 号 (GB/T 9704-2012). The code has no
mark at its left end, so it is taken as the longest code of the issuers' list that ends at the
bracket; where none does, the characters before the bracket are cut at the words that introduce
numbers, and the mention scores lower.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import DocumentNumber
from fiscograph.citations.titles import bare_title, title_spans

_NUMBER = re.compile(
    r"(?P<lead>[\u3400-\u9fff][\u3400-\u9fff\s]{0,24}?)?\s*"
    r"[〔\[【﹝（(〈<［]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]】﹞）)〉>］]\s*"
    r"第?\s*(?P<serial>\d{1,5})(?!\d|[.,]\d|\s*[年月万元%人户个次])\s*(?P<mark>号)?"
)
# Words that stand before a number and are no part of its code.
_INTRODUCED = re.compile(
    r".*(?:根据|依据|按照|参照|遵照|依照|由于|按|以及|经|和|与|及|转发|印发|执行|贯彻|落实|下达|的|文件|通知|见|由|据|、|，)"
)
_LONGEST_CODE = 8
# GB/T 2260's provinces by the one character that opens their issuers' codes.
_PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇云藏陕甘青宁新")
_KNOWN, _UNKNOWN, _TITLED = Decimal(1), Decimal("0.7"), Decimal("0.9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mention within a text: ``start`` and ``end`` from 0, end exclusive; ``title`` without 《》.

    ``score`` is 1 for a number whose code the issuers' list knows, 0.9 for a title alone, 0.7 for a
    number of an unknown code.
    """

    start: int
    end: int
    number: DocumentNumber | None
    title: str | None
    score: Decimal


def mentions_in(text: str, known: Collection[str]) -> tuple[Mention, ...]:
    """All mentions of documents in a text, in reading order.

    A title that is followed by its number, or holds it, is one mention.

    Args:
        text: the text with its line folds mended.
        known: the issuer codes of the list.
    """
    titles = title_spans(text)
    plain = _with_ascii_digits(text)
    numbers = [found for match in _NUMBER.finditer(plain) if (found := _number(match, known))]
    mentions: list[Mention] = []
    used: set[int] = set()
    for start, end in titles:
        inside = [n for n in numbers if start <= n.start < end]
        after = [n for n in numbers if n.start >= end and not _between(text[end : n.start])]
        mine = after[:1] or inside[:1]
        used |= {n.start for n in (*inside, *mine)}
        title = bare_title(text[start:end])
        if mine:
            last = max(end, mine[0].end)
            mentions.append(
                Mention(
                    start=start, end=last, number=mine[0].number, title=title, score=mine[0].score
                )
            )
        elif title:
            mentions.append(Mention(start=start, end=end, number=None, title=title, score=_TITLED))
    mentions.extend(n for n in numbers if n.start not in used)
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end)))


def _with_ascii_digits(text: str) -> str:
    """The text with full-width digits as ASCII ones: same length, same places."""
    return text.translate({0xFF10 + digit: str(digit) for digit in range(10)})


def _between(text: str) -> str:
    """What stands between a title and its number beside the opening bracket of （number）."""
    return re.sub(r"[\s（(]|文件|精神", "", text)


def _number(match: re.Match[str], known: Collection[str]) -> Mention | None:
    lead = match["lead"] or ""
    code, is_known = _code(re.sub(r"\s", "", lead), known)
    if not code:
        return None
    if match["mark"] is None and not is_known:
        return None
    start = match.start("lead") + _offset(lead, len(code))
    return Mention(
        start=start,
        end=match.end() if match["mark"] else match.end("serial"),
        number=DocumentNumber(
            issuer_code=code, year=int(match["year"]), serial=int(match["serial"])
        ),
        title=None,
        score=_KNOWN if is_known else _UNKNOWN,
    )


def _offset(lead: str, length: int) -> int:
    """Where the last ``length`` characters of a lead begin, white space not counted."""
    left = length
    for index in range(len(lead) - 1, -1, -1):
        if not lead[index].isspace():
            left -= 1
            if left == 0:
                return index
    return 0


def _code(lead: str, known: Collection[str]) -> tuple[str, bool]:
    """The issuer code at the end of a lead, and whether the list knows it.

    A province's sign before a code that the list knows makes it that province's, another issuer's.
    """
    for length in range(min(len(lead), _LONGEST_CODE + 4), 1, -1):
        if lead[-length:] in known:
            signed = len(lead) > length and lead[-length - 1] in _PROVINCES
            return (lead[-length - 1 :], False) if signed else (lead[-length:], True)
    introduced = _INTRODUCED.match(lead)
    rest = lead[introduced.end() :] if introduced else lead
    return (rest, False) if 2 <= len(rest) <= _LONGEST_CODE else (rest[-_LONGEST_CODE:], False)


def number_in(text: str) -> DocumentNumber | None:
    """The document number that a text is, in any style of brackets, spacing and width.

    >>> str(number_in("渝财社[2022]155"))
    '渝财社〔2022〕155号'
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    match = re.fullmatch(
        r"(?P<code>[\u3400-\u9fff\s]+?)\s*[〔\[【(〈<]\s*(?P<year>\d{4})\s*[〕\]】)〉>]\s*"
        r"第?\s*(?P<serial>\d{1,5})\s*号?",
        folded,
    )
    if match is None:
        return None
    return DocumentNumber(
        issuer_code=re.sub(r"\s", "", match["code"]),
        year=int(match["year"]),
        serial=int(match["serial"]),
    )
