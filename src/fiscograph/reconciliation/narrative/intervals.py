"""Printed numbers as the intervals that they were rounded from (DESIGN: ratios)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fiscograph.budget import Outcome
from fiscograph.reconciliation.checks import outcome_of

_HUNDRED = Decimal(100)
_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """All numbers from ``low`` to ``high``."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, printed: Decimal, unit: Decimal = Decimal(1)) -> Interval:
        """What a printed number may have been before it was rounded to its decimals, in ``unit``."""
        half = Decimal(5).scaleb(-decimals_of(printed) - 1)
        return cls(low=(printed - half) * unit, high=(printed + half) * unit)


def decimals_of(printed: Decimal) -> int:
    exponent = printed.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def per_cent(part: Interval, whole: Interval) -> Interval | None:
    """The ratio of two intervals in per cent, None where the whole could be nothing.

    >>> one = Interval.of(Decimal("93.92")), Interval.of(Decimal("98.92"))
    >>> ratio = per_cent(*one)
    >>> ratio is not None and ratio.low < Decimal("94.945") < ratio.high
    True
    """
    if whole.low <= 0:
        return None
    ratios = [p / w * _HUNDRED for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return Interval(low=min(ratios), high=max(ratios))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A printed percentage against the one that its terms give, rounded to the printed decimals."""

    exact: Decimal
    tolerance: Decimal
    outcome: Outcome


def compared(printed: Decimal, ratio: Interval, exact: Decimal) -> Ratio:
    """Whether a printed percentage is its ratio rounded, or cut off, to its decimals.

    Percentages are cut off as often as they are rounded: neither contradicts the filing.

    Args:
        printed: the percentage as printed.
        ratio: what the ratio of the terms may be before they were rounded.
        exact: the ratio of the terms as they are printed.
    """
    step = Decimal(1).scaleb(-decimals_of(printed))
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    above, below = ratio.high - rounded + step / 2, rounded - ratio.low + step
    tolerance = max(above if printed > rounded else below, Decimal(0))
    tolerance = tolerance.quantize(_DIGITS, rounding=ROUND_HALF_UP)
    return Ratio(
        exact=rounded, tolerance=tolerance, outcome=outcome_of(printed - rounded, tolerance)
    )
