"""What stops a query: each error carries its objects and the HTTP status that it stands for."""

from __future__ import annotations

from typing import ClassVar

from fiscograph.errors import FiscographError


class QueryError(FiscographError):
    """The base of all errors of a query; ``status`` is the HTTP status a server answers with."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "The query cannot be answered"
    retry_after: ClassVar[int | None] = None


class QuerySyntax(QueryError):
    """The text is no SPARQL 1.1 query.

    Args:
        reason: what the parser says, in one clause.
        line: the line, from 1, where it shows, if that is known.
        column: the character in that line, from 1.
    """

    title = "The query is not well-formed SPARQL"

    def __init__(self, reason: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason, line, column)
        self.reason = reason
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}, column {self.column}: "
        return where + self.reason


class QueryUnsupported(QueryError):
    """The text is SPARQL, and asks for something that this engine does not have.

    Args:
        reason: what that is, in the engine's words.
    """

    title = "The query asks for what is not offered"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class QueryTooDeep(QueryError):
    """The query is longer, deeper or wider than the guard lets through.

    Args:
        what: the measure that is over its limit (``nesting depth``, ``length in bytes``, …).
        found: the measure of this query, or the first value over the limit.
        limit: the most that is let through.
    """

    title = "The query is too complex"

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(what, found, limit)
        self.what = what
        self.found = found
        self.limit = limit

    def __str__(self) -> str:
        return f"the query's {self.what} is {self.found}, the limit is {self.limit}"


class ServiceRefused(QueryError):
    """The query asks this endpoint to call another one."""

    title = "SERVICE is not offered"

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return (
            f"line {self.line}, column {self.column}: SERVICE is refused, this endpoint calls no "
            "other; query both and join the answers, or load a dump of this one beside your data"
        )


class UpdateRefused(QueryError):
    """The text is an update; the store is read-only."""

    title = "Updates are not offered"

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word

    def __str__(self) -> str:
        return f"{self.word} is an update; this endpoint is read-only and answers queries alone"


class ResultTooLarge(QueryError):
    """The result is larger than the cap; nothing of it is sent."""

    status = 413
    title = "The result is too large"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"the result is larger than {self.limit:,} bytes, so none of it is sent; ask for less "
            "with LIMIT and OFFSET, or take a dump"
        )


class QueryTimeout(QueryError):
    """The time is over; the worker has been killed."""

    status = 503
    title = "The query took too long"
    retry_after = 5

    def __init__(self, seconds: float, *, crowded: bool = False) -> None:
        super().__init__(seconds, crowded)
        self.seconds = seconds
        self.crowded = crowded

    def __str__(self) -> str:
        if self.crowded:
            return (
                f"the query ran over its slice of {self.seconds:g} s while another long query "
                "runs; try again, or ask for less"
            )
        return f"the query ran over its limit of {self.seconds:g} s and was stopped"


class QueryOutOfMemory(QueryError):
    """The query needed more memory than a worker has; the worker is gone."""

    status = 503
    title = "The query needs too much memory"
    retry_after = 5

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"the query needed more memory than the {self.limit // 1_000_000:,} MB it may have"


class QueryCancelled(QueryError):
    """Whoever asked has gone; the worker has been killed."""

    status = 503
    title = "The query was cancelled"

    def __str__(self) -> str:
        return "the query was cancelled"


class EngineBusy(QueryError):
    """No worker came free in time, or too many queries wait already."""

    status = 503
    title = "Too many queries at once"
    retry_after = 2

    def __init__(self, waiting: int) -> None:
        super().__init__(waiting)
        self.waiting = waiting

    def __str__(self) -> str:
        return f"every worker is busy and {self.waiting} queries wait; try again shortly"


class EngineFailed(QueryError):
    """No worker can be started, or one broke its contract: our failure, not the query's."""

    status = 500
    title = "The query engine failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the query engine failed: {self.reason}"
