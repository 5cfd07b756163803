"""Processes of our own, one a processor, that end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import connection

# More would wait for each other's memory; a page takes the time of one processor.
_MOST_PROCESSES = 8


def most_processes() -> int:
    """One a processor, within reason."""
    return min(_MOST_PROCESSES, os.cpu_count() or 1)


def pool_of(count: int, begin: Callable[..., None], *arguments: object) -> ProcessPoolExecutor:
    """A pool of so many processes, each of which begins with a function of a module.

    Args:
        count: how many.
        begin: what each does first.
        arguments: its arguments, which are sent to each.
    """
    return ProcessPoolExecutor(
        count,
        # A fork would copy the locks of this process's threads.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=partial(_begin, begin, *arguments),
    )


def _begin(begin: Callable[..., None], *arguments: object) -> None:
    # An interrupt from the terminal reaches every process; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    begin(*arguments)


def _end_with_the_first() -> None:
    """The first process may be killed, and then tells nobody."""
    first = multiprocessing.parent_process()
    if first is not None:
        connection.wait([first.sentinel])
        os._exit(1)
