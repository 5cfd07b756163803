"""Words and numbers of findings, as a clerk reads them."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from fiscograph.budget import canonical_decimal
from fiscograph.tables import number_of

_WAN = Decimal(10_000)
_MOST = 3


def wan(amount: Decimal) -> str:
    """An amount in yuan as a clerk reads it: in 万元 with its decimals."""
    return f"{canonical_decimal(amount / _WAN)}万元"


def in_printed_unit(amount: Decimal, printed: str, yuan: Decimal) -> str:
    """An amount in yuan in the unit of a number that is printed for ``yuan``.

    >>> in_printed_unit(Decimal(671600), "67.00", Decimal(670000))
    '67.16'
    """
    value = number_of(printed)
    return canonical_decimal(amount * value / yuan) if value and yuan else canonical_decimal(amount)


def rows_zh(lines: Collection[int], most: int = _MOST) -> str:
    """Lines as they are named in a Chinese sentence.

    >>> rows_zh([7, 5])
    '第5、7行'
    """
    rows = sorted(set(lines))
    return f"第{'、'.join(map(str, rows[:most]))}{'等' if len(rows) > most else ''}行"


def rows_en(lines: Collection[int], most: int = _MOST) -> str:
    """Lines as they are named in an English sentence.

    >>> rows_en([7, 5])
    'lines 5, 7'
    """
    rows = sorted(set(lines))
    named = ", ".join(map(str, rows[:most])) + (" and others" if len(rows) > most else "")
    return f"line{'s' if len(rows) > 1 else ''} {named}"
