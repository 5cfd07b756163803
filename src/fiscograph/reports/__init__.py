"""One page of HTML for a filing: what was read, what contradicts itself, where it is printed.

The same page is the answer of ``fiscograph check --html`` and a file of the release.
"""

from __future__ import annotations

from collections.abc import Sequence

from fiscograph import resources
from fiscograph.budget import FilingFacts
from fiscograph.reports.amounts import yuan
from fiscograph.reports.setting import environment, in_wan, line_numbers, visible
from fiscograph.reports.view import report_view
from fiscograph.reports.words import Words, concept, words

__all__ = [
    "Words",
    "concept",
    "environment",
    "in_wan",
    "line_numbers",
    "page",
    "visible",
    "words",
    "yuan",
]


def page(facts: FilingFacts, lines: Sequence[str]) -> str:
    """The report as HTML: no script, no network, the same text for the same filing.

    Args:
        facts: what was read of the filing.
        lines: the lines of the file that it was read from.
    """
    view = report_view(facts, lines)
    template = environment().get_template("report.html")
    return template.render(view=view, version=resources.program_version())
