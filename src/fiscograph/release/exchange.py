"""The exchange of two names in one step: Linux's ``renameat2`` (man 2 rename)."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


class ExchangeUnsupportedError(OSError):
    """The system or the file system cannot exchange two names."""


def exchange(one: Path, other: Path) -> None:
    """Exchange two names; a reader sees either the one state or the other.

    Raises:
        ExchangeUnsupportedError: it cannot be done here.
        OSError: it failed.
    """
    library = ctypes.CDLL(None, use_errno=True)
    try:
        renameat2 = library.renameat2
    except AttributeError as error:
        raise ExchangeUnsupportedError(errno.ENOSYS, "no renameat2 in the C library") from error
    done = renameat2(
        ctypes.c_int(_AT_FDCWD),
        ctypes.c_char_p(os.fsencode(one)),
        ctypes.c_int(_AT_FDCWD),
        ctypes.c_char_p(os.fsencode(other)),
        ctypes.c_uint(_RENAME_EXCHANGE),
    )
    if done != 0:
        code = ctypes.get_errno()
        if code in _UNSUPPORTED:
            raise ExchangeUnsupportedError(code, os.strerror(code))
        raise OSError(code, os.strerror(code), str(one), None, str(other))
