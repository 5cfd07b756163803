"""A real browser before a real server: the release of all filings, served at a socket.

Playwright keeps an event loop running in its thread as long as it is open, which other tests that
run one of their own would not survive, and which files a process runs after this folder's is not
settled: so the browser is a file's, and only the server, a process by itself, is the session's.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from tests.browser.chromium import NONE, chromium

ROOT = Path(__file__).resolve().parents[2]
# Milliseconds for any step; a page that needs longer is broken on any machine.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., AbstractContextManager[Page]]


@contextmanager
def serving(release: Path, folder: Path, var: Path | None = None) -> Iterator[str]:
    """``fiscograph serve`` in a folder, at a free port; gives the address without its last slash.

    Args:
        release: the release that is served.
        folder: where it runs, which is empty.
        var: the program's own folder, if that is another.
    """
    command = [sys.executable, "-m", "fiscograph", "serve", str(release), "--port", "0"]
    command += ["--var", str(var)] if var is not None else []
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    settings = folder / "fiscograph.toml"
    text = (ROOT / "fiscograph.toml").read_text("utf-8")
    settings.write_text(text, "utf-8")
    (folder / "filings").symlink_to(ROOT / "filings")
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                if line.startswith("http"):
                    break
            assert said[-1:], "the server ended without a word"
            assert said[-1].startswith("http"), "".join(said)
            yield said[-1].split()[0].rstrip("/")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def server(release: Path, var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the release of all filings."""
    with serving(release, tmp_path_factory.mktemp("served"), var) as address:
        yield address


@contextmanager
def started() -> Iterator[Browser]:
    """The machine's Chromium; skips the test that asks where there is none, and fails it in CI."""
    path = chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NONE)
    # As root Chromium refuses to run with its sandbox; the pages are our own.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield opened
        finally:
            opened.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened:
        yield opened


@contextmanager
def visited(
    browser: Browser,
    server: str,
    *,
    width: int = 1200,
    height: int = 900,
    language: str = "zh",
    dark: bool = False,
    scripts: bool = True,
    refused: tuple[str, ...] = (),
) -> Iterator[Page]:
    """A fresh visitor's page, whose addresses are relative to the server.

    ``refused`` are paths that the server is expected to refuse to the page's scripts.

    Raises:
        AssertionError: at the end, where the page wrote an error to the console, threw one that
            nobody caught, asked for what is not there, or asked another host for anything.
    """
    context = browser.new_context(
        base_url=server,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
    )
    if language == "en":
        context.add_cookies([{"name": "lang", "value": "en", "url": server}])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    host = urlsplit(server).netloc

    def console(message: ConsoleMessage) -> None:
        # What a server refused is told by its answer, which says what was asked for.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console: {message.text} ({message.location})")

    def response(got: Response) -> None:
        expected = got.request.is_navigation_request() or urlsplit(got.url).path in refused
        if got.status >= 400 and not expected:
            faults.append(f"{got.status}: {got.url}")

    def request(asked: Request) -> None:
        parts = urlsplit(asked.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
            faults.append(f"another host: {asked.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
    page.on("request", request)
    page.on("response", response)
    try:
        yield page
    finally:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def open_page(browser: Browser, server: str) -> OpenPage:
    """Opens a page as a fresh visitor, by the keywords of ``visited``."""

    def opening(**how: object) -> AbstractContextManager[Page]:
        return visited(browser, server, **how)  # type: ignore[arg-type]

    return opening


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[Page]:
    with open_page() as opened:
        yield opened
