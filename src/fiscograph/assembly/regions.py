"""The region that a name begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fiscograph.budget import Region
from fiscograph.tables import squeeze

_REGION_WITHIN = 24


def region_of(names: Iterable[str], regions: Mapping[str, Region]) -> str | None:
    """The GB/T 2260 code of the region that names begin with, the narrowest one that is sure.

    A county's name is sure where a wider region of it stands before it, or where no other county
    has the name.
    """
    by_name: dict[str, list[str]] = {}
    for code, region in regions.items():
        by_name.setdefault(region.name, []).append(code)
    votes: Counter[str] = Counter()
    for name in names:
        narrow = _region_in(squeeze(name), by_name, regions)
        if narrow is not None:
            votes[narrow] += 1
    if not votes:
        return None
    return max(votes, key=lambda code: (not code.endswith("00"), votes[code], code))


def _region_in(
    text: str, by_name: Mapping[str, Sequence[str]], regions: Mapping[str, Region]
) -> str | None:
    best: str | None = None
    for start in range(min(len(text), _REGION_WITHIN)):
        for end in range(start + 2, min(len(text), start + 12) + 1):
            codes = by_name.get(text[start:end], ())
            sure = [
                code
                for code in codes
                if any(
                    regions[wide].name in text[:start]
                    for wide in (code[:2] + "0000", code[:4] + "00")
                    if wide in regions and wide != code
                )
            ]
            only = codes[0] if len(codes) == 1 else None
            found = sure[0] if len(sure) == 1 else only
            if found is not None and (best is None or _holds(best, found)):
                best = found
    return best


def _holds(wide: str, narrow: str) -> bool:
    """Whether a province or prefecture holds another division, by their GB/T 2260 codes.

    >>> _holds("420000", "422802"), _holds("422800", "420102"), _holds("422802", "422802")
    (True, False, False)
    """
    prefix = wide.removesuffix("00").removesuffix("00")
    return len(prefix) < len(wide) and narrow.startswith(prefix) and narrow != wide
