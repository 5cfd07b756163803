"""The address of the page that is being made, so that the page can name itself in another language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.types import Scope

from fiscograph.serving.data.paths import escape
from fiscograph.serving.frame.language import PARAMETER


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """``path`` is decoded and starts with one slash; ``query`` as the client sent it."""

    path: str = "/"
    query: str = ""

    @classmethod
    def of(cls, scope: Scope) -> Address:
        """The address of an ASGI request.

        A path of two leading slashes would be read as another host's where it stands in a link
        (RFC 3986, 4.2), so that only one is kept.
        """
        query: bytes = scope.get("query_string", b"")
        return cls(path="/" + str(scope["path"]).lstrip("/"), query=query.decode("latin-1"))

    def speaking(self, language: str) -> str:
        """The same page in a language: every parameter stays, ``lang`` is set.

        >>> Address(path="/trace", query="q=155&lang=zh").speaking("en")
        '/trace?q=155&lang=en'
        """
        pairs = parse_qsl(self.query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name != PARAMETER]
        return f"{escape(self.path)}?{urlencode([*kept, (PARAMETER, language)])}"


_current: ContextVar[Address] = ContextVar("address", default=Address())  # noqa: B039 - it is frozen


def here() -> Address:
    """The address of the page that is being made."""
    return _current.get()


@contextmanager
def at(address: Address) -> Iterator[None]:
    """What is made within is the page of ``address``."""
    token = _current.set(address)
    try:
        yield
    finally:
        _current.reset(token)
