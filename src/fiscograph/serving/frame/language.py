"""The language of a page: Chinese, or English where a visitor asks for it.

A page is in one language; data stay as the filings print them. ``?lang=en`` gives the same page
in English and a cookie keeps the choice, so that every other link stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from starlette.types import Scope

ZH, EN = "zh", "en"
PARAMETER = "lang"
COOKIE = "lang"
_LANGUAGES = {ZH, EN}
_YEAR_SECONDS = 31_536_000
_current: ContextVar[str] = ContextVar("language", default=ZH)


def current() -> str:
    """The language of the page that is being made: ``zh`` or ``en``."""
    return _current.get()


def say(zh: str, en: str) -> str:
    """The one of two wordings that is in the page's language.

    >>> say("项目", "project")
    '项目'
    >>> with speaking(EN): say("项目", "project")
    'project'
    """
    return en if _current.get() == EN else zh


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is said within is in ``language``."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def asked_for(scope: Scope) -> str | None:
    """The language that the address of a request chooses, None where it chooses none."""
    query: bytes = scope.get("query_string", b"")
    for name, value in parse_qsl(query.decode("latin-1")):
        if name == PARAMETER and value in _LANGUAGES:
            return value
    return None


def kept(scope: Scope) -> str | None:
    """The language that an earlier request chose, None where none did."""
    headers: list[tuple[bytes, bytes]] = scope.get("headers", [])
    for name, value in headers:
        if name != b"cookie":
            continue
        try:
            cookie = SimpleCookie(value.decode("latin-1"))
        except CookieError:
            continue
        said = str(cookie[COOKIE].value) if COOKIE in cookie else None
        if said in _LANGUAGES:
            return said
    return None


def cookie(language: str) -> str:
    """The header that keeps a choice: nothing but the language is kept."""
    return f"{COOKIE}={language}; Path=/; Max-Age={_YEAR_SECONDS}; SameSite=Lax"
