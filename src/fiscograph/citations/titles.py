"""Titles of documents: 《…》, nested and repeated, and what a title says of another document."""

from __future__ import annotations

import re

from fiscograph.budget import RelationKind, name_key
from fiscograph.citations.words import load_words

_STATE = "中华人民共和国"
_OPEN, _CLOSE = "《", "》"
_SHORTEST = 3
_OTHER_MARKS = re.compile(r"(?:“|〈|＜+|<+)([^“”《》〈〉<>＜＞]+)(?:”|〉|＞+|>+)")
_CODE = r"(?:(?!关于|转发|印发|批转|下达|的)[\u3400-\u9fff]){2,10}"
_OWN_NUMBER = re.compile(
    r"\A" + _CODE + r"\s*[〔\[【﹝（(〈]\s*\d{4}\s*[〕\]】）﹞)〉]\s*第?\s*\d+\s*号?\s*"
)
_OWN_NUMBER_AFTER = re.compile(
    r"\s*[（(]\s*"
    + _CODE
    + r"\s*[〔\[【﹝（(〈]\s*\d{4}\s*[〕\]】）﹞)〉]\s*第?\s*\d+\s*号?\s*[）)]\Z"
)
# 重庆市财政局重庆市人力资源和社会保障局关于…: the bodies before a title's own words.
_ISSUERS = re.compile(
    r"\A(?:[\u4e00-\u9fff、\s]{2,60}?(?:局|委|办|府|部|厅|会|院|室))(?=关于|转发|印发)"
)
_WITHIN = re.compile(r"[〈《＜<](?P<inner>[^〈〉《》]+)[〉》＞>]")
_FORWARDED = re.compile(
    r"(?:转发|批转)(?P<inner>(?:[^〈《]{0,40}?关于)?.+?(?:通知|意见|办法|方案|函|规定|决定))的(?:通知|函)\Z"
)
_IMPLEMENTING = re.compile(r"\A(?P<inner>.{2,20}法)(?:实施条例|实施细则|实施办法)\Z")
_TITLE_TIES = (
    (RelationKind.FORWARDS, re.compile(r"(?:转发|批转)\s*\Z")),
    (RelationKind.PROMULGATES, re.compile(r"(?:印发|颁发|发布|公布)\s*\Z")),
    (RelationKind.IMPLEMENTS, re.compile(r"(?:贯彻落实|贯彻执行|贯彻|落实|实施|执行)\s*\Z")),
)
_WHOLE_TIES = (
    (RelationKind.FORWARDS, _FORWARDED),
    (RelationKind.IMPLEMENTS, _IMPLEMENTING),
)


def title_spans(text: str) -> list[tuple[int, int]]:
    """Start and end (from 0, end exclusive) of each outermost 《…》 of a text.

    >>> title_spans("《关于〈方案〉的通知》和《社会保险法》")
    [(0, 11), (12, 19)]
    """
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for index, char in enumerate(text):
        if char == _OPEN:
            if depth == 0:
                start = index
            depth += 1
        elif char == _CLOSE and depth:
            depth -= 1
            if depth == 0:
                spans.append((start, index + 1))
    if depth:
        # A 《 that nothing closes hides no title after it.
        begin = start + 1
        spans.extend((begin + one, begin + other) for one, other in title_spans(text[begin:]))
    return spans


def bare_title(printed: str) -> str:
    """A title without its outer 《》 and without its own number printed again inside."""
    other = _OTHER_MARKS.fullmatch(printed)
    inner = other[1] if other else printed.removeprefix(_OPEN).removesuffix(_CLOSE)
    return _OWN_NUMBER_AFTER.sub("", _OWN_NUMBER.sub("", inner)).strip()


def title_key(title: str) -> str:
    """The key of an unnumbered document: the name key of its bare title.

    >>> title_key("《中华人民共和国劳动争议调解仲裁法》")
    '劳动争议调解仲裁法'
    """
    return name_key(bare_title(title).removeprefix(_STATE))


def title_core(title: str) -> str:
    """The key of a title without the bodies that issue: two printings of one title share it.

    >>> title_core("重庆市财政局重庆市人力资源和社会保障局关于做好补助工作的通知")
    '关于做好补助工作的通知'
    """
    return title_key(_ISSUERS.sub("", bare_title(title)))


def is_document(title: str) -> bool:
    """Whether 《title》 names a document: tables, papers and contracts are none."""
    return len(title) >= _SHORTEST and not title.endswith(load_words().not_titles)


def names_its_kind(title: str) -> bool:
    """Whether a title ends as those of documents do, whatever version is told after it.

    >>> names_its_kind("社会保险法（2018修正）"), names_its_kind("新华字典")
    (True, False)
    """
    words = load_words()
    bare, before = title.rstrip("》〉>＞"), ""
    while bare != before:
        before, bare = bare, words.kind_asides.sub("", bare).rstrip()
    return bare.endswith(words.kinds)


def is_work(before: str, title: str) -> bool:
    """Whether what stands before a title says that it is a book, a film, a play or a brochure."""
    words = load_words()
    named = names_its_kind(title) and not title.endswith(words.soft_kinds)
    return not named and words.works.search(before) is not None


def is_standard(before: str, after: str) -> bool:
    """Whether the number of a technical standard stands right before or after a title."""
    number = load_words().standards
    return (
        re.search(rf"{number.pattern}\s*\Z", before) is not None
        or re.match(rf"\s*[（(]?\s*{number.pattern}", after) is not None
    )


def is_generic(title: str) -> bool:
    """Whether a title names a kind alone, 《通知》, so that the text before must tell which."""
    words = load_words()
    named = "关于" not in title and title.endswith(words.generic_endings)
    return named or title in words.generic_titles


def of_any_office(title: str) -> bool:
    """Whether a title is of a kind that any office gives out: 《关于做好有关工作的通知》."""
    return title.endswith(load_words().any_office)


def titles_within(title: str) -> list[tuple[RelationKind, str]]:
    """The titles that a title names, each with what its document does to them.

    >>> titles_within("某局转发〈关于完善补助政策的通知〉及其条文解读的通知")
    [(<RelationKind.FORWARDS: 'forwards'>, '关于完善补助政策的通知')]
    >>> titles_within("劳动合同法实施条例")
    [(<RelationKind.IMPLEMENTS: 'implements'>, '劳动合同法')]
    """
    found: list[tuple[RelationKind, str]] = []
    for match in _WITHIN.finditer(title):
        before = title[: match.start()]
        for kind, pattern in _TITLE_TIES:
            if pattern.search(before):
                found.append((kind, match["inner"]))
                break
    if found:
        return found
    for kind, pattern in _WHOLE_TIES:
        whole = pattern.search(title.removeprefix(_STATE))
        if whole:
            return [(kind, whole["inner"])]
    return found
