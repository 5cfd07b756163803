"""HTTP/1.1 as browsers and curl send it: Chinese in the request line may come unescaped. What is
ready is answered as soon as its bytes are read.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sized
from typing import Any, ClassVar

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from fiscograph.serving.data.quick import PLAIN
from fiscograph.serving.data.ready import Kept
from fiscograph.serving.operation.events import tell

_RAW = re.compile(rb"[\x80-\xff]")
_END = b"\r\n\r\n"
_VERSION = b" HTTP/1.1"
# RFC 9110, sections 5.1 and 5.5; an empty line ends them.
_FIELDS = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*\r\n)+\r\n")
_MOST_FIELDS = 4000
# What makes a request more than a plain one: it has a body, a condition, or asks for another
# connection than the one that stays open.
_NOT_PLAIN = {
    b"content-length",
    b"transfer-encoding",
    b"expect",
    b"upgrade",
    b"if-none-match",
    b"http2-settings",
    b"te",
}
_ONCE = {b"host", b"accept", b"accept-encoding", b"connection"}
_MOST_KNOWN = 1000

# An answer to a target, or None; ``packed`` says whether gzip is taken.
AtOnce = Callable[[bytes, bool], Kept | None]


# What the short way reads and calls of uvicorn's protocol, and what each has to be for that.
LEANS_ON: dict[str, Callable[[Any], bool]] = {
    "on_message_begin": callable,
    "on_message_complete": callable,
    "timeout_keep_alive_handler": callable,
    "cycle": lambda cycle: cycle is None or isinstance(cycle.response_complete, bool),
    "pipeline": lambda pipeline: isinstance(pipeline, Sized) and not pipeline,
    "flow": lambda flow: isinstance(flow.write_paused, bool),
    "transport": lambda transport: callable(transport.write) and callable(transport.is_closing),
    "limit_concurrency": lambda limit: limit is None or isinstance(limit, int),
    "connections": lambda connections: isinstance(connections, Sized),
    "server_state": lambda state: (
        isinstance(state.total_requests, int)
        and all(b"%b: %b" % (name, value) for name, value in state.default_headers)
    ),
    "timeout_keep_alive": lambda seconds: isinstance(seconds, int | float),
    "timeout_keep_alive_task": lambda task: task is None or callable(task.cancel),
    "loop": lambda loop: callable(loop.call_later) and callable(loop.time),
}


def unlike(protocol: HttpToolsProtocol) -> tuple[str, ...]:
    """What of :data:`LEANS_ON` a protocol that has just been connected has not, or has otherwise;
    of methods, what uvicorn's own class has.
    """
    return tuple(name for name, fits in LEANS_ON.items() if not _fits(protocol, name, fits))


def _fits(protocol: HttpToolsProtocol, name: str, fits: Callable[[Any], bool]) -> bool:
    owner = HttpToolsProtocol if fits is callable else protocol
    try:
        return fits(getattr(owner, name))
    except (AttributeError, TypeError, ValueError):
        return False


def escape_request_line(data: bytes) -> bytes:
    r"""Percent-escape what is not ASCII in the first line of ``data``.

    >>> escape_request_line("GET /policy/渝 HTTP/1.1\r\nX: é\r\n".encode())[:27]
    b'GET /policy/%E6%B8%9D HTTP/'
    """
    line, newline, rest = data.partition(b"\n")
    return _RAW.sub(lambda match: b"%%%02X" % match[0][0], line) + newline + rest


def takes_packed(fields: bytes) -> bool | None:
    r"""Whether a plain request with these header lines takes gzip; None where it is no plain one.

    >>> takes_packed(b"Host: a\r\nAccept-Encoding: gzip\r\n\r\n"), takes_packed(b"Host: a\r\n\r\n")
    (True, False)
    >>> takes_packed(b"Host: a\r\nContent-Length: 2\r\n\r\n")
    """
    if len(fields) > _MOST_FIELDS or _FIELDS.fullmatch(fields) is None:
        return None
    found: dict[bytes, bytes] = {}
    for line in fields[: -len(_END)].split(b"\r\n"):
        name, _, value = line.partition(b":")
        name = name.lower()
        if name in _NOT_PLAIN or (name in _ONCE and name in found):
            return None
        found[name] = value.strip(b" \t")
    if b"host" not in found or found.get(b"accept", b"*/*") not in PLAIN:
        return None
    if found.get(b"connection", b"keep-alive").lower() != b"keep-alive":
        return None
    return b"gzip" in found.get(b"accept-encoding", b"")


class LenientProtocol(HttpToolsProtocol):
    """An IRI typed as it is written reaches the application as its URI (RFC 3987, 3.1).

    A plain GET that came whole, with nothing before it unanswered, is asked of ``at_once`` first:
    parsing, a task and a dozen calls cost more than most such answers. That leans on what uvicorn
    keeps to itself (:data:`LEANS_ON`). Where another uvicorn keeps it otherwise, that is told once
    and every request goes uvicorn's own way: the answers are the same.
    """

    # None until the first connection shows it; one for all connections of a class.
    is_known: ClassVar[bool | None] = None

    # A client sends the same header lines with every request. They are nobody's secret: no answer
    # depends on whose they are.
    _known: ClassVar[dict[bytes, bool | None]] = {}

    _between = True
    _answered = 0.0
    _defaults: object = None
    _start = b""

    def at_once(self, _target: bytes, _packed: bool) -> Kept | None:
        """The answer to a target, None where there is none at once; nothing, unless a subclass
        knows better.
        """
        return None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.is_known is None:
            strange = unlike(self)
            type(self).is_known = not strange
            if strange:
                self._tell_of(f"uvicorn {uvicorn.__version__} has no such {', '.join(strange)}")

    def data_received(self, data: bytes) -> None:
        if self.is_known and self._between:
            try:
                if self._answer_at_once(data):
                    return
            except (AttributeError, TypeError, ValueError) as error:  # before anything is sent
                type(self).is_known = False
                self._tell_of(f"{type(error).__name__}: {error}")
            data = escape_request_line(data)
        super().data_received(data)

    @staticmethod
    def _tell_of(reason: str) -> None:
        tell("short-way-closed", level="warning", reason=reason)

    def on_message_begin(self) -> None:
        self._between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._between = True

    def timeout_keep_alive_handler(self) -> None:
        left = self._answered + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._wait_for_more(left)
        else:
            super().timeout_keep_alive_handler()

    def _answer_at_once(self, data: bytes) -> bool:
        if data[:5] != b"GET /" or data[-4:] != _END:
            return False
        line, _, fields = data.partition(b"\r\n")
        packed = self._packed(fields)
        if packed is None or line[-9:] != _VERSION or not self._is_free():
            return False
        kept = self.at_once(line[4:-9], packed)
        if kept is None:
            return False
        answer = b"".join((self._first_lines(), kept.head, kept.body))
        self.server_state.total_requests += 1
        self._answered = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._wait_for_more(self.timeout_keep_alive)
        self.transport.write(answer)  # the last: what fails before can go the long way
        return True

    def _packed(self, fields: bytes) -> bool | None:
        try:
            return self._known[fields]
        except KeyError:
            packed = takes_packed(fields)
        if len(fields) <= _MOST_FIELDS:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[fields] = packed
        return packed

    def _is_free(self) -> bool:
        """Nothing asked before is unanswered or unsent, and the server takes more."""
        return (
            getattr(self.cycle, "response_complete", True)  # None before the first
            and not self.pipeline
            and not self.flow.write_paused
            and not self.transport.is_closing()
            and (self.limit_concurrency is None or len(self.connections) < self.limit_concurrency)
        )

    def _first_lines(self) -> bytes:
        """The status line and what the server puts into every answer, renewed every second."""
        defaults = self.server_state.default_headers
        if defaults is not self._defaults:
            lines = b"".join(b"%b: %b\r\n" % header for header in defaults)
            self._defaults, self._start = defaults, b"HTTP/1.1 200 OK\r\n" + lines
        return self._start

    def _wait_for_more(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )


def answering(at_once: AtOnce) -> type[LenientProtocol]:
    """The protocol with what is asked first."""

    class Answering(LenientProtocol):
        def at_once(self, target: bytes, packed: bool) -> Kept | None:
            return at_once(target, packed)

    return Answering
