"""Which files of tests begin first: those that take longest, so that the processes of a run end at
about the same time.

Each takes ten seconds of one processor or more; what else there is comes in the order of its name.
"""

from __future__ import annotations

from pathlib import Path

LONGEST = (
    "mutation/test_mutation.py",
    "browser/test_accessible.py",
    "browser/test_journeys.py",
    "browser/test_figures.py",
    "serving/test_api.py",
    "pipeline/test_builds.py",
    "pipeline/test_damaged_text.py",
    "queries/test_engines.py",
    "release/test_forms.py",
    "release/test_comparison.py",
    "serving/test_every_iri.py",
    "release/test_switch.py",
    "cli/test_build.py",
    "serving/test_catalog_downloads.py",
    "pipeline/test_truncation.py",
    "release/test_readers.py",
)
_HERE = Path(__file__).parent
_RANK = {_HERE / name: rank for rank, name in enumerate(LONGEST)}


def rank_of(file: Path) -> int:
    """The place of a file among the longest, or after them."""
    return _RANK.get(file, len(_RANK))
