"""Load generators for the benchmarks of the server: small, so that they cost less than it does."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

_PATIENCE = 60.0
# A server lets nobody in before its store is made, which takes minutes on a crowded machine.
_TO_START = 300.0
_PAUSE = 0.05
# The cores that there were at the beginning.
_CORES: list[int] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer: when it was asked, how long it took, its status, the bytes of its body."""

    asked: float
    seconds: float
    status: int
    size: int


class _Asking(asyncio.Protocol):
    """One connection that asks again as soon as it is answered."""

    def __init__(self, requests: Sequence[bytes], first: int, found: list[Answered]) -> None:
        self._requests = requests
        self._at = first
        self._found = found
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None
        self._asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses of asyncio's.
        self._transport = cast("asyncio.WriteTransport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        answer = parsed(self._buffer)
        if answer is None:
            return
        status, size = answer
        now = time.perf_counter()
        self._found.append(
            Answered(asked=self._asked, seconds=now - self._asked, status=status, size=size)
        )
        self._buffer = b""
        self._ask()

    def _ask(self) -> None:
        if self._transport is None:
            return
        self._at = (self._at + 1) % len(self._requests)
        self._asked = time.perf_counter()
        self._transport.write(self._requests[self._at])


def parsed(answer: bytes) -> tuple[int, int] | None:
    """Status and length of the body of a whole answer; None where more is to come."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = answer[:end].lower()
    at = head.find(b"content-length:")
    if at >= 0:
        size = int(head[at + 15 :].partition(b"\r\n")[0])
        return (int(head[9:12]), size) if len(answer) >= end + 4 + size else None
    whole = answer.endswith(b"\r\n0\r\n\r\n") or head[9:12] in {b"204", b"304"}
    return (int(head[9:12]), len(answer) - end - 4) if whole else None


async def closed_loop(
    port: int, requests: Sequence[bytes], *, seconds: float, connections: int
) -> list[Answered]:
    """What a number of connections are answered that ask without a pause."""
    loop = asyncio.get_running_loop()
    found: list[Answered] = []
    step = max(1, len(requests) // connections)
    made = [
        await loop.create_connection(
            partial(_Asking, requests, at * step, found), "127.0.0.1", port
        )
        for at in range(connections)
    ]
    await asyncio.sleep(seconds)
    for transport, _ in made:
        transport.abort()
    return found


async def whole_answer(port: int, request: bytes, *, patience: float) -> tuple[int, str, bytes]:
    """Status, media type and body of one request on a connection that the server closes; status 0
    where no whole answer comes.
    """
    answer = b""
    with contextlib.suppress(OSError, TimeoutError, asyncio.TimeoutError):
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                answer = await reader.read(-1)
            finally:
                writer.close()
    whole = parsed(answer)
    if whole is None:
        return 0, "", answer
    head, _, body = answer.partition(b"\r\n\r\n")
    _, _, kind = head.lower().partition(b"content-type:")
    return whole[0], kind.partition(b"\r\n")[0].strip().decode("latin-1"), body


async def ask_once(port: int, request: bytes, *, patience: float) -> Answered:
    """One request on a connection of its own; status 0 where no whole answer comes."""
    asked = time.perf_counter()
    status, size = 0, 0
    with contextlib.suppress(OSError, TimeoutError, asyncio.TimeoutError):
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(request)
                answer = b""
                while data := await reader.read(1 << 16):
                    answer += data
                    if (whole := parsed(answer)) is not None:
                        status, size = whole
                        break
            finally:
                writer.close()
    return Answered(asked=asked, seconds=time.perf_counter() - asked, status=status, size=size)


def keep_on_core(number: int, pid: int = 0) -> None:
    """Keep a process, and what it starts, on one core, where there are two and the system can."""
    if not _CORES and hasattr(os, "sched_setaffinity"):
        _CORES.extend(sorted(os.sched_getaffinity(0)))
    if len(_CORES) > 1:
        os.sched_setaffinity(pid, {_CORES[number]})


def used_seconds(pid: int) -> float:
    """The processor time of a process, its threads included; not a number where nobody tells."""
    if sys.platform != "linux":
        return float("nan")
    return time.clock_gettime((~pid << 3) | 2)  # as clock_getcpuclockid(3) names its clock


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(
    command: Sequence[str], port: int, *, core: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers at a port; it is ended at the end."""
    with subprocess.Popen(  # noqa: S603  our own commands, no shell
        list(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            if core is not None:
                keep_on_core(core, process.pid)
            until = time.monotonic() + _TO_START
            while time.monotonic() < until and process.poll() is None:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(_PAUSE)
            else:
                raise RuntimeError(f"no server came up: {' '.join(command)}")
            yield process
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def fiscograph(release: Path, var: Path, port: int, *, before: str = "") -> list[str]:
    """The command that serves a release; ``before`` is run in its process first."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        f"{before}\n"
        "from fiscograph.serving import serve\n"
        "release, var, port = sys.argv[1:]\n"
        "serve(Path(release), port=int(port), filings=None, var=Path(var), "
        "proxies=['127.0.0.1'])\n"
    )
    return [sys.executable, "-c", code, str(release), str(var), str(port)]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all stays at or below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")
