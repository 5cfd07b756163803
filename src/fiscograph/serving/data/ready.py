"""Answers that need no page, no worker and no framework: descriptions of single things, made at once
from the store, and data documents of things as they were sent first.

Both are kept with their headers up to a number of bytes: a release never changes while it is served.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from pyoxigraph import NamedNode

from fiscograph.queries import Lookup
from fiscograph.serving.data.prepared import LEVEL, MOST_AT_ONCE, Prepared, n_triples
from fiscograph.serving.operation.edge import ALWAYS

PATH = "/describe"
# A thing of which more is said is refused whole.
MOST_TRIPLES = 10_000
_OVERHEAD = 1000
LARGEST = 1_000_000
# Bytes; below it a packed answer is no shorter.
WORTH_PACKING = 1000
# The one parameter alone, percent-encoded or plain ASCII: RFC 3986, section 3.4, without the signs
# that forms give a meaning.
_DESCRIBE = re.compile(rb"/describe\?iri=([!$'()*,\-./0-9:;=?@A-Z_a-z~%]+)")
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer with the status 200; ``head`` are its headers as lines, with the empty line."""

    headers: Headers
    head: bytes
    tag: str
    body: bytes

    @classmethod
    def of(cls, headers: Headers, tag: str, body: bytes) -> Kept:
        """Headers as ASGI gives them, the entity tag among them, and the body."""
        return cls(headers=headers, head=_lines(headers) + b"\r\n", tag=tag, body=body)


def _lines(headers: Headers) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)


class Ready:
    """The answers of one release, by target: path and query as they were sent.

    Args:
        lookup: the store of the release.
        prepared: what is said of single things, where it has been made; else, and for what it
            lacks, the store is read.
        identity: the identity of the release.
        most: how many bytes are kept.
    """

    def __init__(
        self, lookup: Lookup, *, prepared: Prepared | None = None, identity: str, most: int
    ) -> None:
        self._lookup = lookup
        self._prepared = prepared
        self._kept: OrderedDict[tuple[bytes, bool], Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most
        self._size = 0
        self._tag = tag_of(identity, "application/n-triples")
        self._headers = [
            (name.lower().encode(), value.encode())
            for name, value in (
                *ALWAYS.items(),
                *fresh(self._tag).items(),
                ("Content-Type", "application/n-triples"),
            )
        ]
        self._lines = _lines(self._headers)

    def get(self, target: bytes, *, packed: bool) -> Kept | None:
        """The answer to a GET that takes N-Triples; None where it has to go the long way.

        Args:
            target: path and query as sent, in ASCII.
            packed: whether a body in gzip is taken.

        Raises:
            OSError: the store cannot be read.
        """
        key = (target, packed)
        kept = self._kept.get(key)
        if kept is None and (described := _DESCRIBE.fullmatch(target)) is not None:
            kept = self._described(described[1], packed=packed)
            if kept is not None:
                self._keep(key, kept)
        return kept

    def keep(self, target: bytes, headers: Headers, body: bytes, *, packed: bool) -> None:
        """Keep what the long way answered, where it may be given again to whoever asks."""
        tag = next((value.decode() for name, value in headers if name == b"etag"), None)
        if tag is not None and not any(name == b"set-cookie" for name, _ in headers):
            self._keep((target, packed), Kept.of(headers, tag, body))

    def _described(self, escaped: bytes, *, packed: bool) -> Kept | None:
        try:
            thing = NamedNode(unquote_to_bytes(escaped).decode())
        except ValueError:
            return None
        found = self._prepared.get(thing.value) if self._prepared else None
        plain = found[0] if found else n_triples(self._lookup, thing, MOST_AT_ONCE)
        if plain is None:
            return None
        if not packed or len(plain) < WORTH_PACKING:
            return self._of_body(plain)
        body = found[1] if found else gzip.compress(plain, LEVEL, mtime=0)
        return self._of_body(body, (b"content-encoding", b"gzip"))

    def _of_body(self, body: bytes, *more: tuple[bytes, bytes]) -> Kept:
        own = [*more, (b"content-length", b"%d" % len(body))]
        head = self._lines + _lines(own) + b"\r\n"
        return Kept(headers=[*self._headers, *own], head=head, tag=self._tag, body=body)

    def _keep(self, key: tuple[bytes, bool], kept: Kept) -> None:
        size = len(kept.body) + _OVERHEAD
        if size > min(LARGEST, self._most):
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = kept
            self._size += size
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.body) + _OVERHEAD


def tag_of(identity: str, media_type: str) -> str:
    """The entity tag of a document of a release in one format."""
    return f'W/"{identity[:32]}-{media_type}"'


def fresh(tag: str) -> dict[str, str]:
    """The headers of what stays as long as the release is served."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding"}
