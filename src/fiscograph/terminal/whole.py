"""A file that appears under its name only when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Names of what is open already or is no file, whatever they lead to.
_OPEN = (("dev",), ("proc",))


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A place beside ``out`` that takes its name at the end, and is gone if there is none.

    What is no file, such as ``/dev/stdout`` or a pipe, is written itself: another file in its place
    would not be what was asked for. A link leads to the file that is replaced.

    Raises:
        OSError: the place cannot be written.
    """
    if out.absolute().parts[1:2] in _OPEN or (out.exists() and not (out.is_file() or out.is_dir())):
        yield out
        return
    out = out.resolve() if out.is_symlink() else out
    beside = out.with_name(f"{out.name}.tmp-{os.getpid()}")
    try:
        yield beside
        beside.replace(out)
    except OSError as error:
        if error.filename in {None, str(beside)}:  # who asked knows nothing of what is beside
            error.filename = str(out)
        raise
    finally:
        _remove(beside)


def _remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    except OSError:
        return  # what kept it from being written keeps it from being removed
