"""Errors as RFC 9457 problem details."""

from __future__ import annotations

import http
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse

from fiscograph.errors import FiscographError
from fiscograph.queries import QueryError
from fiscograph.serving.frame.language import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An error of a query in the words of the page's language; its text is the whole sentence."""

    title: str
    text: str
    line: int | None
    column: int | None

    def __str__(self) -> str:
        return self.text


def said(error: QueryError) -> Said:
    """An error for a page, in its language."""
    return Said(
        title=say(error.title_zh, error.title),
        text=say(error.zh, str(error)),
        line=getattr(error, "line", None),
        column=getattr(error, "column", None),
    )


def problem(
    status: int,
    detail: str,
    *,
    zh: str | None = None,
    title: str | None = None,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> JSONResponse:
    """A response of media type ``application/problem+json``; ``more`` are extension members.

    ``zh`` says in Chinese what ``detail`` says in English; both are sent, Chinese first.
    """
    content: dict[str, object] = {
        "type": "about:blank",
        "title": title or http.HTTPStatus(status).phrase,
        "status": status,
        "detail": detail if zh is None else f"{zh} / {detail}",
    }
    content.update({name: value for name, value in more.items() if value is not None})
    return JSONResponse(
        content, status_code=status, headers=headers, media_type="application/problem+json"
    )


def of_query(error: QueryError) -> JSONResponse:
    """What a query's error says to a program: title, detail, and where in the text it shows."""
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return problem(
        error.status,
        str(error),
        zh=error.zh,
        title=f"{error.title_zh} / {error.title}",
        headers=headers,
        error=type(error).__name__,
        line=getattr(error, "line", None),
        column=getattr(error, "column", None),
        limit=getattr(error, "limit", None),
        graph=getattr(error, "graph", None),
    )


class PortInUse(FiscographError):
    """The address to serve on is taken, or may not be used.

    Args:
        host: the host as given.
        port: the port as given.
        reason: the system's word for it.
    """

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(host, port, reason)
        self.host = host
        self.port = port
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"http://{self.host}:{self.port} cannot be served: {self.reason} "
            "(choose another port with --port, or address with --host)"
        )
