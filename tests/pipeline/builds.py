"""Builds of a few filings in a folder of their own.

``python -m tests.pipeline.builds FOLDER`` builds ``FOLDER/filings`` into ``FOLDER/published``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
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


if __name__ == "__main__":
    built(Path(sys.argv[1]))
