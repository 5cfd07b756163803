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
