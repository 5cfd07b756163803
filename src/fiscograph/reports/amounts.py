"""Amounts of money for people."""

from __future__ import annotations

from decimal import Decimal

from fiscograph.budget import canonical_decimal


def yuan(amount: Decimal) -> str:
    """An amount in yuan with its thousands set apart.

    >>> yuan(Decimal("41440000.00")), yuan(Decimal("-0.5"))
    ('41,440,000', '-0.5')
    """
    sign, plain = ("-", -amount) if amount < 0 else ("", amount)
    whole, dot, rest = canonical_decimal(plain).partition(".")
    return f"{sign}{int(whole):,}{dot}{rest}"
