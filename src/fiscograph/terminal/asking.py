"""What stands between a typed question and the store of a release."""

from __future__ import annotations

import sys
from pathlib import Path

from fiscograph.errors import UsageError
from fiscograph.queries import Query, QueryEngine, SolutionFormat, build_store
from fiscograph.settings import Settings
from fiscograph.vocabulary import PREFIXES

FORMATS = {
    "table": SolutionFormat.CSV,
    "csv": SolutionFormat.CSV,
    "tsv": SolutionFormat.TSV,
    "json": SolutionFormat.JSON,
    "xml": SolutionFormat.XML,
}


def question(text: str, form: str) -> Query:
    """A query from its text, from the ``.rq`` file of that name, or from stdin (``-``).

    Raises:
        UsageError: the format is not known.
        OSError: the file cannot be read.
    """
    if form not in FORMATS:
        raise UsageError(f"--format {form}: expected one of {', '.join(FORMATS)}")
    if text == "-":
        text = sys.stdin.read()
    elif text.endswith(".rq"):
        text = Path(text).read_text("utf-8")
    return Query(text=text, solutions=FORMATS[form])


def engine(release: Path | None, settings: Settings) -> QueryEngine:
    """An engine over the release, with one worker; its store is built when it is not there yet.

    Raises:
        ReleaseUnreadable: the folder holds no release.
    """
    store = build_store(release or settings.published, settings.var)
    return QueryEngine(store.path, base=store.base, workers=1, prefixes=dict(PREFIXES))
