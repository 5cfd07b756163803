"""From what people type to the policy document that they mean, or to those that they may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from fiscograph.tracing.codes import code_in_full
from fiscograph.tracing.documents import Document, Documents, title_key, title_keys
from fiscograph.tracing.likeness import distance, likeness, pairs, shared_pairs
from fiscograph.tracing.number import Parts, folded, misread_in, numbers_in, parts_of

_MOST_CANDIDATES = 50
_MOST_NEAREST = 5
_NEAR = 0.6
_NEAR_TITLE = 0.5
_SHORTEST_PIECE = 2


class Found(Enum):
    """What became of a question."""

    EXACT = "exact"
    CANDIDATES = "candidates"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that may be meant: ``score`` in [0, 1], ``why`` in both languages."""

    document: Document
    score: float
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The answer for one typed text.

    ``number`` is the normal form of the number in it, None where it holds no whole one. With
    ``exact`` the text names ``document`` and no other. With ``candidates`` it fits each of them,
    or a part of it does. With ``none`` it fits no document, and ``nearest`` are like it; these are
    never what was asked for.
    """

    typed: str
    found: Found
    number: str | None
    document: Document | None = None
    candidates: tuple[Candidate, ...] = ()
    candidates_in_all: int = 0
    nearest: tuple[Candidate, ...] = ()


def resolve(documents: Documents, typed: str) -> Resolution:
    """The document that a number, a title or both name; in doubt those that they may name.

    A whole number or a whole title names a document; a part of either never does, even where only
    one document of the release fits.

    Args:
        documents: all that the release knows.
        typed: in any style of brackets, width and spacing; a title with or without 《》.
    """
    numbers, title = tuple(map(in_full, numbers_in(typed))), title_key(typed)
    number = str(numbers[0]) if numbers else None
    named = _named(documents, typed, numbers, title)
    if len(named) == 1 and len(numbers) <= 1:
        return Resolution(typed=typed, found=Found.EXACT, number=number, document=named[0].document)
    misread = tuple(map(in_full, misread_in(typed)))
    possible = named or _misread(documents, misread) or _partly(documents, typed, numbers, title)
    if possible:
        return Resolution(
            typed=typed,
            found=Found.CANDIDATES,
            number=number,
            candidates=tuple(possible[:_MOST_CANDIDATES]),
            candidates_in_all=len(possible),
            nearest=() if named or misread else _near_numbers(documents, numbers),
        )
    nearest = (*_near_numbers(documents, numbers or misread), *_near_titles(documents, title))
    return Resolution(typed=typed, found=Found.NONE, number=number, nearest=_best(nearest))


def in_full(parts: Parts) -> Parts:
    """A number under the one name of its issuer's code."""
    return parts if parts.code is None else replace(parts, code=code_in_full(parts.code))


def _named(
    documents: Documents, typed: str, numbers: tuple[Parts, ...], title: str
) -> list[Candidate]:
    """The documents that a whole number or a whole title names."""
    known = dict.fromkeys(documents.by_number.get(folded(typed), ()))
    for parts in () if known else (*numbers, *_without_year(typed)):
        fitting = documents.by_parts.get(replace(parts, part=None), ())
        whole = (one for one in fitting if (one.year, one.part) == (parts.year, parts.part))
        known.update(dict.fromkeys(whole))
    found = [
        Candidate(document=one, score=1.0, why_zh="文号相符", why_en="the number is its own")
        for one in known
    ]
    # Under a known number the title only counts where it is another document's.
    for one in documents.by_title.get(title, ()) if title else ():
        if found and any(title in title_keys(t) for hit in known for t in hit.titles):
            break
        if one.number is None or not numbers:
            found.append(
                Candidate(document=one, score=1.0, why_zh="标题相符", why_en="the title is its own")
            )
        elif one not in known:
            found.append(
                Candidate(
                    document=one,
                    score=0.9,
                    why_zh="标题相符，文号不同",
                    why_en="the title is its own, the number is not",
                )
            )
    if len(found) == 1 and found[0].score < 1:
        return []
    return found


