"""Damage: digits, cells, header words and lines that a filing lost on its way."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from tests.golden.disclosed import facts_of
from tests.mutation.columns import cells_of, keys_of
from tests.mutation.draft import MARK, Draft, places_of, printed_yuan

from fiscograph.budget import IdentityCheck, Outcome

# The last digits of a sum may be off by rounding; beyond this, in yuan, nothing rounds.
_VISIBLE = Decimal(2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A damaged draft; ``told`` says that an identity of the filing itself shows the damage."""

    draft: Draft
    told: bool
    what: str


Damage = Callable[[Draft, Random], Damaged | None]


def digit_deleted(draft: Draft, seed: Random) -> Damaged | None:
    """One digit of one amount is gone."""
    return _reprinted(draft, seed, _without_digit)


def digits_swapped(draft: Draft, seed: Random) -> Damaged | None:
    """Two digits of one amount changed places."""
    return _reprinted(draft, seed, _with_swap)


def _without_digit(printed: str, seed: Random) -> str:
    at = seed.choice([n for n, char in enumerate(printed) if char.isdigit()])
    return printed[:at] + printed[at + 1 :]


def _with_swap(printed: str, seed: Random) -> str:
    digits = [n for n, char in enumerate(printed) if char.isdigit()]
    pairs = [(a, b) for a in digits for b in digits if a < b and printed[a] != printed[b]]
    if not pairs:
        return printed
    one, other = seed.choice(pairs)
    chars = list(printed)
    chars[one], chars[other] = chars[other], chars[one]
    return "".join(chars)


def _reprinted(draft: Draft, seed: Random, change: Callable[[str, Random], str]) -> Damaged | None:
    mark = seed.choice(_marks(draft))
    tracked = draft.amounts[mark]
    printed = change(tracked.printed, seed)
    if printed == tracked.printed or not any(char.isdigit() for char in printed):
        return None
    damaged = replace(tracked, printed=printed)
    amounts = {**draft.amounts, mark: damaged}
    off = abs(printed_yuan(damaged) - tracked.yuan)
    return Damaged(
        draft=replace(draft, amounts=amounts),
        told=off > _VISIBLE and _in_check(draft, mark),
        what=f"{tracked.printed} -> {printed}",
    )


def cell_cut(draft: Draft, seed: Random) -> Damaged | None:
    """One amount is gone; where cells are drawn, its cell stays, empty."""
    mark = seed.choice(_marks(draft))
    return _cut(draft, mark, mark)


def cell_cut_with_boundary(draft: Draft, seed: Random) -> Damaged | None:
    """One cell of a drawn row is gone with its tab, so that the cells after it move up."""
    drawn = [mark for mark in _marks(draft) if _cell_of(draft, mark)]
    if not drawn:
        return None
    mark = seed.choice(drawn)
    at, cells, cell = _cell_of(draft, mark) or (0, [], 0)
    if seed.random() < 0.5:
        empty = [n for n, text in enumerate(cells[1:], 1) if not text]
        if empty:
            cell = seed.choice(empty)
    cut = MARK.findall(cells[cell])
    text = "\t".join(cells[:cell] + cells[cell + 1 :])
    told = bool(cut) and _missed(draft, cut)
    moved = not cut and bool(MARK.search("".join(cells[cell + 1 :])))
    return Damaged(
        draft=draft.with_texts({at: text}),
        told=told,
        what=f"cell {cell + 1} of line {at + 1}" + (" (empty, cells after it move)" * moved),
    )


def _cell_of(draft: Draft, mark: str) -> tuple[int, list[str], int] | None:
    at = next(at for at, line in enumerate(draft.lines) if mark in line.text)
    cells = draft.lines[at].text.split("\t")
    return (
        (at, cells, next(n for n, c in enumerate(cells) if mark in c)) if len(cells) > 2 else None
    )


def _cut(draft: Draft, mark: str, gone: str) -> Damaged:
    at = next(at for at, line in enumerate(draft.lines) if mark in line.text)
    text = draft.lines[at].text
    text = (
        text.replace(gone, "") if "\t" in text else text.replace(f" {gone}", "").replace(gone, "")
    )
    return Damaged(
        draft=draft.with_texts({at: text}),
        told=_missed(draft, [mark]),
        what=f"{draft.amounts[mark].printed} of line {at + 1}",
    )


def header_word_cut(draft: Draft, seed: Random) -> Damaged | None:
    """One name of an amount column is gone from a header."""
    lines = [
        (at, word)
        for at, line in enumerate(draft.lines)
        if line.header and line.table in draft.tables() and not line.marks
        for word, key in zip(cells_of(line), keys_of(line), strict=True)
        if key and key not in {"code", "name", "body"} and sum(map(bool, keys_of(line))) > 1
    ]
    if not lines:
        return None
    at, word = seed.choice(lines)
    text = draft.lines[at].text
    cut = (
        text.replace(word, "", 1) if "\t" in text else text.replace(word, "", 1).replace("  ", " ")
    )
    return Damaged(draft=draft.with_texts({at: cut}), told=False, what=f"{word} of line {at + 1}")


def line_cut(draft: Draft, seed: Random) -> Damaged | None:
    """One line of a table is gone."""
    lines = [at for at, line in enumerate(draft.lines) if line.table is not None and line.marks]
    at = seed.choice(lines)
    cut = set(draft.lines[at].marks)
    kept = [line for index, line in enumerate(draft.lines) if index != at]
    return Damaged(
        draft=draft.with_lines(kept),
        told=_missed(draft, cut),
        what=f"line {at + 1}",
    )


def _marks(draft: Draft) -> list[str]:
    """The amounts of tables that stand in a column the original is sure of."""
    return [
        mark
        for line in draft.lines
        if line.table is not None
        for mark in line.marks
        if (truth := draft.truth(mark)) is not None and truth.sure
    ]


def _in_check(draft: Draft, mark: str) -> bool:
    """Whether the original keeps an identity that has the amount among its terms."""
    place = places_of(draft.name)[mark]
    return any(place in check.terms for check in _kept(draft.name))


def _missed(draft: Draft, marks: Collection[str]) -> bool:
    """Whether a sum stays that misses the amounts: they are addends beside others, and visible.

    An addend that is itself a sum is not missed: its own addends can take its place.
    """
    facts = facts_of(draft.name)
    yuan = {amount.place: amount.amount.yuan for amount in facts.printed_amounts}
    trees = [check for check in _kept(draft.name) if check.rule in {"tree-sum", "row-sum"}]
    sums = {check.terms[0] for check in trees if check.rule == "tree-sum"}
    places = {places_of(draft.name)[mark] for mark in marks}
    for check in trees:
        cut = places & set(check.terms)
        left = len(check.terms) - len(cut)
        if cut and check.terms[0] not in cut and not cut & sums and left > 2:
            return sum((yuan[place] for place in cut), Decimal()) > _VISIBLE
    return False


def _kept(name: str) -> list[IdentityCheck]:
    return [check for check in facts_of(name).checks if check.outcome is Outcome.HOLDS]


DAMAGES: dict[str, Damage] = {
    "digit-deleted": digit_deleted,
    "digits-swapped": digits_swapped,
    "cell-cut": cell_cut,
    "cell-cut-with-boundary": cell_cut_with_boundary,
    "header-word-cut": header_word_cut,
    "line-cut": line_cut,
}
