"""What ``fiscograph trace`` is asked for, and its answer on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from fiscograph.errors import UsageError
from fiscograph.queries import base_of
from fiscograph.settings import Settings
from fiscograph.terminal import asking, overviews, resolved, traced
from fiscograph.tracing import (
    Ranking,
    Shares,
    Tracer,
    Unfoundeds,
    Wanted,
    graphml_lines,
    index_of,
)

WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Either ``thing`` or ``overview`` (the name of its option), in a form of output."""

    thing: str | None
    overview: str | None
    wanted: Wanted
    form: str


def asked(
    thing: str | None,
    overviews: Mapping[str, bool],
    filters: Mapping[str, str | None],
    *,
    rows: int,
    form: str | None,
) -> Asked:
    """The question that arguments and options make.

    Args:
        thing: what is to be traced.
        overviews: the options for an overview, by name.
        filters: what narrows an overview, by name.
        rows: the most rows of an overview.
        form: the form of output, None for the usual one.

    Raises:
        UsageError: nothing or more than one thing is asked for, or it does not fit the rest.
    """
    chosen = [name for name, wanted in overviews.items() if wanted]
    known = ", ".join(f"--{name}" for name in overviews)
    if (thing is not None) + len(chosen) != 1:
        raise UsageError(f"trace: name one thing, or one of {known}")
    if thing is not None:
        if used := [f"--{name}" for name, text in filters.items() if text is not None]:
            raise UsageError(f"{used[0]}: it goes with one of {known}")
        traced.require_format(form or "tree", traced.FORMATS)
        return Asked(thing=thing, overview=None, wanted=Wanted(), form=form or "tree")
    if chosen == [WHOLE]:
        traced.require_format(form or "graphml", traced.WHOLE_FORMATS)
        if used := [f"--{name}" for name, text in filters.items() if text is not None]:
            raise UsageError(f"{used[0]}: --whole writes the whole graph")
        return Asked(thing=None, overview=WHOLE, wanted=Wanted(), form="graphml")
    traced.require_format(form or "table", traced.OVERVIEW_FORMATS)
    return Asked(
        thing=None,
        overview=chosen[0],
        wanted=Wanted(
            year=filters["year"],
            phase=filters["phase"],
            region=filters["region"],
            level=filters["level"],
            rows=rows,
        ),
        form=form or "table",
    )


def answer(asked: Asked, release: Path | None, settings: Settings) -> bool:
    """Ask the release and print the answer; False where the thing is none, or one of several.

    Raises:
        ReleaseError: the folder holds no release.
        QueryError: the store cannot be asked.
    """
    base = base_of(release or settings.published)
    store = asking.store(release, settings)
    index = index_of(store.path, base=base)
    with (
        asking.engine_over(store) as engine,
        closing(Tracer(engine, base=base, index=index)) as tracer,
    ):
        if asked.overview == WHOLE:
            sys.stdout.writelines(graphml_lines(tracer.graph()))
            return True
        if asked.overview is not None:
            overviews.show(_overview(tracer, asked.overview, asked.wanted), asked.form)
            return True
        meant = tracer.meant(asked.thing or "")
        found = tracer.follow(meant)
    if found is None:
        resolved.show_unclear(meant, for_programs=asked.form == "json")
        return False
    traced.show(found, asked.form)
    return True


def _overview(tracer: Tracer, name: str, wanted: Wanted) -> Ranking | Unfoundeds | Shares:
    match name:
        case "ranking":
            return tracer.ranking(wanted)
        case "shared":
            return tracer.shared(wanted)
        case "without-basis":
            return tracer.without_basis(wanted)
        case _:
            return tracer.shares(wanted)