def _misread(documents: Documents, numbers: tuple[Parts, ...]) -> list[Candidate]:
    """The documents of numbers that hold letters in place of digits: likely, never certain."""
    return [
        Candidate(
            document=one,
            score=0.9,
            why_zh=f"若把形似数字的字母当作数字，即“{number}”",
            why_en=f"with letters taken for the digits that they look like it is {number}",
        )
        for number in dict.fromkeys(numbers)
        for one in documents.by_parts.get(number, ())
        if one.part is None
    ]


def _without_year(typed: str) -> tuple[Parts, ...]:
    """The readings as a number that has no year, like those of orders (令)."""
    parts = map(in_full, parts_of(typed))
    return tuple(one for one in parts if one.code and one.serial and not one.year)


def _partly(
    documents: Documents, typed: str, numbers: tuple[Parts, ...], title: str
) -> list[Candidate]:
    """The documents that a part of a number or of a title fits."""
    found: dict[Document, Candidate] = {}
    if not any(one.year for one in numbers):
        code = code_in_full(folded(typed))
        alone = (Parts(code=code, year=None, serial=None),) if code in documents.codes else ()
        for parts in (*map(in_full, parts_of(typed)), *alone):
            given = sum(one is not None for one in (parts.code, parts.year, parts.serial))
            for one in documents.by_parts.get(parts, ()):
                found.setdefault(
                    one,
                    Candidate(
                        document=one,
                        score=round(given / 3, 2),
                        why_zh=f"与“{parts}”相符，文号不全",
                        why_en=f"fits {parts}, which is only a part of a number",
                    ),
                )
    if len(title) >= _SHORTEST_PIECE and not found:
        found.update((one.document, one) for one in _with_piece(documents, title, bool(numbers)))
    return sorted(found.values(), key=_by_score)


def _with_piece(documents: Documents, piece: str, numbered: bool) -> Iterable[Candidate]:
    """The documents with a piece in their title; the more of the title it is, the better."""
    for _, key, one in documents.title_pairs:
        if piece in key:
            where = ("标题开头", "opens its title") if key.startswith(piece) else None
            zh, en = where or ("标题中有此文字", "stands in its title")
            if piece == key or piece in title_keys(key):
                zh, en = "标题相符，文号不同", "the title is its own, the number is not"
            elif numbered:
                zh, en = f"{zh}，文号不同", f"{en}, the number is not its own"
            score = min(0.95, round(len(piece) / len(key), 2))
            yield Candidate(document=one, score=score, why_zh=zh, why_en=en)


def _near_numbers(documents: Documents, numbers: tuple[Parts, ...]) -> tuple[Candidate, ...]:
    """Documents whose number is like a typed one: two of its three parts, or a code like it."""
    near: dict[Document, Candidate] = {}
    for typed in numbers:
        for one in _neighbours(documents, typed):
            score = likeness(str(typed), one.number or "")
            if score >= _NEAR and (one not in near or near[one].score < score):
                near[one] = Candidate(
                    document=one, score=score, why_zh="文号相近", why_en="the number is like it"
                )
    return _best(near.values())


def _neighbours(documents: Documents, typed: Parts) -> Iterable[Document]:
    code, year, serial = typed.code, typed.year, typed.serial
    groups = [
        Parts(code=code, year=year, serial=None),
        Parts(code=code, year=None, serial=serial),
        Parts(code=None, year=year, serial=serial),
    ]
    like = [known for known in documents.codes if code and distance(code, known) == 1]
    groups += [Parts(code=known, year=year, serial=None) for known in like]
    groups += [Parts(code=known, year=None, serial=serial) for known in like]
    return dict.fromkeys(one for group in groups for one in documents.by_parts.get(group, ()))


def _near_titles(documents: Documents, title: str) -> tuple[Candidate, ...]:
    if len(title) <= _SHORTEST_PIECE:
        return ()
    typed = pairs(title)
    scored = (
        (shared_pairs(typed, known), one)
        for known, _, one in documents.title_pairs
        if not typed.isdisjoint(known)
    )
    return _best(
        Candidate(document=one, score=score, why_zh="标题相近", why_en="the title is like it")
        for score, one in scored
        if score >= _NEAR_TITLE
    )


def _best(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    best: dict[Document, Candidate] = {}
    for one in sorted(found, key=_by_score):
        best.setdefault(one.document, one)
    return tuple(best.values())[:_MOST_NEAREST]


def _by_score(one: Candidate) -> tuple[float, str]:
    return -one.score, one.document.iri
