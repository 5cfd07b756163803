"""Builds of a few filings in a folder of their own.

``python -m tests.pipeline.builds FOLDER DAYS PROCESSES`` builds ``FOLDER/filings`` into
``FOLDER/published`` on a day so many days from now, with so many processes.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import time
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from hashlib import sha256
from pathlib import Path

from tests.golden.disclosed import path_of

from fiscograph.pipeline import build
from fiscograph.release.summary import BuildSummary
from fiscograph.settings import Settings


def folder_with(folder: Path, names: Iterable[str]) -> Path:
    """A folder with ``filings/``: the named ones and their declarations, copied in that order."""
    filings = folder / "filings"
    filings.mkdir(parents=True)
    for name in names:
        for path in (path_of(name), path_of(name).with_suffix(".toml")):
            shutil.copy(path, filings)
    return folder


def built(folder: Path, *, keep_going: bool = False) -> BuildSummary:
    settings = Settings.default(folder)
    return build(folder / "filings", folder / "published", settings, keep_going=keep_going)


def digests(folder: Path) -> dict[str, str]:
    """The hash of every file of a release, by its path."""
    published = folder / "published"
    return {
        str(path.relative_to(published)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(published.rglob("*"))
        if path.is_file()
    }


class _Later(datetime):
    """The clock of another day."""

    days = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Later:
        return super().now(tz) + timedelta(days=cls.days)

    @classmethod
    def today(cls) -> _Later:
        return cls.now()


def on_another_day(days: int) -> None:
    """Move the clocks that Python reads; the workers inherit them."""
    _Later.days = days
    real, wall = time.time, time.localtime
    dt.datetime = _Later  # type: ignore[misc]
    time.time = lambda: real() + days * 86_400
    time.localtime = lambda seconds=None: wall(time.time() if seconds is None else seconds)


if __name__ == "__main__":
    on_another_day(int(sys.argv[2]))
    os.cpu_count = lambda: int(sys.argv[3])
    built(Path(sys.argv[1]))
