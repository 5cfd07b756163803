"""When a reading is sure of a placement: the one place that says so."""

from __future__ import annotations

from fiscograph.budget import Placement, PrintedAmount

# As long as no placement is proved, one that was chosen among none is taken for one. Turn this off
# when the reader proves: from then on only what it calls printed or proved is sure.
CHOSEN_WITHOUT_RIVALS_IS_SURE = False


def is_sure(amount: PrintedAmount) -> bool:
    """Whether the reader claims that the amount can stand in no other column."""
    if amount.placement in {Placement.PRINTED, Placement.PROVED}:
        return True
    alone = amount.placement is Placement.CHOSEN and not amount.rivals
    return CHOSEN_WITHOUT_RIVALS_IS_SURE and alone
