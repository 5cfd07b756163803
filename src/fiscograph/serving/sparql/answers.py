"""Answers that are kept as long as a release is served, up to a number of bytes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable

from fiscograph.queries import Query, QueryResult

# What an answer costs beside its bytes: the key, the objects around it.
_OVERHEAD = 500


class Answers:
    """Results by key, the longest unused given up first. Thread-safe.

    Args:
        most: how many bytes are kept; one answer may have a quarter of them.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, QueryResult] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> QueryResult | None:
        """What was kept under a key, if it still is."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: str, result: QueryResult) -> None:
        """Keep an answer, unless it is large."""
        size = len(result.body) + _OVERHEAD
        if size > self._most // 4:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = result
            self._size += size
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.body) + _OVERHEAD

    @property
    def size(self) -> int:
        """The bytes that are kept now."""
        return self._size


def key_of(release: str, query: Query) -> str:
    """What an answer depends on, as 32 hexadecimal digits: the release, the query with its dataset
    and bindings, the form of the answer.
    """
    digest = hashlib.sha256()
    for part in _parts(release, query):
        text = part.encode("utf-8", "surrogatepass")
        digest.update(len(text).to_bytes(8, "big") + text)
    return digest.hexdigest()[:32]


def _parts(release: str, query: Query) -> Iterable[str]:
    yield from (release, query.text, query.solutions.value, query.graph.value)
    for graphs in (query.default_graphs, query.named_graphs):
        yield str(len(graphs))
        yield from graphs
    for name in sorted(query.bindings):
        yield from (name, str(query.bindings[name]))
