"""What stands beside a filing: its declared id and where it came from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from fiscograph.budget import FilingId
from fiscograph.errors import FilingError

_KEYS = {"id", "origin"}
_ORIGIN_KEYS = {"publisher", "document", "form", "note", "url"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A ``.toml`` beside a filing: ``id`` may be missing; ``origin`` is free text by known keys."""

    id: FilingId | None
    origin: tuple[tuple[str, str], ...]


def read_declaration(path: Path) -> Declaration | None:
    """Read the declaration beside a filing, or None where there is none.

    Args:
        path: the filing itself; ``x.txt`` is declared by ``x.toml``.

    Raises:
        FilingError: the declaration is not TOML, has an unknown key or no valid id.
    """
    beside = path.with_suffix(".toml")
    if not beside.is_file():
        return None
    try:
        table = tomllib.loads(beside.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FilingError(beside.name, f"not valid TOML: {error}") from error
    origin = table.get("origin", {})
    if not isinstance(origin, dict):
        raise FilingError(beside.name, "origin is not a table", way_out="write [origin]")
    unknown = sorted(set(table) - _KEYS) + sorted(set(origin) - _ORIGIN_KEYS)
    if unknown:
        raise FilingError(beside.name, f"unknown key {unknown[0]!r}", way_out="see docs/reference")
    declared = table.get("id")
    try:
        filing_id = None if declared is None else FilingId.parse(str(declared))
    except ValueError as error:
        raise FilingError(beside.name, str(error)) from error
    return Declaration(
        id=filing_id, origin=tuple(sorted((key, str(value)) for key, value in origin.items()))
    )
