"""Accounting identities as values, and the tolerance that rounding allows them."""

from fiscograph.identities.cross import CellRef, CrossEquality
from fiscograph.identities.row_sum import RowSum
from fiscograph.identities.tolerance import tolerance_of_sum

__all__ = ["CellRef", "CrossEquality", "RowSum", "tolerance_of_sum"]
