"""The ledger: every numeric token of a filing, in exactly one bin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fiscograph.provenance import Place


class Bin(Enum):
    PRINTED_AMOUNT = "printed-amount"
    INDICATOR = "indicator"
    STATEMENT = "statement"
    LABEL = "label"
    CONTACT = "contact"
    FURNITURE = "furniture"
    DAMAGE = "damage"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One numeric token (or, where it is folded over lines, its part in one line).

    ``token`` is the locator of the token's first character; ``printed`` is empty for contacts.
    """

    place: Place
    token: str
    printed: str
    bin: Bin
