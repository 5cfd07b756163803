"""SPARQL servers that may be installed, run over a release on the loopback.

Each is a context that gives the address of its query endpoint over one graph of all the dumps.
"""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

_PATIENCE = 60.0
_VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DirsAllowed = {folder}, {dumps}
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 100000
DefaultGraph = urn:release
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    assert isinstance(port, int)
    return port


@contextmanager
def oxigraph(executable: str, dumps: list[Path], folder: Path) -> Iterator[str]:
    """The oxigraph server; the dumps are sent to its default graph over HTTP."""
    address = f"127.0.0.1:{free_port()}"
    command = [executable, "serve", "--location", str(folder), "--bind", address]
    with running(command, f"http://{address}/"):
        for path in dumps:
            httpx.post(
                f"http://{address}/store?default",
                content=path.read_bytes(),
                headers={"Content-Type": "text/turtle"},
                timeout=_PATIENCE,
            ).raise_for_status()
        yield f"http://{address}/query"


@contextmanager
def virtuoso(executable: str, dumps: list[Path], folder: Path) -> Iterator[str]:
    """Virtuoso; the dumps are sent to one graph by the Graph Store Protocol, which it guards."""
    port, web = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(
        _VIRTUOSO.format(folder=folder, port=port, web=web, dumps=dumps[0].parent), "utf-8"
    )
    site = f"http://127.0.0.1:{web}"
    command = [executable, "+configfile", str(settings), "+foreground"]
    with running(command, f"{site}/sparql?query=ASK%7B%7D"):
        for path in dumps:
            httpx.post(
                f"{site}/sparql-graph-crud-auth",
                params={"graph-uri": "urn:release"},
                content=path.read_bytes(),
                headers={"Content-Type": "text/turtle"},
                auth=httpx.DigestAuth("dba", "dba"),
                timeout=_PATIENCE,
            ).raise_for_status()
        yield f"{site}/sparql"


SERVERS = {"oxigraph": oxigraph, "virtuoso-t": virtuoso}


@contextmanager
def running(command: list[str], address: str) -> Iterator[None]:
    """A server that answers at an address; it is ended at the end."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            # The first tries come before the server listens; the client waits longer each time.
            with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
                client.get(address, timeout=_PATIENCE)
            yield
        finally:
            process.terminate()
            process.wait(_PATIENCE)
