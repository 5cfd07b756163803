"""What a query ran out of: time, memory, room, workers, its client's share."""

from __future__ import annotations

from fiscograph.queries.errors import QueryError


class ResultTooLarge(QueryError):
    """The result is larger than the cap; nothing of it is sent."""

    status = 413
    title = "The result is too large"
    title_zh = "结果太大"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"the result is larger than {self.limit:,} bytes, so none of it is sent; ask for less "
            "with LIMIT and OFFSET, or take a dump"
        )

    @property
    def zh(self) -> str:
        return f"结果超过 {self.limit:,} 字节，因此一点也不发送；请用 LIMIT 和 OFFSET 少取一些，或下载整份数据"


class TooManyRows(QueryError):
    """The result has more rows than one answer may have; nothing of it is sent.

    Args:
        found: how many it has.
        limit: how many it may have.
    """

    status = 413
    title = "The result has too many rows"
    title_zh = "结果行数太多"

    def __init__(self, found: int, limit: int) -> None:
        super().__init__(found, limit)
        self.found = found
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"the result has {self.found:,} rows and one answer at most {self.limit:,}, so none of it "
            f"is sent; take it in parts with ORDER BY, LIMIT {self.limit} and OFFSET, or take a "
            "table or a dump"
        )

    @property
    def zh(self) -> str:
        return (
            f"结果有 {self.found:,} 行，每次至多 {self.limit:,} 行，因此一行也不发送；"
            f"请用 ORDER BY、LIMIT {self.limit} 和 OFFSET 分次取，或下载表格、整份数据"
        )


class QueryTimeout(QueryError):
    """The time is over; the worker has been killed."""

    status = 503
    title = "The query took too long"
    title_zh = "查询用时过长"
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

    @property
    def zh(self) -> str:
        if self.crowded:
            return f"查询超过了 {self.seconds:g} 秒，而另一个长查询正在运行；请稍后再试，或少问一些"
        return f"查询超过 {self.seconds:g} 秒的上限，已停止"


class QueryOutOfMemory(QueryError):
    """The query needed more memory than a worker has; the worker is gone."""

    status = 503
    title = "The query needs too much memory"
    title_zh = "查询需要的内存过多"
    retry_after = 5

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return f"the query needed more memory than the {self.limit // 1_000_000:,} MB it may have"

    @property
    def zh(self) -> str:
        return f"查询需要的内存超过了允许的 {self.limit // 1_000_000:,} MB"


class QueryCancelled(QueryError):
    """Whoever asked has gone; the worker has been killed."""

    status = 503
    title = "The query was cancelled"
    title_zh = "查询已取消"

    def __str__(self) -> str:
        return "the query was cancelled"


class EngineBusy(QueryError):
    """No worker came free in time, or too many queries wait already."""

    status = 503
    title = "Too many queries at once"
    title_zh = "同时的查询太多"
    retry_after = 2

    def __init__(self, waiting: int) -> None:
        super().__init__(waiting)
        self.waiting = waiting

    def __str__(self) -> str:
        return f"every worker is busy and {self.waiting} queries wait; try again shortly"

    @property
    def zh(self) -> str:
        return f"所有查询进程都在忙，还有 {self.waiting} 个查询在等；请稍后再试"


class TooManyQueries(QueryError):
    """One client asks more than its share.

    Args:
        what: which share: ``at once``, ``seconds`` or ``errors``.
        limit: how much of it a client has.
        seconds: when to come again.
    """

    status = 429
    title = "Too many queries from one address"
    title_zh = "同一地址的查询太多"

    def __init__(self, what: str, limit: int, seconds: int) -> None:
        super().__init__(what, limit, seconds)
        self.what = what
        self.limit = limit
        self.retry_after = seconds

    def __str__(self) -> str:
        share = {
            "at once": f"{self.limit} queries at once",
            "seconds": f"{self.limit} s of query time a minute",
            "errors": f"{self.limit} failing queries a minute",
        }[self.what]
        return f"one address may have {share}; try again in {self.retry_after} s"

    @property
    def zh(self) -> str:
        share = {
            "at once": f"同时运行 {self.limit} 个查询",
            "seconds": f"每分钟用 {self.limit} 秒查询时间",
            "errors": f"每分钟有 {self.limit} 个出错的查询",
        }[self.what]
        return f"一个地址至多{share}；请在 {self.retry_after} 秒后再试"


class EngineFailed(QueryError):
    """No worker can be started, or one broke its contract: our failure, not the query's."""

    status = 500
    title = "The query engine failed"
    title_zh = "查询引擎出错"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the query engine failed: {self.reason}"

    @property
    def zh(self) -> str:
        return f"查询引擎出错：{self.reason}"
