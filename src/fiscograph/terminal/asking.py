"""What stands between a typed question and the store of a release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from fiscograph.errors import UsageError
from fiscograph.queries import (
    GraphFormat,
    GuardLimits,
    Query,
    QueryEngine,
    QueryForm,
    QueryTooDeep,
    ReleaseStore,
    SolutionFormat,
    build_store,
    check,
    example_query,
)
from fiscograph.release import verify
from fiscograph.settings import Settings
from fiscograph.vocabulary import PREFIXES

GRAPH_FORMATS = {"table": GraphFormat.TURTLE, "json": GraphFormat.JSON_LD}
FORMATS = {
    "table": SolutionFormat.CSV,
    "csv": SolutionFormat.CSV,
    "tsv": SolutionFormat.TSV,
    "json": SolutionFormat.JSON,
    "xml": SolutionFormat.XML,
}


def text_of(text: str | None, example: str | None) -> str:
    """What is asked: a query as it was typed, or an example query by its name.

    Raises:
        UsageError: neither or both are given, or there is no such example.
    """
    if (text is None) == (example is None):
        raise UsageError("give a query, or --example NAME (--examples lists them)")
    if example is None:
        return text or ""
    try:
        return example_query(example).text
    except KeyError:
        raise UsageError(f"--example {example}: no such example, see --examples") from None


def question(text: str, form: str) -> Query:
    """A query from its text, from the ``.rq`` file of that name, or from stdin (``-``).

    Raises:
        UsageError: the format is not known, or does not fit what is asked for.
        QueryError: the text is no query.
        OSError: the file cannot be read.
    """
    if form not in FORMATS:
        raise UsageError(f"--format {form}: expected one of {', '.join(FORMATS)}")
    if text == "-":
        text = _read(sys.stdin.buffer, "-")
    elif text.endswith(".rq"):
        with Path(text).open("rb") as file:
            text = _read(file, text)
    asked = check(text).form
    if asked.yields_graph:
        if form not in GRAPH_FORMATS:
            raise UsageError(f"--format {form}: a graph is given as {' or '.join(GRAPH_FORMATS)}")
        return Query(text=text, graph=GRAPH_FORMATS[form])
    if asked is QueryForm.ASK and form == "table":
        return Query(text=text, solutions=SolutionFormat.TSV)  # a truth value makes no table
    return Query(text=text, solutions=FORMATS[form])


def _read(file: IO[bytes], name: str) -> str:
    """A query's text; no more is read than may be asked, as standard input may have no end.

    Raises:
        QueryTooDeep: there is more.
        UsageError: it is no UTF-8.
    """
    most = GuardLimits().length
    data = file.read(most + 1)
    if len(data) > most:
        raise QueryTooDeep("length in bytes", len(data), most)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: no query: byte {error.start + 1} is not UTF-8") from None


def engine(release: Path | None, settings: Settings) -> QueryEngine:
    """An engine over the release, with one worker; its store is built when it is not there yet.

    Raises:
        ReleaseError: the folder holds no release, or not the one that its manifest promises.
        ReleaseUnreadable: a file of it cannot be read.
    """
    return engine_over(store(release, settings))


def store(release: Path | None, settings: Settings) -> ReleaseStore:
    """The store of the release, built when it is not there yet.

    Raises:
        ReleaseError: the folder holds no release, or not the one that its manifest promises.
        ReleaseUnreadable: a file of it cannot be read.
    """
    folder = release or settings.published
    verify(folder)  # an answer from half a release would look like an answer
    return build_store(folder, settings.var)


def engine_over(store: ReleaseStore) -> QueryEngine:
    """An engine over a store, with one worker."""
    return QueryEngine(store.path, base=store.base, workers=1, prefixes=dict(PREFIXES))
