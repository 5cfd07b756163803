"""The one name of an issuer's code, and of the bodies that give an order or a notice together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fiscograph.vocabulary.codelists import issuer_rows

_STATE = "中华人民共和国"
_ORDERED = ("公告", "通告", "令")
_JOINED = "、和与及"
# How the names of bodies end, so that an unknown one before 、 is not taken for a word.
_BODY_ENDS = ("部", "委", "委员会", "局", "总局", "署", "总署", "院", "行", "厅", "办公室", "政府")
# No other body gives an order with these.
_ALONE = frozenset({"国务院", "主席"})


def code_in_full(code: str) -> str:
    """The code that a body's documents are known by, from any of its names in the issuers' list.
    Of several bodies, the codes of all in their order: their common series is none of theirs.

    >>> code_in_full("人社部令"), code_in_full("渝财社")
    ('人力资源和社会保障部令', '渝财社')
    >>> code_in_full("财政部、人社部令")
    '财政部人力资源和社会保障部令'
    """
    bare = code.removeprefix(_STATE)
    if (known := _same_codes().get(bare)) is not None:
        return known
    what = next((one for one in _ORDERED if bare.endswith(one)), None)
    return (bare or code) if what is None else _joint(bare.removesuffix(what), what)


def _joint(names: str, what: str) -> str:
    """The code of the bodies that a text ends with."""
    last, before = _last_body(names)
    if last is None:
        # 市财政局、区人力社保局公告: whose order it is, no list says; all of it stands for them.
        parts = names.split("、")
        return (names if len(parts) == 1 or _are_bodies(parts[:-1]) else parts[-1]) + what
    found = [last]
    while before and last not in _ALONE:
        marked = before[-1] in _JOINED
        name, rest = _last_body(before[:-1] if marked else before)
        if name is None:
            if marked and not _are_bodies([before[:-1]]):
                break  # a word that leads up to the number
            return names + what  # a body that no list has: another one than its end
        found.insert(0, name)
        before = rest
    return "".join(found) + what


def _are_bodies(names: list[str]) -> bool:
    return all(name.endswith(_BODY_ENDS) for name in names)


def _last_body(text: str) -> tuple[str | None, str]:
    """The known body that a text ends with, by its full name, and what stands before it."""
    for length in range(len(text), 1, -1):
        if (name := _bodies().get(text[-length:])) is not None:
            return name, text[:-length].removesuffix(_STATE)
    return None, text


@cache
def _same_codes() -> Mapping[str, str]:
    return {row["daizi"]: row["same_as"] for row in issuer_rows() if row.get("same_as")}


@cache
def _bodies() -> Mapping[str, str]:
    """The names of bodies that give orders or notices, and what each is called in full."""
    found: dict[str, str] = {}
    for row in issuer_rows():
        for what in _ORDERED:
            if row["daizi"].endswith(what):
                full = row.get("same_as") or row["daizi"]
                found[row["daizi"].removesuffix(what)] = full.removesuffix(what)
    return found
