"""The frames of a release: ``ontology/frames/*.jsonld``, each with our context put inside.

A frame (W3C, JSON-LD 1.1 Framing) says which tree a reader wants made of a dump. With
the context inside, it needs nothing else: ``frame(dump, frame)`` and no network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from fiscograph import resources
from fiscograph.release.context import Context
from fiscograph.release.jsonld import dumps

FOLDER = "frames"


def names() -> tuple[str, ...]:
    """The names of all frames, without suffix, sorted."""
    return tuple(sorted(path.stem for path in (resources.ontology() / FOLDER).glob("*.jsonld")))


def files(context: Context) -> Iterator[tuple[str, bytes]]:
    """The path of each frame below the release's folder, and its bytes.

    Raises:
        json.JSONDecodeError: a frame is no JSON.
    """
    for name in names():
        path = f"{FOLDER}/{name}.jsonld"
        frame = json.loads((resources.ontology() / path).read_text("utf-8"))
        body = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).removeprefix("{")
        yield path, f'{{"@context":{dumps(context.document)},{body}\n'.encode()
