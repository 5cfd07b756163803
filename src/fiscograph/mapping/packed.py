"""Graphs between two steps: packed, and unpacked one at a time.

A filing's quads as objects take 15 MB, packed they take a twentieth of one: a release of a thousand
filings is held in the one form and not in the other.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, parse, serialize

from fiscograph.budget import FilingId

_LEVEL = 1  # higher levels save a fifth and take three times as long


def pack(quads: Iterable[Quad]) -> bytes:
    """Quads as bytes, in their order; they go from process to process so: terms are slow to pickle."""
    return zlib.compress(serialize(quads, format=RdfFormat.N_QUADS) or b"", _LEVEL)


def unpack(packed: bytes) -> tuple[Quad, ...]:
    """The quads that were packed."""
    return tuple(parse(zlib.decompress(packed), format=RdfFormat.N_QUADS))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedGraphs(Mapping[FilingId, tuple[Quad, ...]]):
    """The quads of each filing's graph, unpacked anew whenever they are asked for."""

    packed: Mapping[FilingId, bytes]

    def __getitem__(self, filing: FilingId) -> tuple[Quad, ...]:
        return unpack(self.packed[filing])

    def __iter__(self) -> Iterator[FilingId]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)
