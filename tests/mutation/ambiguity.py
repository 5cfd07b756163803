"""Which amounts a table truly leaves open once its boundaries are lost: brute force says."""

from __future__ import annotations

from tests.mutation.draft import Draft


def truly_open(draft: Draft) -> frozenset[str]:
    """Marks of the amounts that another placement, too, would satisfy; none yet is excused."""
    return frozenset()
