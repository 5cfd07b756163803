"""What is ready is answered beside uvicorn's own way; where that is not known, by it: the same bytes."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from typing import cast
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from tests.serving.conftest import Client
from tests.serving.small_release import BASE, POLICY_PATH
from tests.serving.test_server import answers
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from fiscograph.serving import LogFormat, Site
from fiscograph.serving.data.ready import Kept
from fiscograph.serving.operation.events import listen
from fiscograph.serving.operation.protocol import LEANS_ON, LenientProtocol, answering, unlike
from fiscograph.serving.server import configured

PLAIN = f"GET /describe?iri={quote(BASE + POLICY_PATH, safe=':/')} HTTP/1.1\r\nHost: a\r\n\r\n"
RAW = f"GET /{POLICY_PATH} HTTP/1.1\r\nHost: a\r\n\r\n"
FORM = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
POSTED = FORM + "Content-Length: 12\r\n\r\n不是查询"


class _Wire(asyncio.Transport):
    """Keeps what is written; closed when that is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.closed = asyncio.Event()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def is_closing(self) -> bool:
        return self.closed.is_set()

    def close(self) -> None:
        self.closed.set()

    def pause_reading(self) -> None:
        """Nothing to do."""

    def resume_reading(self) -> None:
        """Nothing to do."""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    listen(LogFormat.JSON, stream)
    yield stream
    listen(LogFormat.TEXT, io.StringIO())


def sent(client: Client, site: Site, packets: list[str]) -> tuple[bytes, int]:
    """What a connection is answered, packet by packet, and how often something ready was found."""
    found: list[Kept | None] = []

    def at_once(target: bytes, packed: bool) -> Kept | None:
        found.append(site.ready.get(target, packed=packed))
        return found[-1]

    async def talk() -> bytes:
        config = configured(client.app, (), answering(at_once))
        config.load()
        made = cast("type[LenientProtocol]", config.http_protocol_class)
        spoken = made(config=config, server_state=ServerState(), app_state={})
        wire = _Wire()
        spoken.connection_made(wire)
        for packet in packets:
            spoken.data_received(packet.encode())
            async with asyncio.timeout(60):
                # uvicorn tells nobody when a response is complete.
                while not getattr(spoken.cycle, "response_complete", True):  # noqa: ASYNC110
                    await asyncio.sleep(0)
        wire.close()
        spoken.connection_lost(None)
        return wire.sent

    return asyncio.run(talk()), sum(one is not None for one in found)


@pytest.mark.parametrize("otherwise", ["a name", "what a name gives"])
def test_another_uvicorn_answers_the_same_without_the_short_way(
    client: Client, site: Site, otherwise: str, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    packets = [PLAIN, POSTED, PLAIN]
    ours, times = sent(client, site, packets)
    assert times == 2
    if otherwise == "a name":
        monkeypatch.setitem(LEANS_ON, "pipeline_of_old", LEANS_ON["pipeline"])
    else:
        monkeypatch.setattr(LenientProtocol, "_first_lines", lambda _self: None)
    theirs, _ = sent(client, site, packets)
    assert answers(theirs) == answers(ours)
    assert len(answers(theirs)) == 3
    (told,) = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (told["event"], told["level"]) == ("short-way-closed", "warning")


@pytest.mark.parametrize("name", LEANS_ON)
def test_what_another_uvicorn_has_otherwise_is_named(name: str) -> None:
    class Changed(HttpToolsProtocol):
        def __getattribute__(self, asked: str) -> object:
            return object() if asked in changed else super().__getattribute__(asked)

    changed: set[str] = set()
    config = configured(Starlette(), ())
    with asyncio.Runner() as runner:
        made = Changed(config, ServerState(), {}, runner.get_loop())
        made.connection_made(_Wire())
        changed.add(name)
        assert unlike(made) == (() if LEANS_ON[name] is callable else (name,))


def test_this_uvicorn_is_known(client: Client, site: Site, log: io.StringIO) -> None:
    found, times = sent(client, site, [PLAIN, RAW, POSTED])
    assert times == 1
    assert [b"303" in min(head) for head, _ in answers(found)] == [False, True, False]
    assert log.getvalue() == ""
