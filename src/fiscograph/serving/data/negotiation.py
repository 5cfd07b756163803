"""Content negotiation: RFC 9110, section 12.5.1, over what a route offers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOST_RANGES = 64
_RANGE = re.compile(
    r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)/([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*((?:;[^;]*)*)\Z"
)
_WEIGHT = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?=;|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One representation: its media type, other names that clients ask for it by, its suffix."""

    media_type: str
    aliases: tuple[str, ...] = ()
    suffix: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.media_type, *self.aliases)

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header: text says its encoding."""
        if self.media_type.startswith("text/"):
            return f"{self.media_type}; charset=utf-8"
        return self.media_type


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    kind: str
    subkind: str
    weight: float

    def fits(self, name: str) -> int:
        """How closely the range fits a media type: 3 the type itself, 2 its kind, 1 all, 0 not."""
        kind, _, subkind = name.partition("/")
        if (self.kind, self.subkind) == (kind, subkind):
            return 3
        if self.subkind == "*" and self.kind == kind:
            return 2
        return 1 if (self.kind, self.subkind) == ("*", "*") else 0


def _ranges(accept: str) -> list[_Range]:
    found = []
    for part in accept.split(",")[:_MOST_RANGES]:
        match = _RANGE.match(part)
        if match is None:
            continue
        weight = _WEIGHT.search(match[3])
        found.append(
            _Range(
                kind=match[1].lower(),
                subkind=match[2].lower(),
                weight=float(weight[1]) if weight else 1.0,
            )
        )
    return found


def choose(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """The offer that the client likes best, the first among equals; None where it takes none.

    A missing or empty header takes everything; ranges that are not well-formed are left out.

    >>> html, turtle = Offer(media_type="text/html"), Offer(media_type="text/turtle")
    >>> choose("text/html;q=0.5, text/*", (html, turtle)).media_type
    'text/turtle'
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return offers[0]
    best: Offer | None = None
    best_weight = 0.0
    for offer in offers:
        weight = _weight(ranges, offer)
        if weight > best_weight:
            best, best_weight = offer, weight
    return best


def _weight(ranges: list[_Range], offer: Offer) -> float:
    """The weight of the range that fits any of its names most closely; the highest of several."""
    fitting = [(item.fits(name), item.weight) for item in ranges for name in offer.names]
    closest, weight = max(fitting)
    return weight if closest else 0.0
