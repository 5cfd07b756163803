"""Serves one release until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from fiscograph.queries import Limits
from fiscograph.release import verify
from fiscograph.serving.app import create_app
from fiscograph.serving.data.problems import PortInUse
from fiscograph.serving.operation.current import CurrentRelease
from fiscograph.serving.operation.events import LogFormat, listen, tell
from fiscograph.serving.operation.operated import Operated
from fiscograph.serving.preparing import prepare_beside, prepare_pages
from fiscograph.serving.site import PUBLIC_LIMITS, WORKERS, Site

HTTPProtocol = type[asyncio.Protocol] | Literal["auto"]
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
    log: LogFormat = LogFormat.TEXT,
    proxies: Sequence[str] = (),
    limits: Limits = PUBLIC_LIMITS,
    workers: int = WORKERS,
) -> None:
    """Verify a release, build its store under ``var`` and answer at ``host:port``.

    A release that replaces it in its folder is served from then on. Returns when the process is
    interrupted (Ctrl-C) or terminated; all workers have ended then.

    Args:
        release: the folder of a release, only ever read.
        host: the address to listen at.
        port: the port; 0 lets the system choose.
        filings: the files as disclosed, for the pages that show where a number is printed.
        var: the program's own folder.
        proxies: the addresses or networks of proxies whose ``X-Forwarded-For`` is believed; whoever
            else sends one is counted by the address of the connection.
        log: how events, and in JSON requests, are written to standard error.
        limits: those of public queries.
        workers: how many processes stand ready for them.

    Raises:
        PortInUse: the address is taken or not allowed.
        ReleaseError: the folder holds no release, or not the one that its manifest promises.
    """

    def opened() -> Site:
        return Site.open(
            release, filings=filings, var=var, limits=limits, workers=workers, prepared=True
        )

    with contextlib.closing(_taken(host, port)) as listening:
        listen(log)
        verify(release)
        tell("opening-release", folder=str(release))
        open_first, open_next = _verified(opened), _verified(opened, prepare_pages)
        with open_first() as site:
            current = CurrentRelease(release, site, open_site=open_next, make=create_app)
            operated = Operated(current, log_requests=log is LogFormat.JSON)
            config = configured(operated, proxies, _protocol(operated))
            _listen(listening, host, port)
            _greet(site, _authority(listening), log)
            prepare_beside(site)
            with contextlib.suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])


def _verified(
    opened: Callable[[], Site], then: Callable[[Site], Site] = lambda site: site
) -> Callable[[], Site]:
    def open_site() -> Site:
        site = opened()
        try:
            verify(site.release)  # the copy: the folder may have been replaced meanwhile
            return then(site)
        except BaseException:
            site.close()
            raise

    return open_site


def configured(app: ASGIApp, proxies: Sequence[str], http: HTTPProtocol = "auto") -> uvicorn.Config:
    """How the application is served."""
    return uvicorn.Config(
        app,
        http=http,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Only named proxies may say who asks: uvicorn itself would believe the loopback.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )


def _protocol(operated: Operated) -> HTTPProtocol:
    """The protocol with the short way; uvicorn's own where it is not to be had."""
    try:
        from fiscograph.serving.operation.protocol import answering  # noqa: PLC0415  may be missing
    except ImportError as error:  # httptools is missing, or uvicorn has moved what leans on it
        tell("short-way-closed", level="warning", reason=str(error))
        return "auto"
    return answering(operated.at_once)


def _greet(site: Site, authority: str, log: LogFormat) -> None:
    """Say where to go; a program that reads the log gets the same as events."""
    if log is LogFormat.JSON:
        tell("serving", address=authority, release=site.identity, pictures=bool(site.scripts.built))
        return
    if not site.scripts.built:
        _say("页面没有图，只有表格：请运行 make web / pages go without pictures: run make web")
    _say(f"http://{authority}/  (Ctrl-C 结束 / ends it)")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _authority(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _taken(host: str, port: int) -> socket.socket:
    """Take the port before anything else, so that a port in use is said at once.

    Nobody is let in yet: making a store takes a while, and who asks meanwhile is better refused,
    and asks again, than kept waiting.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise PortInUse(host, port, error.strerror or str(error)) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise PortInUse(host, port, reason) from error
    return listening


def _listen(taken: socket.socket, host: str, port: int) -> None:
    try:
        taken.listen(_BACKLOG)
    except OSError as error:  # two may take a port at once, and one may listen
        raise PortInUse(host, port, error.strerror or str(error)) from error
