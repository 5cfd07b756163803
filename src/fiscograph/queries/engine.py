"""The one door to the store."""

from __future__ import annotations

import threading
import time
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from fiscograph.queries.errors import (
    QuerySyntax,
    QueryUnsupported,
)
from fiscograph.queries.exhausted import (
    EngineFailed,
    QueryCancelled,
    QueryOutOfMemory,
    QueryTimeout,
    ResultTooLarge,
    TooManyRows,
)
from fiscograph.queries.guard import Checked, GuardLimits, check
from fiscograph.queries.pool import WorkerPool
from fiscograph.queries.process import Frame, WorkerLost, WorkerProcess
from fiscograph.queries.query import Limits, Query, QueryResult, Row, SolutionFormat
from fiscograph.queries.worker import Head, encode_term

MEMORY = 1_000_000_000
_ATTEMPTS = 3
# The part of a slice that a query has before others go first, and how many slices of wall time it
# may take to use one of its own.
_AT_ONCE = 0.2
_MOST_SLICES = 4
_NOT_AT_ONCE = 10


# The fixed queries of the package come again and again; what a visitor types costs little to keep.
_KEPT_LENGTH = 4_000
_checked = lru_cache(maxsize=256)(check)


class QueryEngine:
    """Answers queries over one store, each in a worker process that can be killed.

    A query first passes the guard, then gets a worker. Thread-safe; close it, or use it as a
    context manager, so that its workers end.

    Args:
        store: the folder of a store (see :mod:`fiscograph.queries.store`); only ever read.
        base: what relative IRIs in queries are resolved against.
        workers: how many stand ready.
        more_workers: how many more are started when queries wait for one.
        memory: the most address space that a worker may have, in bytes.
        most_waiting: how many queries may wait for a worker.
        prefixes: prefix names and IRIs, known to every query and used in every RDF result.
        guard: the guard's limits.
    """

    def __init__(
        self,
        store: Path,
        *,
        base: str | None = None,
        workers: int = 2,
        more_workers: int = 0,
        memory: int = MEMORY,
        most_waiting: int = 64,
        prefixes: dict[str, str] | None = None,
        guard: GuardLimits | None = None,
    ) -> None:
        self._base = base
        self._memory = memory
        self._prefixes = prefixes or {}
        self._guard = guard or GuardLimits()
        self._long = threading.Semaphore(1)
        self._pool = WorkerPool(
            store, size=workers, more=more_workers, memory=memory, most_waiting=most_waiting
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill all workers."""
        self._pool.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers."""
        return self._pool.pids

    @property
    def most_at_once(self) -> int:
        """How many queries are answered or wait at most; more are turned away at once."""
        return self._pool.most

    @property
    def prefixes(self) -> dict[str, str]:
        return dict(self._prefixes)

    def run(
        self,
        query: Query,
        limits: Limits | None = None,
        *,
        cancelled: threading.Event | None = None,
    ) -> QueryResult:
        """Answer one query, completely or not at all. Set ``cancelled`` to give it up.

        Raises:
            QueryError: one of its kinds, see :mod:`fiscograph.queries.errors`.
        """
        limits = limits or Limits()
        few = len(query.text) <= _KEPT_LENGTH
        checked = (_checked if few else check)(query.text, self._guard)
        head = self._head(query, limits, checked)
        worker = self._ask(head, query.text.encode(), limits.waits)
        lane = _Lane(self._pool, self._long, worker)
        try:
            answer, body = lane.wait(limits, cancelled)
        except WorkerLost as lost:
            if lost.aborted:
                raise QueryOutOfMemory(min(limits.memory, self._memory)) from None
            raise EngineFailed(f"a worker was ended by signal {lost.ended_by}") from None
        if (media_type := answer.get("media_type")) is None:
            raise self._error(answer, limits)
        return QueryResult(body=body, media_type=media_type)

    def select(self, query: Query, limits: Limits | None = None) -> tuple[Row, ...]:
        """The solutions of a SELECT, unbound variables left out.

        Raises:
            QueryError: one of its kinds.
            ValueError: the query asks for another format than JSON.
            TypeError: the query is no SELECT.
        """
        if query.solutions is not SolutionFormat.JSON:
            raise ValueError("solutions are read from their JSON form")
        return self.run(query, limits).rows()

    def _head(self, query: Query, limits: Limits, checked: Checked) -> Head:
        return {
            "base": self._base,
            "prefixes": self._prefixes,
            "union": not checked.has_dataset,
            "default_graphs": list(query.default_graphs),
            "named_graphs": list(query.named_graphs),
            "bindings": {name: encode_term(term) for name, term in query.bindings.items()},
            "solutions": query.solutions.value,
            "graph": query.graph.value,
            "result_bytes": limits.result_bytes,
            "rows": limits.rows,
            "memory": min(limits.memory, self._memory),
        }

    def _ask(self, head: Head, text: bytes, seconds: float) -> WorkerProcess:
        until = time.monotonic() + seconds
        for _ in range(_ATTEMPTS):
            worker = self._pool.acquire(until - time.monotonic())
            try:
                worker.send(head, text)
            except WorkerLost:
                self._pool.drop(worker)
            else:
                return worker
        raise EngineFailed("workers end before they are asked")

    def _error(self, answer: Head, limits: Limits) -> Exception:
        match answer["error"]:
            case "too-large":
                return ResultTooLarge(limits.result_bytes)
            case "rows":
                return TooManyRows(answer["found"], limits.rows or 0)
            case "memory":
                return QueryOutOfMemory(min(limits.memory, self._memory))
            case "unsupported":
                return QueryUnsupported(answer["reason"])
            case _:
                return QuerySyntax(
                    answer["reason"], line=answer.get("line"), column=answer.get("column")
                )


class _Lane:
    """The way of one asked worker to its answer: a slice for everyone, then the long lane."""

    def __init__(self, pool: WorkerPool, long: threading.Semaphore, worker: WorkerProcess) -> None:
        self._pool = pool
        self._long = long
        self._worker = worker
        self._lowered = False

    def wait(self, limits: Limits, cancelled: threading.Event | None) -> Frame:
        """The answer. The worker is given back when it has answered in time, else killed."""
        start = time.monotonic()
        until = start + limits.seconds
        try:
            frame = self._slice(start, until, limits.slice_seconds, cancelled)
        except BaseException:
            self._pool.drop(self._worker)
            raise
        if frame is not None:
            if self._lowered and not self._worker.restore_priority():
                self._pool.drop(self._worker)
            else:
                self._pool.release(self._worker)
            return frame
        if time.monotonic() < until and not _is_set(cancelled):
            return self._wait_long(until, limits, cancelled)
        self._pool.drop(self._worker)
        raise QueryCancelled if _is_set(cancelled) else QueryTimeout(limits.seconds)

    def _slice(
        self, start: float, until: float, seconds: float | None, cancelled: threading.Event | None
    ) -> Frame | None:
        """The answer within the slice, counted in the worker's own time: a crowded machine is not
        the query's fault. What is not answered at once lets quicker queries go first.
        """
        if seconds is None:
            return self._worker.receive(until, cancelled)
        begun = self._worker.used_seconds()
        latest = min(until, start + _MOST_SLICES * seconds)
        while (now := time.monotonic()) < latest and not _is_set(cancelled):
            used = self._worker.used_seconds() - begun
            if used >= seconds:
                break
            if used >= seconds * _AT_ONCE and not self._lowered:
                self._worker.lower_priority(_NOT_AT_ONCE)
                self._lowered = True
            left = (seconds if self._lowered else seconds * _AT_ONCE) - used
            frame = self._worker.receive(min(latest, now + left), cancelled)
            if frame is not None:
                return frame
        return None

    def _wait_long(self, until: float, limits: Limits, cancelled: threading.Event | None) -> Frame:
        if not self._long.acquire(blocking=False):
            self._pool.drop(self._worker)
            raise QueryTimeout(limits.slice_seconds or limits.seconds, crowded=True)
        self._pool.set_aside(self._worker)
        try:
            frame = self._worker.receive(until, cancelled)
        finally:
            self._pool.drop(self._worker, set_aside=True)
            self._long.release()
        if frame is None:
            raise QueryCancelled if _is_set(cancelled) else QueryTimeout(limits.seconds)
        return frame


def _is_set(event: threading.Event | None) -> bool:
    return event is not None and event.is_set()
