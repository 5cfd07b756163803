"""What running text may say of the tables, as ``data/prose_subjects.toml`` has it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPattern:
    """Printed amounts of a form: ``side`` 收入, 支出 or "", a pattern of row labels, columns' keys."""

    form: str
    side: str
    row: re.Pattern[str]
    columns: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that tables print and texts tell."""

    key: str
    zh: str
    en: str
    phrase: re.Pattern[str]
    cells: tuple[CellPattern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Parts that exclude one another; ``complete`` if nothing else belongs to their whole."""

    key: str
    zh: str
    parts: tuple[re.Pattern[str], ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """All subjects and families."""

    told: tuple[Subject, ...]
    families: tuple[Family, ...]


@cache
def load_subjects() -> Subjects:
    """The subjects that come with the package."""
    path = resources.files("fiscograph.forms") / "data" / "prose_subjects.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Subjects(
        told=tuple(
            Subject(
                key=item["key"],
                zh=item["zh"],
                en=item["en"],
                phrase=re.compile("|".join(f"(?:{phrase})" for phrase in item["phrases"])),
                cells=tuple(_cell(text) for text in item["cells"]),
            )
            for item in raw["told"]
        ),
        families=tuple(
            Family(
                key=item["key"],
                zh=item["zh"],
                parts=tuple(re.compile(part) for part in item["parts"]),
                complete=item["complete"],
            )
            for item in raw["family"]
        ),
    )


def _cell(text: str) -> CellPattern:
    form, side, rest = text.split("|", 2)
    row, _, columns = rest.rpartition("|")
    return CellPattern(
        form=form, side=side, row=re.compile(row), columns=frozenset(columns.split(","))
    )
