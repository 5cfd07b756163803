"""What is made when it is first wanted, and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_Kept = TypeVar("_Kept")


class Once(Generic[_Kept]):
    """Makes a thing when it is first wanted, whoever wants it, and once."""

    def __init__(self, make: Callable[[], _Kept]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: _Kept | None = None

    def get(self) -> _Kept:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made
