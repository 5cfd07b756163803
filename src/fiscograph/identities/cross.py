"""Equalities between tables of one filing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_REF = re.compile(r"(?P<form>[\w-]+)\[(?P<row>[^\]]+)\]\.(?P<column>\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRef:
    """A cell by form, row (``total``, ``SIDE:KEY``, ``code:CODE``) and column key."""

    form: str
    row: str
    column: str

    @classmethod
    def parse(cls, text: str) -> CellRef:
        """Read ``FORM[ROW].COLUMN``.

        Raises:
            ValueError: the text is not of that form.
        """
        match = _REF.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"no cell reference: {text!r}; write FORM[ROW].COLUMN")
        return cls(form=match["form"], row=match["row"], column=match["column"])


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossEquality:
    """Two sides that print one thing; each side lists alternatives, each a sum of cells.

    ``when`` are two cells that have to be equal for it to hold: where a part and its whole are one
    amount, so are the parts of both. A ``soft`` one need not hold.
    """

    rule: str
    zh: str
    en: str
    left: tuple[tuple[CellRef, ...], ...]
    right: tuple[tuple[CellRef, ...], ...]
    soft: bool
    when: tuple[CellRef, CellRef] | None = None

    @classmethod
    def of(
        cls,
        *,
        rule: str,
        zh: str,
        en: str,
        left: Sequence[str],
        right: Sequence[str],
        soft: bool,
        when: str | None = None,
    ) -> CrossEquality:
        """Build from the printed form of the data files.

        Raises:
            ValueError: a cell reference, or the condition, is not of its form.
        """

        def side(alternatives: Sequence[str]) -> tuple[tuple[CellRef, ...], ...]:
            return tuple(
                tuple(CellRef.parse(term) for term in text.split(" + ")) for text in alternatives
            )

        condition = None
        if when is not None:
            one, equals, other = when.partition(" = ")
            if not equals:
                raise ValueError(f"no condition: {when!r}; write CELL = CELL")
            condition = (CellRef.parse(one), CellRef.parse(other))
        return cls(
            rule=rule,
            zh=zh,
            en=en,
            left=side(left),
            right=side(right),
            soft=soft,
            when=condition,
        )
