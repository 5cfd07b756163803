"""One worker process as its owner sees it: asked, waited for until a moment, killed."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from fiscograph.queries import worker as worker_script
from fiscograph.queries.worker import SIZES, Head, write_frame

Frame = tuple[Head, bytes]
_TICK = 0.1
_CHUNK = 1 << 16


class WorkerLost(Exception):
    """The process has ended; ``signal`` is what ended it, 0 when it left by itself."""

    def __init__(self, ended_by: int) -> None:
        super().__init__(ended_by)
        self.ended_by = ended_by

    @property
    def aborted(self) -> bool:
        """The engine aborts where an allocation fails."""
        return self.ended_by == signal.SIGABRT


class WorkerProcess:
    """A worker over one store; start it in a thread that lives as long as the pool does, because
    the kernel ends a worker together with the thread that started it.

    Args:
        store: the folder of the store, opened read-only.
        memory: the address space that the worker may have, in bytes.
    """

    def __init__(self, store: Path, *, memory: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own file, no shell
            [
                sys.executable,
                "-I",
                str(Path(worker_script.__file__)),
                str(store),
                str(os.getpid()),
                str(memory),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._buffer = bytearray()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, head: Head, body: bytes) -> None:
        """Ask.

        Raises:
            WorkerLost: the process is gone.
        """
        try:
            write_frame(_open(self._process.stdin), head, body)
        except OSError:
            raise WorkerLost(self._end()) from None

    def receive(self, until: float, cancelled: threading.Event | None = None) -> Frame | None:
        """The next answer, or None where it is not complete at the monotonic time ``until`` or
        when ``cancelled`` is set before.

        Raises:
            WorkerLost: the process ended before its answer was complete.
        """
        descriptor = _open(self._process.stdout).fileno()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while (frame := self._complete()) is None:
            left = until - time.monotonic()
            if left <= 0 or (cancelled is not None and cancelled.is_set()):
                return None
            wait = left if cancelled is None else min(left, _TICK)
            if not poll.poll(wait * 1000):
                continue
            data = os.read(descriptor, _CHUNK)
            if not data:
                raise WorkerLost(self._end())
            self._buffer += data
        return frame

    def lower_priority(self, niceness: int = 15) -> None:
        """Let others go first from now on."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, niceness)

    def restore_priority(self) -> bool:
        """Undo :meth:`lower_priority`, and say whether the system lets us."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, os.getpriority(os.PRIO_PROCESS, 0))
        except OSError:
            return False
        return True

    def used_seconds(self) -> float:
        """The processor time that it has used; wall time where the system does not tell."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                # The clock of another process, as clock_getcpuclockid(3) names it.
                return time.clock_gettime((~self.pid << 3) | 2)
        return time.monotonic()

    def kill(self) -> None:
        """End the process now and reap it."""
        self._process.kill()
        self._end()

    def close(self) -> None:
        """End the process and give its pipes back."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _end(self) -> int:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        return -code if code < 0 else 0

    def _complete(self) -> Frame | None:
        if len(self._buffer) < SIZES.size:
            return None
        head_size, body_size = SIZES.unpack_from(self._buffer)
        end = SIZES.size + head_size + body_size
        if len(self._buffer) < end:
            return None
        head: Head = json.loads(self._buffer[SIZES.size : SIZES.size + head_size])
        body = bytes(self._buffer[SIZES.size + head_size : end])
        del self._buffer[:end]
        return head, body


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the process was started without this pipe")
    return pipe
