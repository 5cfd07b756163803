"""Serves one release until it is told to stop."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from fiscograph.release import verify
from fiscograph.serving.app import create_app
from fiscograph.serving.problems import PortInUse
from fiscograph.serving.protocol import LenientProtocol
from fiscograph.serving.site import Site

_BACKLOG = 128
_MOST_CONNECTIONS = 500
_SHUTDOWN_SECONDS = 3


def serve(
    release: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    filings: Path | None,
    var: Path,
    proxies: Sequence[str] = (),
) -> None:
    """Verify a release, build its store under ``var`` and answer at ``host:port``.

    Returns when the process is interrupted (Ctrl-C) or terminated; all workers have ended then.

    Args:
        release: the folder of a release, only ever read.
        host: the address to listen at.
        port: the port; 0 lets the system choose.
        filings: the files as disclosed, for the pages that show where a number is printed.
        var: the program's own folder.
        proxies: the addresses or networks of proxies whose ``X-Forwarded-For`` is believed; whoever
            else sends one is counted by the address of the connection.

    Raises:
        PortInUse: the address is taken or not allowed.
        ReleaseError: the folder holds no release, or not the one that its manifest promises.
    """
    with contextlib.closing(_listen(host, port)) as listening:
        verify(release)
        _answer(listening, release, filings, var, proxies)


def _answer(
    listening: socket.socket,
    release: Path,
    filings: Path | None,
    var: Path,
    proxies: Sequence[str],
) -> None:
    with Site.open(release, filings=filings, var=var) as site:
        verify(site.release)  # the copy: the folder may have been replaced meanwhile
        config = configured(create_app(site), proxies)
        if not site.scripts.built:
            _say("页面没有图，只有表格：请运行 make web / pages go without pictures: run make web")
        _say(f"http://{_authority(listening)}/  (Ctrl-C 结束 / ends it)")
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def configured(app: ASGIApp, proxies: Sequence[str]) -> uvicorn.Config:
    """How the application is served."""
    return uvicorn.Config(
        app,
        http=LenientProtocol,
        log_level="warning",
        access_log=False,
        server_header=False,
        # Only named proxies may say who asks: uvicorn itself would believe the loopback.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _authority(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else, so that a port in use is said at once."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise PortInUse(host, port, error.strerror or str(error)) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise PortInUse(host, port, reason) from error
    return listening
