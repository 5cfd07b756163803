"""Where output goes: results to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

_PIPE_WIDTH = 160
_Thing = TypeVar("_Thing")


def results() -> Console:
    """The console for results: as wide as the terminal, or wide enough for a pipe."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(width=width, highlight=False, soft_wrap=False, emoji=False, markup=False)


def messages() -> Console:
    """The console for progress, notes and errors."""
    return Console(stderr=True, highlight=False, soft_wrap=True, emoji=False, markup=False)


def print_json(value: Mapping[str, object] | list[object]) -> None:
    """One JSON document on stdout; Chinese stays Chinese."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def plain_table(*columns: str, title: str | None = None, numbers: tuple[str, ...] = ()) -> Table:
    """An empty table in the style of all pages; ``numbers`` are set to the right."""
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    table.box = None
    table.padding = (0, 2, 0, 0)
    for column in columns:
        right = column in numbers
        table.add_column(
            column, justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    return table


class Steps:
    """Shows how far a long piece of work is: ``steps(what, done, total)``."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("…", total=None)

    def __call__(self, what: str, done: int, total: int) -> None:
        self._bar.update(self._task, description=what, completed=done, total=total or None)


@contextmanager
def progress() -> Iterator[Steps]:
    """A progress bar on stderr; silent where stderr is no terminal."""
    console = messages()
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        yield Steps(bar)


def counted(
    things: Sequence[_Thing], steps: Steps, name: Callable[[_Thing], str]
) -> Iterator[_Thing]:
    """Go through things and show which one is at work."""
    for done, thing in enumerate(things):
        steps(name(thing), done, len(things))
        yield thing
