"""A total column and the columns that it sums, within one row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSum:
    """``total = part + part + …`` over the columns of one row; a blank counts zero."""

    total: str
    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> RowSum:
        """Read ``"total = basic + project"``.

        Raises:
            ValueError: the text is not of that form.
        """
        total, equals, parts = text.partition("=")
        names = tuple(part.strip() for part in parts.split("+"))
        if not equals or not total.strip() or not all(names):
            raise ValueError(f"no identity: {text!r}; write 'total = part + part'")
        return cls(total=total.strip(), parts=names)

    def over(self, columns: Iterable[str], finer: Sequence[RowSum] = ()) -> RowSum | None:
        """The identity over the columns that a table has; None where it does not apply.

        A part that the table does not print is what it sums itself, by an identity of ``finer``.
        """
        present = set(columns)
        parts = tuple(
            own
            for part in self.parts
            for own in ((part,) if part in present else _parts_of(part, finer, present))
        )
        if self.total not in present or not parts:
            return None
        return RowSum(total=self.total, parts=parts)


def _parts_of(total: str, finer: Sequence[RowSum], present: Collection[str]) -> tuple[str, ...]:
    """The columns that a table prints of what another identity sums to a part."""
    return next(
        (
            tuple(part for part in other.parts if part in present)
            for other in finer
            if other.total == total
        ),
        (),
    )
