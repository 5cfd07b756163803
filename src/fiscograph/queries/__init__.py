"""The one door to the store: queries as files and values, run in workers that can be killed."""

from fiscograph.queries.engine import QueryEngine
from fiscograph.queries.errors import (
    GraphUnknown,
    NotInXml,
    QueryError,
    QuerySyntax,
    QueryTooDeep,
    QueryUnsupported,
    ServiceRefused,
    UpdateRefused,
)
from fiscograph.queries.example_queries import (
    Column,
    ExampleQuery,
    example_of,
    example_queries,
    example_query,
)
from fiscograph.queries.exhausted import (
    EngineBusy,
    EngineFailed,
    QueryCancelled,
    QueryOutOfMemory,
    QueryTimeout,
    ResultTooLarge,
    TooManyQueries,
    TooManyRows,
)
from fiscograph.queries.guard import Checked, GuardLimits, check
from fiscograph.queries.library import load, names, text
from fiscograph.queries.lookup import Lookup
from fiscograph.queries.query import (
    GraphFormat,
    Limits,
    Query,
    QueryForm,
    QueryResult,
    Row,
    SolutionFormat,
    Term,
)
from fiscograph.queries.store import (
    ReleaseStore,
    ReleaseUnreadable,
    VarUnwritable,
    base_of,
    build_store,
)

__all__ = [
    "Checked",
    "Column",
    "EngineBusy",
    "EngineFailed",
    "ExampleQuery",
    "GraphFormat",
    "GraphUnknown",
    "GuardLimits",
    "Limits",
    "Lookup",
    "NotInXml",
    "Query",
    "QueryCancelled",
    "QueryEngine",
    "QueryError",
    "QueryForm",
    "QueryOutOfMemory",
    "QueryResult",
    "QuerySyntax",
    "QueryTimeout",
    "QueryTooDeep",
    "QueryUnsupported",
    "ReleaseStore",
    "ReleaseUnreadable",
    "ResultTooLarge",
    "Row",
    "ServiceRefused",
    "SolutionFormat",
    "Term",
    "TooManyQueries",
    "TooManyRows",
    "UpdateRefused",
    "VarUnwritable",
    "base_of",
    "build_store",
    "check",
    "example_of",
    "example_queries",
    "example_query",
    "load",
    "names",
    "text",
]
