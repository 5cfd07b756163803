"""What the numbers of a running text tell: about what, of which year, and in which relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscograph.budget import StatementKind
from fiscograph.forms.narrative.clauses import SUMS, Clause, clause_before, split_respective
from fiscograph.forms.narrative.figures import Figure, Role, figures_of
from fiscograph.forms.narrative.words import ProseWords, fold

_NEAR = 12
# A paragraph of one item of the functional classification speaks of it throughout.
_TOPIC = re.compile(r"\s*(?:[-—]\s+)?(?:[(]?\d{1,2}[)、.．])?\s*(?P<topic>[^。；]{2,90}?[(]项[)])")
# What follows a count and begins no noun.
_NO_NOUN = r"[以的等左进每各从用由为将已均入需可在对被按给且并但而后前中上下内来其较比占]|开展"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One measuring number of a text.

    ``start`` and ``end`` are its characters (from 0, exclusive), ``after`` the end of its unit.
    ``about`` is the phrase that it is about; ``subject`` the phrase without year, discloser and
    relation, by which it is compared. ``direction`` is 1 for an increase and -1 for a decrease;
    ``base`` the year that a change is told against (0: the year before); ``whole`` what a share is
    of, where the text names it. ``sentence`` counts the sentences, a semicolon ending one too,
    ``period`` those that a full stop ends, ``depth`` the brackets around.
    """

    start: int
    end: int
    after: int
    kind: StatementKind
    value: Decimal
    unit: str | None
    about: str
    subject: str
    year: int | None
    direction: int = 0
    base: int | None = None
    whole: str | None = None
    approximate: bool = False
    parts: bool = False
    sentence: int = 0
    period: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text that has been read: what it tells, and every number of it."""

    tellings: tuple[Telling, ...]
    figures: tuple[Figure, ...]


def read_prose(text: str, bounds: Iterable[tuple[int, int]], words: ProseWords) -> Prose:
    """Read every number of a text.

    A number is about the nearest phrase before it; one that only tells a change or a share is about
    what the number before it is about. A year holds until another one is named.
    """
    folded = fold(text)
    figures = figures_of(folded, bounds, words)
    tellings: list[Telling] = []
    lead = 0
    run: list[int] = []
    for index, figure in enumerate(figures):
        if figure.role is Role.UNREAD:
            lead, run = figure.end, []
        if not figure.role.measures or figure.value is None:
            continue
        clause = clause_before(
            folded, lead, figure.start, words, percent=figure.role is Role.PERCENT
        )
        limit = figures[index + 1].start if index + 1 < len(figures) else len(folded)
        counted = _counted(folded[figure.after : limit], figure)
        if not _goes_on(folded[lead : figure.start], tellings):
            run = []
        tellings.append(_telling(figure, clause, tellings, (folded, counted.strip()), words))
        run = [] if counted else [*run, len(tellings) - 1]
        _respective(folded, run, tellings, words)
        lead = figure.after + len(counted)
    return Prose(tellings=tuple(tellings), figures=figures)


def _counted(after: str, figure: Figure) -> str:
    """What is counted, where it follows its number: 4 个公共服务标准化基地."""
    if figure.role is not Role.COUNT or figure.unit is None:
        return ""
    match = re.match(rf"\s*(?!{_NO_NOUN})[\u3400-\u9fff“”\"A-Za-z\s]{{1,20}}", after)
    if match is None:
        return ""
    noun = re.split(r"以及|[和及与]|(?<!\S)\s", match[0].lstrip(), maxsplit=1)[0].rstrip()
    lead = len(match[0]) - len(match[0].lstrip())
    return match[0][: lead + len(noun)]


def _goes_on(between: str, tellings: Sequence[Telling]) -> bool:
    """Whether a number only goes on a list of numbers: 70%、21%、9%."""
    return bool(tellings) and between.strip() in {"、", "和", "及", "/", ":"}


def _respective(text: str, run: Sequence[int], tellings: list[Telling], words: ProseWords) -> None:
    """A list of numbers is about the list of phrases before it, one by one if they are as many."""
    if len(run) < 2:
        return
    first = tellings[run[0]]
    phrases = split_respective(text, first.start, len(run), words)
    for index, at in enumerate(run):
        old = tellings[at]
        about = phrases[index] if len(phrases) == len(run) else "、".join(phrases) or old.about
        tellings[at] = _renamed(old, about)


def _renamed(old: Telling, about: str) -> Telling:
    return replace(old, about=about, subject=about)


def _telling(
    figure: Figure,
    clause: Clause,
    before: Sequence[Telling],
    text: tuple[str, str],
    words: ProseWords,
) -> Telling:
    prose, counted = text
    last = before[-1] if before else None
    kind = _kind(figure, clause)
    subject, inherited = _subject(figure, clause, before, prose, words)
    named = re.sub(r"\s", "", subject + counted)
    phrase = " ".join(part for part in (named, clause.relation) if part)
    base = clause.base
    if base is None and inherited and last is not None:
        base = _base_before(last, kind)
    return Telling(
        start=figure.start,
        end=figure.end,
        after=figure.after,
        kind=kind,
        value=figure.value if figure.value is not None else Decimal(0),
        unit=figure.unit,
        about=phrase or prose[max(0, figure.start - _NEAR) : figure.start].strip(),
        subject=subject,
        year=clause.year if clause.year is not None or last is None else last.year,
        direction=clause.direction,
        base=base,
        whole=clause.whole,
        approximate=figure.approximate,
        parts=clause.parts,
        sentence=clause.sentence,
        period=prose.count("。", 0, figure.start),
        depth=clause.depth,
    )


def _subject(
    figure: Figure, clause: Clause, before: Sequence[Telling], text: str, words: ProseWords
) -> tuple[str, bool]:
    """What a number is about, and whether that is taken from the number before it."""
    own = clause.subject
    if clause.bound and before:
        bound = text[before[-1].start : before[-1].after].replace(" ", "")
        return f"{before[-1].subject}{bound}{own}", False
    if own and not clause.vague:
        return own, False
    topic = _TOPIC.match(text)
    if topic is not None and own and not clause.direction:
        return re.sub(r"[\s“”\"]", "", topic["topic"]) + own, True
    head = _head(before, figure)
    if own and not clause.direction and before and before[-1].sentence == clause.sentence:
        # 项目 3 个，涉及预算 12.21 万元
        counted = before[-1].kind is StatementKind.COUNT
        head = before[-1] if counted or head is None else head
    if head is None or (own and head.sentence != clause.sentence):
        return own, True
    if not own or clause.direction:
        return head.subject, True
    return (own if own in SUMS else _joined(head.subject, own, words)), True


def _joined(head: str, own: str, words: ProseWords) -> str:
    """A vague phrase behind the subject that it is of: 预算 … 决算 are two of one thing."""
    if head.endswith(own):
        return head
    last = max(
        (word for word in words.generic if head.endswith(word) and head != word),
        key=len,
        default="",
    )
    bare = head.removesuffix(last) if last else head
    overlap = next((n for n in range(len(own), 0, -1) if bare.endswith(own[:n])), 0)
    return bare + own[overlap:]


def _base_before(last: Telling, kind: StatementKind) -> int | None:
    """A change that names no year goes on with that of the change before it."""
    both = kind is StatementKind.CHANGE and last.kind is StatementKind.CHANGE
    return last.base if both else None


def _head(before: Sequence[Telling], figure: Figure) -> Telling | None:
    """The last number that is told of a thing itself, and that this one could be the change of."""
    if before and figure.role is Role.PERCENT and before[-1].kind is StatementKind.CHANGE:
        return before[-1]
    for telling in reversed(before):
        alike = figure.role is Role.PERCENT or (
            (telling.kind is StatementKind.AMOUNT) == (figure.role is Role.AMOUNT)
        )
        if telling.kind in {StatementKind.AMOUNT, StatementKind.COUNT} and alike:
            return telling
    return None


def _kind(figure: Figure, clause: Clause) -> StatementKind:
    if clause.direction:
        return StatementKind.CHANGE
    if figure.role is Role.PERCENT:
        return StatementKind.SHARE
    return StatementKind.AMOUNT if figure.role is Role.AMOUNT else StatementKind.COUNT
