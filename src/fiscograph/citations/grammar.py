"""All mentions of documents in a text: by number, by title, by both, and vague ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from fiscograph.budget import MentionKind
from fiscograph.citations.codes import CodeBook
from fiscograph.citations.mention import Mention, Tie
from fiscograph.citations.numbers import FoundNumber, numbers_in, with_ascii_digits
from fiscograph.citations.titles import (
    bare_title,
    is_document,
    is_generic,
    is_standard,
    is_work,
    names_its_kind,
    of_any_office,
    title_spans,
)
from fiscograph.citations.words import load_words

_TITLED = Decimal("0.9")
# What stands between a title and its number: the opening bracket, the word 文件, the issuer.
_TO_NUMBER = re.compile(
    r"(?:\s|文件|精神)*(?:[（(](?:(?:19|20)\d{2}年?)?(?:修订|修正|试行|暂行|节选)[^（）()]{0,6}[）)]\s*)?"
    r"(?:[（(\[]\s*(?:(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:修订|修正)?[，,]?\s*)?(?:以下简称[^（）()]{1,20}[）)]\s*[（(]?)?"
    r"(?:[\u4e00-\u9fff、\s]{2,40}(?:局|委|办|府|部|厅|会|院|室)[\s，,、]*)?\s*)?"
)
_OTHER_MARKS = re.compile(r"(?:“|〈|＜+|<+)(?P<title>[^“”《》〈〉<>＜＞。；]{6,80})(?:”|〉|＞+|>+)")
_TO_TITLE = re.compile(r"\s*(?:文件?)?\s*")
_ENDS_TITLE = re.compile(r"\s*[）)]?\s*》\Z")
_LOOKED_BACK = 40
_CLAUSE = re.compile(r"[。；;！？\n]")


def mentions_in(text: str, book: CodeBook) -> tuple[Mention, ...]:
    """All mentions of documents in a text, in reading order.

    A title that is followed by its number, follows it or holds it is one mention. Scores: 1 a
    number whose code the list knows, 0.9 a title alone or a number that leaves out its code, 0.7
    and 0.5 a number of an unknown code; vague mentions as ``data/mentions.toml`` says.

    Args:
        text: the text with its line folds mended.
        book: the codes that are known.
    """
    plain = with_ascii_digits(text)
    numbers = numbers_in(plain, book)
    used: set[int] = set()
    mentions: list[Mention] = []
    spans = title_spans(text) if "《" in text else []
    for start, end in sorted([*spans, *_otherwise_marked(plain, spans, numbers)]):
        mentions.extend(_titled(plain, (start, end), numbers, used))
    mentions.extend(_numbered(n) for n in numbers if n.start not in used)
    mentions.extend(_unmarked(plain, mentions, spans, numbers))
    if any(one.needs in plain for one in load_words().vague):
        mentions.extend(_vague(plain, mentions))
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end)))


def _otherwise_marked(
    text: str, spans: list[tuple[int, int]], numbers: list[FoundNumber]
) -> list[tuple[int, int]]:
    """Titles in other marks than 《》: only where their number stands after them."""
    if not numbers:
        return []
    return [
        match.span()
        for match in _OTHER_MARKS.finditer(text)
        if of_any_office(match["title"])
        and not any(start < match.end() and match.start() < end for start, end in spans)
        and any(
            number.start >= match.end() and _TO_NUMBER.fullmatch(text[match.end() : number.start])
            for number in numbers
        )
    ]


def _numbered(found: FoundNumber) -> Mention:
    return Mention(
        start=found.start,
        end=found.end,
        kind=MentionKind.NUMBERED,
        number=found.number,
        score=found.score,
        number_span=(found.start, found.end),
    )


def _titled(
    text: str, span: tuple[int, int], numbers: list[FoundNumber], used: set[int]
) -> Iterable[Mention]:
    """The mention that one 《…》 makes, and the numbers of other documents within it."""
    start, end = span
    title = bare_title(text[start:end])
    inside = [n for n in numbers if start <= n.start < end]
    own = [
        n
        for n in inside
        if not text[start + 1 : n.start].strip() or _ENDS_TITLE.match(text, n.end, end)
    ]
    after = next((n for n in numbers if n.start >= end and n.start not in used), None)
    if after is not None and not _TO_NUMBER.fullmatch(text[end : after.start]):
        after = None
    before = _before(text, start, title, numbers, used)
    mine = after or (own[0] if own else None) or before
    for number in inside:
        if mine is None or number.number == mine.number:
            continue
        used.add(number.start)
        repeated = number in own
        yield replace(_numbered(number), title=title if repeated else None)
    if mine is not None:
        used |= {mine.start, *(n.start for n in inside if n.number == mine.number)}
        yield Mention(
            start=min(start, mine.start),
            end=max(end, mine.end),
            kind=MentionKind.NUMBERED,
            number=mine.number,
            title=title or None,
            score=mine.score,
            number_span=(mine.start, mine.end),
        )
    elif is_generic(title):
        yield Mention(
            start=start,
            end=end,
            kind=MentionKind.VAGUE,
            title=title,
            score=load_words().generic_score,
            refers="title",
        )
    elif is_document(title) and not is_standard(text[:start], text[end:]):
        yield from _by_title_alone(text, span, title)


def _by_title_alone(text: str, span: tuple[int, int], title: str) -> Iterable[Mention]:
    """A title is a document's by its kind, else by the words before it; books and films are none."""
    start, end = span
    before = text[max(0, start - _LOOKED_BACK) : start]
    if is_work(before, title):
        return
    if names_its_kind(title) or load_words().introduces_title.search(before):
        yield Mention(start=start, end=end, kind=MentionKind.TITLED, title=title, score=_TITLED)
    else:
        yield Mention(
            start=start,
            end=end,
            kind=MentionKind.VAGUE,
            title=title,
            score=load_words().generic_score,
            refers="title",
            narrative=False,
        )


