"""HTTP/1.1 as browsers and curl send it: Chinese in the request line may come unescaped."""

from __future__ import annotations

import re

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_RAW = re.compile(rb"[\x80-\xff]")


def escape_request_line(data: bytes) -> bytes:
    r"""Percent-escape what is not ASCII in the first line of ``data``.

    >>> escape_request_line("GET /policy/渝 HTTP/1.1\r\nX: é\r\n".encode())[:27]
    b'GET /policy/%E6%B8%9D HTTP/'
    """
    line, newline, rest = data.partition(b"\n")
    return _RAW.sub(lambda match: b"%%%02X" % match[0][0], line) + newline + rest


class LenientProtocol(HttpToolsProtocol):
    """An IRI typed as it is written reaches the application as its URI (RFC 3987, 3.1)."""

    _between = True

    def data_received(self, data: bytes) -> None:
        if self._between:
            data = escape_request_line(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._between = True
