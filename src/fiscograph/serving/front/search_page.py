"""``/search``: what a text finds, grouped by kind or one kind page by page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fiscograph.search import MOST_TYPED, Answer, Hit, Kind, OfKind
from fiscograph.search.ranking import Spans
from fiscograph.serving.data.paths import escape
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import in_source

ROWS = 20
_OF_EACH = 5
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindShown:
    """A kind with its words, how many there are of it (``300+``), and its own page."""

    key: str
    zh: str
    en: str
    count: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitShown:
    """A hit cut into pieces: text, and whether it is marked."""

    href: str
    name: Pieces
    excerpt: Pieces
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    kind: KindShown
    hits: tuple[HitShown, ...]
    rest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What the page shows. ``limited`` is how many of a kind are ranked where there are more,
    ``cut`` whether a part of the typed text was left out.
    """

    typed: str
    cut: bool
    kind: KindShown | None
    kinds: tuple[KindShown, ...]
    total: str
    every: str
    groups: tuple[Group, ...]
    limited: int
    number: int
    before: str
    after: str
    near: tuple[HitShown, ...]


def search_page(site: Site, typed: str, kind: Kind | None, number: int) -> SearchPage:
    """The page of a typed text; of one kind its ``number``-th page."""
    found = site.search.search(typed)
    # Which kinds there are is shown even where one is chosen.
    chosen = next((one for one in found.kinds if one.kind is kind), None)
    start = (number - 1) * ROWS
    ranked = len(chosen.best) if chosen else 0
    more = any(one.more for one in found.kinds)
    return SearchPage(
        typed=found.asked.typed,
        cut=len(typed) > MOST_TYPED,
        kind=None if kind is None else _kind(typed, kind, 0, more=False),
        kinds=tuple(_kind(typed, one.kind, one.count, more=one.more) for one in found.kinds),
        total=_count(found.count, more=more),
        every=_address(typed, None, 1),
        groups=_groups(site, found, chosen, kind, start),
        limited=ranked if chosen and chosen.count > ranked and start + ROWS >= ranked else 0,
        number=number,
        before=_address(typed, kind, number - 1) if chosen and number > 1 else "",
        after=_address(typed, kind, number + 1) if start + ROWS < ranked else "",
        near=tuple(_hit(site, one) for one in found.near),
    )


def _groups(
    site: Site, found: Answer, chosen: OfKind | None, kind: Kind | None, start: int
) -> tuple[Group, ...]:
    if kind is None:
        return tuple(_group(site, found, one, 0, _OF_EACH) for one in found.kinds)
    if chosen is None or start >= len(chosen.best):
        return ()
    return (_group(site, found, chosen, start, ROWS),)


def _group(site: Site, found: Answer, one: OfKind, start: int, rows: int) -> Group:
    shown = found.shown(one.best[start : start + rows])
    return Group(
        kind=_kind(found.asked.typed, one.kind, one.count, more=one.more),
        hits=tuple(_hit(site, hit) for hit in shown),
        rest=rows == _OF_EACH and one.count > rows,
    )


def _kind(typed: str, kind: Kind, count: int, *, more: bool) -> KindShown:
    return KindShown(
        key=kind.value,
        zh=kind.words.zh,
        en=kind.words.en,
        count=_count(count, more=more),
        href=_address(typed, kind, 1),
    )


def _count(count: int, *, more: bool) -> str:
    return f"{count:,}{'+' if more else ''}"


def _address(typed: str, kind: Kind | None, number: int) -> str:
    asked = {"q": typed[:MOST_TYPED]}
    if kind is not None:
        asked["kind"] = kind.value
    if number > 1:
        asked["page"] = str(number)
    return f"/search?{urlencode(asked, errors='replace')}"


def _hit(site: Site, hit: Hit) -> HitShown:
    return HitShown(
        href=address_of(site, hit),
        name=_pieces(hit.name, hit.name_marks),
        excerpt=_pieces(hit.excerpt, hit.excerpt_marks),
        where=hit.where,
    )


def address_of(site: Site, hit: Hit) -> str:
    """Where a hit leads: see :func:`place_of`."""
    return place_of(site, hit.kind, hit.path)


def place_of(site: Site, kind: Kind, path: str) -> str:
    """Where an entry leads: a line to its place in the source, everything else to its own page."""
    if kind is Kind.LINE:
        return in_source(site.paths.base + path, site.paths) or escape(f"/{path}")
    return escape(f"/{path}")


def _pieces(text: str, marks: Spans) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in marks:
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    pieces.append((text[done:], False))
    return tuple(piece for piece in pieces if piece[0])
