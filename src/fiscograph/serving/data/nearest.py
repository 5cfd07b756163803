"""What a reader may have meant by an address that leads nowhere."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from difflib import get_close_matches

from pyoxigraph import NamedNode

from fiscograph.queries import Limits, QueryEngine, load
from fiscograph.serving.data.paths import Paths

_NEIGHBOURS = 60
_MOST = 5
_LIMITS = Limits(seconds=20.0, result_bytes=20_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPaths:
    """The paths of the main things of a release, sorted."""

    paths: tuple[str, ...]

    @classmethod
    def load(cls, engine: QueryEngine, paths: Paths) -> KnownPaths:
        """Read them from the store.

        Raises:
            QueryError: the store cannot be asked.
        """
        things = (row["thing"] for row in engine.select(load("known-things"), _LIMITS))
        local = (paths.local(thing.value) for thing in things if isinstance(thing, NamedNode))
        return cls(paths=tuple(sorted({path for path in local if path is not None})))

    def near(self, path: str) -> tuple[str, ...]:
        """The known paths most like ``path``, the likest first.

        Only neighbours in the sorted order of the path, of its parents and of the whole are
        compared, so that it takes the same time in a large release.
        """
        candidates: dict[str, None] = {}
        prefix = path
        while prefix:
            at = bisect_left(self.paths, prefix)
            around = self.paths[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
            candidates.update(dict.fromkeys(around))
            prefix = prefix.rpartition("/")[0]
        parents = [known for known in candidates if path.startswith(f"{known}/")]
        parents.sort(key=len, reverse=True)
        close = get_close_matches(path, list(candidates), n=_MOST, cutoff=0.5)
        return tuple(dict.fromkeys((*parents[:1], *close)))[:_MOST]