def _before(
    text: str, start: int, title: str, numbers: list[FoundNumber], used: set[int]
) -> FoundNumber | None:
    """The number that stands right before a title: 渝财社〔2022〕155号文《关于…的通知》.

    A law is no office's document: after a number without a mark between it is the next of a list.
    An order promulgates the regulation that is named right after it: 国务院令第649号《…办法》.
    """
    return next(
        (
            number
            for number in numbers
            if number.end <= start
            and number.start not in used
            and _TO_TITLE.fullmatch(text[number.end : start])
            and (of_any_office(title) or _promulgates(number, title))
        ),
        None,
    )


def _promulgates(found: FoundNumber, title: str) -> bool:
    code = found.number.issuer_code
    return code.endswith("令") and code != "主席令" and title.endswith(load_words().by_order)


def _unmarked(
    text: str,
    certain: Iterable[Mention],
    spans: list[tuple[int, int]],
    numbers: list[FoundNumber],
) -> list[Mention]:
    """Titles without marks, where nothing else is mentioned and no number of theirs follows."""
    taken = [*((one.start, one.end) for one in certain), *spans]
    found: list[Mention] = []
    for one in load_words().unmarked:
        for match in one.pattern.finditer(text) if one.needs in text else ():
            start, end = match.span("mention")
            follows = any(
                n.start >= end and _TO_NUMBER.fullmatch(text[end : n.start]) for n in numbers
            )
            if follows or any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            found.append(
                Mention(
                    start=start,
                    end=end,
                    kind=MentionKind.TITLED,
                    title=match["title"].strip(),
                    score=one.score,
                    narrative=one.narrative,
                )
            )
    return found


def _vague(text: str, certain: Iterable[Mention]) -> list[Mention]:
    """Mentions that name no document, where no certain mention stands."""
    taken = [(one.start, one.end) for one in certain]
    found: list[Mention] = []
    for one in load_words().vague:
        if one.needs not in text:
            continue
        for match in one.pattern.finditer(text):
            start, end = match.span("mention")
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            named = match.groupdict()
            found.append(
                Mention(
                    start=start,
                    end=end,
                    kind=MentionKind.VAGUE,
                    title=named.get("title"),
                    score=one.score,
                    serial=int(named["serial"]) if named.get("serial") else None,
                    refers=one.refers,
                    narrative=one.narrative,
                )
            )
    return found


def ties_in(text: str, mentions: tuple[Mention, ...]) -> tuple[Tie, ...]:
    """What the sentences of a text say of two mentions that stand one after the other.

    Args:
        text: the text the mentions were read from.
        mentions: its mentions in reading order.
    """
    ties: list[Tie] = []
    for at, (one, other) in enumerate(pairwise(mentions)):
        between = text[one.end : other.start]
        if _CLAUSE.search(between) or MentionKind.VAGUE in (one.kind, other.kind):
            continue
        before = _CLAUSE.split(text[: one.start])[-1]
        for tie in load_words().ties:
            if tie.between.search(between) and tie.before.search(before):
                first, second = (at + 1, at) if tie.reversed else (at, at + 1)
                ties.append(Tie(kind=tie.kind, subject=first, object=second))
                break
    return tuple(ties)
