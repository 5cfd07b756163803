"""Amounts of money as they are printed, with their unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Unit(Enum):
    """A unit of money; the value is the number of yuan that one of it is."""

    YUAN = Decimal(1)
    THOUSAND_YUAN = Decimal(1_000)
    TEN_THOUSAND_YUAN = Decimal(10_000)
    HUNDRED_MILLION_YUAN = Decimal(100_000_000)

    @property
    def printed(self) -> str:
        return _PRINTED[self]

    @classmethod
    def from_printed(cls, text: str) -> Unit:
        """The unit of a printed word (元, 千元, 万元, 亿元).

        Raises:
            ValueError: the word is no unit of money.
        """
        for unit, word in _PRINTED.items():
            if text == word:
                return unit
        raise ValueError(f"no unit of money: {text!r}")


_PRINTED = {
    Unit.YUAN: "元",
    Unit.THOUSAND_YUAN: "千元",
    Unit.TEN_THOUSAND_YUAN: "万元",
    Unit.HUNDRED_MILLION_YUAN: "亿元",
}


class UnitBasis(Enum):
    """What told the unit of a printed number, from the nearest to the farthest."""

    CELL = "cell"
    TABLE = "table"
    FILING = "filing"
    NARRATIVE = "narrative"


def canonical_decimal(value: Decimal) -> str:
    """The canonical lexical form of an ``xsd:decimal`` (XSD 1.1 Part 2, 3.3.3.1).

    >>> canonical_decimal(Decimal("41440000.00"))
    '41440000'
    >>> canonical_decimal(Decimal("-0.50"))
    '-0.5'
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number of money units: ``value`` in ``unit``, exactly as printed, without separators."""

    value: Decimal
    unit: Unit

    @property
    def yuan(self) -> Decimal:
        """The amount in yuan, exact."""
        return self.value * self.unit.value

    @property
    def decimals(self) -> int:
        """How many decimals are printed; the tolerance of a sum depends on it."""
        exponent = self.value.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0
