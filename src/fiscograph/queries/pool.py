"""A number of workers that are kept alive: what is killed is replaced beside the queries."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from fiscograph.queries.exhausted import (
    EngineBusy,
    EngineFailed,
)
from fiscograph.queries.process import WorkerLost, WorkerProcess

_START_SECONDS = 30.0
_RETRY_SECONDS = 1.0
# A worker may be ended from outside while it starts; what fails twice running fails.
_STARTS = 2


class WorkerPool:
    """Workers over one store.

    Args:
        store: the folder of the store.
        size: how many workers stand ready or work.
        more: how many more there may be, started while somebody waits; they stay.
        memory: the address space of each, in bytes.
        most_waiting: how many may wait for a worker before others are turned away.
    """

    def __init__(
        self, store: Path, *, size: int, more: int = 0, memory: int, most_waiting: int
    ) -> None:
        self._store = store
        self._size = size
        self._more = more
        self._memory = memory
        self._most_waiting = most_waiting
        self._changed = threading.Condition()
        self._idle: list[WorkerProcess] = []
        self._all: set[WorkerProcess] = set()
        self._counted = 0
        self._waiting = 0
        self._failure: str | None = None
        self._failures = 0
        self._closed = False
        self._keeper = threading.Thread(target=self._keep, name="query-workers", daemon=True)
        self._keeper.start()

    def acquire(self, seconds: float) -> WorkerProcess:
        """A worker that nobody else uses, waited for at most ``seconds``.

        Raises:
            EngineBusy: none came free, or too many wait already.
            EngineFailed: the pool is closed, or workers cannot be started.
        """
        until = time.monotonic() + seconds
        with self._changed:
            if not self._idle and self._waiting >= self._most_waiting:
                raise EngineBusy(self._waiting)
            self._waiting += 1
            if not self._idle:
                self._changed.notify_all()
            try:
                while not self._idle:
                    if self._closed:
                        raise EngineFailed("it is closed")
                    if self._failure is not None and self._failures >= _STARTS:
                        raise EngineFailed(self._failure)
                    left = until - time.monotonic()
                    if left <= 0:
                        raise EngineBusy(self._waiting - 1)
                    self._changed.wait(left)
                return self._idle.pop()
            finally:
                self._waiting -= 1

    def release(self, worker: WorkerProcess) -> None:
        """Give a worker back that has answered."""
        with self._changed:
            self._idle.append(worker)
            self._changed.notify_all()

    def set_aside(self, worker: WorkerProcess) -> None:
        """A worker goes on with a long query; another takes its place. ``drop`` it at the end."""
        worker.lower_priority()
        with self._changed:
            self._counted -= 1
            self._changed.notify_all()

    def drop(self, worker: WorkerProcess, *, set_aside: bool = False) -> None:
        """Kill a worker; it is replaced, unless that was done when it was set aside."""
        worker.close()
        with self._changed:
            self._all.discard(worker)
            if not set_aside:
                self._counted -= 1
            self._changed.notify_all()

    def close(self) -> None:
        """Kill all workers; nothing is started any more."""
        with self._changed:
            self._closed = True
            idle = tuple(self._idle)
            self._idle.clear()
            busy = self._all.difference(idle)
            self._all.difference_update(idle)
            self._changed.notify_all()
        for worker in idle:
            worker.close()
        for worker in busy:  # whoever waits for it drops it
            worker.kill()
        if threading.current_thread() is not self._keeper:
            self._keeper.join()

    @property
    def most(self) -> int:
        """How many may have a worker or wait for one, the long one among them."""
        return self._size + self._more + 1 + self._most_waiting

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of all workers, in ascending order."""
        with self._changed:
            return tuple(sorted(worker.pid for worker in self._all))

    def _keep(self) -> None:
        while True:
            with self._changed:
                while not self._closed and self._counted >= self._wanted():
                    self._changed.wait()
                if self._closed:
                    return
                self._counted += 1
            if not self._start():
                with self._changed:
                    self._counted -= 1
                    self._failures += 1
                    self._changed.notify_all()
                    if self._failures >= _STARTS:
                        self._changed.wait_for(lambda: self._closed, _RETRY_SECONDS)

    def _wanted(self) -> int:
        return self._size + (self._more if self._waiting > len(self._idle) else 0)

    def _start(self) -> bool:
        """Start one worker and wait until it is ready; say whether that went well."""
        try:
            worker = WorkerProcess(self._store, memory=self._memory)
        except OSError as error:
            self._failure = f"a worker cannot be started: {error.strerror}"
            return False
        with self._changed:
            self._all.add(worker)
            closed = self._closed
        try:
            ready = None if closed else worker.receive(time.monotonic() + _START_SECONDS)
        except WorkerLost:
            ready = None
        with self._changed:
            if ready is None or self._closed:
                self._all.discard(worker)
                self._failure = f"no worker can open the store {self._store.name}"
            else:
                self._failure = None
                self._failures = 0
                self._idle.append(worker)
            self._changed.notify_all()
        if ready is None or self._closed:
            worker.close()
        return ready is not None
