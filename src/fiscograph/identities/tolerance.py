"""How far a sum of rounded numbers may miss its printed total (DESIGN: tolerance)."""

from __future__ import annotations

from decimal import Decimal


def tolerance_of_sum(addends: int, decimals: int) -> Decimal:
    """``(n + 1) · 0.5 · 10⁻ᵈ`` in the printed unit, after XBRL Calculations 1.1.

    Args:
        addends: how many printed numbers are added (n); a second printing of one thing counts 1.
        decimals: the most decimals printed in that unit in the table (d).

    >>> tolerance_of_sum(3, 2)
    Decimal('0.020')
    """
    return (addends + 1) * Decimal(5).scaleb(-decimals - 1)
