"""Looks at every kind of page in both languages, widths and themes, and follows its figures.

    $ python -m tests.browser.sweep [--release published] [--only NAME …]

writes what is wrong and returns 1 where anything is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser
from tests.browser.conftest import ROOT, serving, started, visited
from tests.browser.figures import wrong
from tests.browser.kinds import KINDS, Kind
from tests.browser.looking import DESK, PHONE, seen

FIGURES = 20


def swept(browser: Browser, server: str, release: Path, kind: Kind) -> Iterator[str]:
    """What is wrong with a kind of page."""
    for language, dark in product(("zh", "en"), (False, True)):
        found: list[str] = []
        try:
            with visited(browser, server, language=language, dark=dark) as page:
                for width in (DESK, PHONE):
                    for path in (kind.path, *kind.more):
                        found += [
                            f"{width}: {fault}" for fault in seen(page, kind, width, path=path)
                        ]
        except AssertionError as error:
            found.append(str(error))
        yield from (f"{language} {'dark' if dark else 'light'} {fault}" for fault in found)
    with visited(browser, server) as visitor, visited(browser, server) as reader:
        if kind.status == 200:
            yield from wrong(visitor, reader, release, kind, FIGURES)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.sweep")
    parser.add_argument("--release", type=Path, default=ROOT / "published")
    parser.add_argument("--only", nargs="*", help="names of kinds")
    given = parser.parse_args(arguments)
    faults = 0
    with (
        tempfile.TemporaryDirectory() as var,
        serving(given.release.resolve(), Path(var)) as server,
        started() as browser,
    ):
        for kind in KINDS:
            if given.only and kind.name not in given.only:
                continue
            found = list(swept(browser, server, given.release, kind))
            faults += len(found)
            sys.stdout.write(f"{kind.name}: {len(found) or 'clean'}\n")
            sys.stdout.writelines(f"  {fault}\n" for fault in found)
            sys.stdout.flush()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
