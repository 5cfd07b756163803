"""The phrase before a number: its subject, its year, and its relation to another number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fiscograph.forms.narrative.words import ProseWords

_SENTENCE_END = re.compile(r"[。;；！？]")
_ITEM_MARK = re.compile(
    r"(?:\A|(?<=[。;；:：\s]))\s*(?:[-—]\s+)?(?:[(]?[一二三四五六七八九十]{1,3}[)、]|[(]?\d{1,2}[)、.．](?!\d)|\d{1,2}\.(?=(?:19|20)\d\d\s*年))\s*"
)
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年(?!底?前)度?(?:当年)?")
_DOCUMENT = re.compile(
    r"(?:以及|和|及|、)?[\u3400-\u9fff]{2,10}[(〔\[【]\d{4}[)〕\]】]\s*第?\s*\d+\s*号?(?:文件?精神|文件|文)?"
)
_QUOTES = re.compile(r"[“”\"'‘’「」『』\s]")
_TITLES = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
# 收、支 is one word.
_SPLIT = re.compile(r"[，,:：]|、(?!支)|(?<![收入])、(?=支)")
_PARTS = re.compile(r"其中|包括|\A\s*[:：]")
_SHORTEST = 2
SUMS = frozenset({"合计", "共计", "总计", "小计", "共"})
_OPEN, _CLOSE = "([（【", ")]）】"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What stands before a number and belongs to it.

    ``relation`` is the printed phrase of a change or share; ``parts`` says that the number begins
    or goes on a list of parts (其中), ``bound`` that the number before it is its bound (200 万元以上),
    ``vague`` that the subject says too little alone.
    """

    subject: str
    relation: str
    year: int | None
    direction: int
    base: int | None
    whole: str | None
    parts: bool
    bound: bool
    vague: bool
    sentence: int
    depth: int


def clause_before(text: str, lead: int, start: int, words: ProseWords, *, percent: bool) -> Clause:
    """Read the clause that ends at a number.

    Args:
        text: the folded text.
        lead: where the number before it ended, unit included.
        start: where the number starts.
        words: the words of prose.
        percent: whether the number is a percentage.
    """
    raw = text[lead:start]
    ends = [match.end() for match in _SENTENCE_END.finditer(raw)]
    sentence = len(_SENTENCE_END.findall(text[:start]))
    clause = _ITEM_MARK.sub("，", _TITLES.sub("", raw[ends[-1] :] if ends else raw))
    year, base = _years(_TITLES.sub("", raw), clause, words)
    parts = _PARTS.search(raw) is not None
    inner = _inside(clause)
    segments = [part for part in _SPLIT.split(inner) if part.strip()]
    last = segments[-1] if segments else ""
    direction, subject, relation = _change(last, words)
    whole = None
    if direction == 0 and (share := words.share.search(last)) is not None:
        subject, relation = last[: share.start()], share[0].strip()
        whole = _clean(re.sub(r"[的比例重]+\Z", "", share["whole"].strip()), words) or None
    bound = words.bounds.match(raw) is not None and len(segments) == 1
    if direction and words.base.search(_period(text, start)) is None and not percent:
        # 支持商业能力提升 80 万元 tells no change: nothing is compared
        direction, subject, relation = 0, last, ""
    subject = _named(subject, segments[:-1], words, found=bool(relation))
    return Clause(
        subject=subject,
        relation=_QUOTES.sub("", relation),
        year=year,
        direction=direction,
        base=base,
        whole=whole,
        parts=parts,
        bound=bound,
        vague=subject in words.generic or subject in SUMS,
        sentence=sentence,
        depth=_depth(text[:start]),
    )


def split_respective(text: str, start: int, count: int, words: ProseWords) -> list[str]:
    """The phrases of a list that ends at ``start``: 中央、市级、区县 before 70%、21%、9%."""
    cut = max(text.rfind(mark, 0, start) for mark in "，,。；;:：(")
    phrases = [
        _clean(part, words) for part in re.split(r"[、]|和(?=[^、]*\Z)", text[cut + 1 : start])
    ]
    return [phrase for phrase in phrases if phrase][-max(count, 1) :]


def _years(raw: str, clause: str, words: ProseWords) -> tuple[int | None, int | None]:
    """The year that a number is of, and the year that a change is told against (0: last year)."""
    year = None
    bases = list(words.base.finditer(raw))
    for match in _YEAR.finditer(raw):
        if not any(base.start() <= match.start() < base.end() for base in bases):
            year = int(match[1])
    own = list(words.base.finditer(clause))
    if not own:
        return year, None
    return year, int(own[-1]["year"] or 0)


def _inside(clause: str) -> str:
    """The clause from its last bracket that is not closed, brackets that are closed kept whole."""
    depth = 0
    for index in range(len(clause) - 1, -1, -1):
        if clause[index] in _CLOSE:
            depth += 1
        elif clause[index] in _OPEN:
            if depth == 0:
                return clause[index + 1 :]
            depth -= 1
    # a comma within closed brackets parts no phrases
    kept, level = [], 0
    for char in clause:
        level += char in _OPEN
        level -= char in _CLOSE
        kept.append(" " if level > 0 and _SPLIT.match(char) else char)
    return "".join(kept)


def _period(text: str, start: int) -> str:
    """What stands before a number since the last full stop."""
    return text[text.rfind("。", 0, start) + 1 : start]


def _depth(before: str) -> int:
    tail = before[max(before.rfind("。"), before.rfind("；")) + 1 :]
    return max(0, sum(tail.count(c) for c in _OPEN) - sum(tail.count(c) for c in _CLOSE))


def _change(segment: str, words: ProseWords) -> tuple[int, str, str]:
    """Direction, subject and relation of a segment that tells a change, else 0 and the segment."""
    match = words.change.match(segment) or words.than.match(segment)
    if match is None:
        first = words.object_first.match(segment)
        if first is None:
            return 0, segment, ""
        changed = words.change.match(first["word"])
        up = changed is not None and changed["up"]
        return (1 if up else -1), first["object"], first["word"]
    direction = 1 if match["up"] else -1
    subject, relation = match["subject"], match["relation"].strip()
    base = words.base.search(subject)
    if base is not None:
        # 收支预算总数 may stand before the comparison or again after the year
        before, after = subject[: base.start()], subject[base.end() :]
        relation = base[0] + relation
        subject = before if _clean(before, words) else after
    return direction, subject, relation


def _named(subject: str, earlier: list[str], words: ProseWords, *, found: bool) -> str:
    """A subject cleaned; one that says too little alone takes the phrase before it too."""
    cleaned = _clean(subject, words)
    if not cleaned and found:
        return ""
    if cleaned and cleaned not in words.generic:
        return cleaned
    for phrase in reversed(earlier):
        before = _clean(phrase, words)
        if before and before not in words.generic:
            return before + cleaned
    return cleaned


def _clean(phrase: str, words: ProseWords) -> str:
    """A phrase without its year and the words that only lead to it or to its number."""
    bare = _YEAR.sub("", _QUOTES.sub("", phrase))
    bare = words.causes.sub("", words.base.sub("", _DOCUMENT.sub("", bare)))
    while True:
        before = bare
        bare = words.basis.sub("", words.leading.sub("", bare.strip("-—=*×+ /")))
        bare = words.trailing.sub("", bare) or bare
        if bare not in SUMS and (len(bare) < _SHORTEST or bare in words.fillers):
            return ""
        if bare == before:
            return bare
