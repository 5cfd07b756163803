"""What stops a query: each error carries its objects and the HTTP status that it stands for."""

from __future__ import annotations

from typing import ClassVar

from fiscograph.errors import FiscographError


_MEASURES = {
    "length in bytes": "字节数",
    "number of tokens": "词数",
    "nesting depth": "嵌套层数",
    "number of clauses": "子句数",
    "number of separators": "分隔符数",
    "number of operators": "运算符数",
}


class QueryError(FiscographError):
    """The base of all errors of a query; ``status`` is the HTTP status a server answers with.

    ``title`` and the error's text are English, ``title_zh`` and ``zh`` the same in Chinese.
    """

    status: ClassVar[int] = 400
    title: ClassVar[str] = "The query cannot be answered"
    title_zh: ClassVar[str] = "查询无法回答"
    retry_after: int | None = None

    @property
    def zh(self) -> str:
        """What happened and what to do, in Chinese."""
        return self.title_zh


class QuerySyntax(QueryError):
    """The text is no SPARQL 1.1 query.

    Args:
        reason: what the parser says, in one clause.
        line: the line, from 1, where it shows, if that is known.
        column: the character in that line, from 1.
    """

    title = "The query is not well-formed SPARQL"
    title_zh = "查询不是合法的 SPARQL"

    def __init__(self, reason: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason, line, column)
        self.reason = reason
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}, column {self.column}: "
        return where + self.reason

    @property
    def zh(self) -> str:
        where = "" if self.line is None else f"第 {self.line} 行第 {self.column} 个字符："
        return f"{where}{self.reason}"


class QueryUnsupported(QueryError):
    """The text is SPARQL, and asks for something that this engine does not have.

    Args:
        reason: what that is, in the engine's words.
    """

    title = "The query asks for what is not offered"
    title_zh = "查询用到了这里没有的东西"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason

    @property
    def zh(self) -> str:
        return f"引擎不支持：{self.reason}"


class QueryTooDeep(QueryError):
    """The query is longer, deeper or wider than the guard lets through.

    Args:
        what: the measure that is over its limit (``nesting depth``, ``length in bytes``, …).
        found: the measure of this query, or the first value over the limit.
        limit: the most that is let through.
    """

    title = "The query is too complex"
    title_zh = "查询太复杂"

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(what, found, limit)
        self.what = what
        self.found = found
        self.limit = limit

    def __str__(self) -> str:
        return f"the query's {self.what} is {self.found}, the limit is {self.limit}"

    @property
    def zh(self) -> str:
        return f"查询的{_MEASURES.get(self.what, self.what)}为 {self.found}，上限为 {self.limit}；请拆成几个查询"


class ServiceRefused(QueryError):
    """The query asks this endpoint to call another one."""

    title = "SERVICE is not offered"
    title_zh = "不提供 SERVICE"

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return (
            f"line {self.line}, column {self.column}: SERVICE is refused, this endpoint calls no "
            "other; query both and join the answers, or load a dump of this one beside your data"
        )

    @property
    def zh(self) -> str:
        return (
            f"第 {self.line} 行第 {self.column} 个字符：不执行 SERVICE，本端点不访问其他端点；"
            "请分别查询后再合并，或下载数据与自己的数据一起查询"
        )


class GraphUnknown(QueryError):
    """The query names a graph that is none of the release; nothing is fetched from elsewhere.

    Args:
        graph: the graph's IRI as it is asked for.
    """

    title = "Other graphs are not fetched"
    title_zh = "不从别处取图"

    def __init__(self, graph: str) -> None:
        super().__init__(graph)
        self.graph = graph

    def __str__(self) -> str:
        return (
            f"<{self.graph}> is no graph of this release, and this endpoint loads nothing from "
            "elsewhere; SELECT DISTINCT ?g { GRAPH ?g { } } lists the graphs that are here"
        )

    @property
    def zh(self) -> str:
        return (
            f"<{self.graph}> 不是本数据的命名图，本端点不从别处读取数据；"
            "用 SELECT DISTINCT ?g { GRAPH ?g { } } 可列出这里的图"
        )


class NotInXml(QueryError):
    """The result holds a character that no XML document can hold (XML 1.0, section 2.2).

    Args:
        character: the first such character.
    """

    status = 406
    title = "The result cannot be written as XML"
    title_zh = "结果无法写成 XML"

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character

    def __str__(self) -> str:
        return (
            f"the result holds U+{ord(self.character):04X}, which XML 1.0 cannot carry; "
            "ask for JSON, CSV or TSV, a graph as Turtle, N-Triples or JSON-LD"
        )

    @property
    def zh(self) -> str:
        return (
            f"结果含有 XML 1.0 不能表示的字符 U+{ord(self.character):04X}；"
            "请改用 JSON、CSV、TSV，图改用 Turtle、N-Triples、JSON-LD"
        )


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


class UpdateRefused(QueryError):
    """The text is an update; the store is read-only."""

    title = "Updates are not offered"
    title_zh = "不接受更新"

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word

    def __str__(self) -> str:
        return f"{self.word} is an update; this endpoint is read-only and answers queries alone"

    @property
    def zh(self) -> str:
        return f"{self.word} 是更新操作；本端点只读，只回答查询"


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
