"""How one printed number became another: the slips that a keyboard makes."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from fiscograph.budget import canonical_decimal

_FOUR, _EIGHT = 4, 8


class Slip(Enum):
    """A kind of slip, in words."""

    POINT = ("小数点移位", "the decimal point is moved")
    UNIT = (
        "单位相差一万倍，似以元代万元",
        "ten thousand times apart, as yuan for ten thousand yuan",
    )
    THOUSAND = ("单位相差一千倍", "a thousand times apart")
    HUNDRED_MILLION = ("单位相差一亿倍", "a hundred million times apart")
    DROPPED = ("少印一位数字", "a digit is dropped")
    ADDED = ("多印一位数字", "a digit is added")
    SWAPPED = ("相邻两位数字颠倒", "two digits are swapped")
    CHANGED = ("一位数字之差", "one digit differs")

    @property
    def zh(self) -> str:
        return self.value[0]

    @property
    def en(self) -> str:
        return self.value[1]


def power_of_ten(one: Decimal, other: Decimal) -> int | None:
    """The power of ten that two amounts are exactly apart by; None where they are not.

    >>> power_of_ten(Decimal("430.10"), Decimal("43.01"))
    1
    """
    if not one or not other or (one < 0) != (other < 0):
        return None
    left, right = one.normalize().as_tuple(), other.normalize().as_tuple()
    if left.digits != right.digits:
        return None
    return abs(one.normalize().adjusted() - other.normalize().adjusted())


def slip_of(printed: Decimal, meant: Decimal) -> Slip | None:
    """The slip that turns ``meant`` into ``printed``; None where it is no single one."""
    power = power_of_ten(printed, meant)
    if power is not None and power:
        units = {3: Slip.THOUSAND, _FOUR: Slip.UNIT, _EIGHT: Slip.HUNDRED_MILLION}
        return units.get(power, Slip.POINT)
    one, other = _digits(printed, meant)
    if len(one) == len(other):
        apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(apart) == 1:
            return Slip.CHANGED
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1
        return Slip.SWAPPED if swapped and sorted(one) == sorted(other) else None
    if _without_one(other, one):
        return Slip.DROPPED
    return Slip.ADDED if _without_one(one, other) else None


def _digits(printed: Decimal, meant: Decimal) -> tuple[str, str]:
    """Both numbers' digits to the same count of decimals."""
    one, other = canonical_decimal(abs(printed)), canonical_decimal(abs(meant))
    decimals = max(len(text.partition(".")[2]) for text in (one, other))

    def spelt(text: str) -> str:
        whole, _, rest = text.partition(".")
        return (whole + rest.ljust(decimals, "0")).lstrip("0")

    return spelt(one), spelt(other)


def _without_one(longer: str, shorter: str) -> bool:
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )
