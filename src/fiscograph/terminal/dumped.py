"""Writes a dump to a file or to stdout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fiscograph import release
from fiscograph.errors import UsageError
from fiscograph.terminal.console import messages


def write(folder: Path, form: str, out: Path | None) -> None:
    """Write the dump; a file appears under its name only when it is whole.

    Raises:
        UsageError: the format is not known.
        ReleaseError: the folder holds no release, or a damaged one.
    """
    if form not in release.DUMPS:
        raise UsageError(f"--format {form}: expected one of {', '.join(release.DUMPS)}")
    dump = release.DUMPS[form]
    if out is None:
        release.dump(folder, dump, sys.stdout.buffer)
        return
    beside = out.with_name(f"{out.name}.tmp-{os.getpid()}")
    try:
        with beside.open("wb") as file:
            size = release.dump(folder, dump, file)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    messages().print(f"{out}: {size:,} 字节 / bytes, {dump.media_type}")
