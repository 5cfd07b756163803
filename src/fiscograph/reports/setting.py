"""How a report on one page is set: the templates and the filters that they use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from fiscograph.reports.amounts import yuan

_WAN = Decimal(10_000)
# Characters that reorder or hide text (Unicode TR 9 and TR 36): shown by their code points.
_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]|[\x00-\x08\x0b-\x1f\x7f]"
)


def in_wan(amount: Decimal | None) -> str:
    """An amount in yuan as filings print it: in 万元, two decimals or as many as it takes.

    >>> in_wan(Decimal("41440000")), in_wan(Decimal("12345")), in_wan(None)
    ('4,144.00', '1.2345', '—')
    """
    if amount is None:
        return "—"
    text = yuan(amount / _WAN)
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest:0<2}"


def visible(text: object) -> str:
    r"""Text with the characters that a reader cannot see made visible.

    >>> visible("a\u202eb")
    'a⟦U+202E⟧b'
    """
    return _HIDDEN.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", str(text))


def line_numbers(lines: Sequence[int]) -> str:
    """Line numbers in runs.

    >>> line_numbers([3, 4, 5, 9])
    '3–5, 9'
    """
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


@cache
def environment() -> Environment:
    """The templates of the reports, with the filters that they use."""
    made = Environment(
        loader=PackageLoader("fiscograph.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["wan"] = in_wan
    made.filters["visible"] = visible
    made.filters["line_numbers"] = line_numbers
    return made
