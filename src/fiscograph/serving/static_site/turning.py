"""Turns the links of all pages to files, here or in processes: no page needs another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool

from fiscograph.serving.static_site import pages
from fiscograph.serving.static_site.addresses import Address
from fiscograph.serving.static_site.errors import PageFailed
from fiscograph.serving.static_site.processes import pool_of

Named = tuple[Address, str]
# Starting a process takes as long as some hundred pages.
_FEW = 1000
_AT_ONCE = 100


def turn(
    site: pages.Site,
    own: Sequence[Named],
    processes: int,
    progress: Callable[[int, int], None],
) -> None:
    """Turn the links of pages that stand in the site's folder.

    Args:
        site: what all pages share.
        own: the pages, each with the name of its file.
        processes: how many work at most.
        progress: told of how many are done, and how many there are.

    Raises:
        OSError: a file cannot be written.
        PageFailed: the system ended a process.
    """
    if processes < 2 or len(own) < _FEW:
        for done, one in enumerate(own):
            _write(site, one)
            progress(done + 1, len(own))
        return
    # Neighbours lead to the same files, whose addresses are then known.
    ordered = sorted(own, key=lambda one: one[1])
    parts = [ordered[first : first + _AT_ONCE] for first in range(0, len(ordered), _AT_ONCE)]
    done = 0
    with pool_of(processes, _share, site) as pool:
        try:
            for written in pool.map(_turn, parts):
                done += written
                progress(done, len(own))
        except BrokenProcessPool as error:  # the system ended one, most likely for its memory
            raise PageFailed(ordered[done][0].target, 503) from error


def _write(site: pages.Site, one: Named) -> None:
    address, name = one
    pages.Page(site=site, address=address, name=name).write()


# What a process of the pool works with; it is one process's own.
_mine: list[pages.Site] = []


def _share(site: pages.Site) -> None:
    _mine.append(site)


def _turn(some: Sequence[Named]) -> int:
    for one in some:
        _write(_mine[0], one)
    return len(some)
