"""What operators rely on: a new release is picked up, a bad one is not, and it all can be seen."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from anyio import to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from tests.serving.small_release import SmallRelease

from fiscograph.queries import EngineBusy, Limits, Query
from fiscograph.release.manifest import FILE_NAME
from fiscograph.serving import LogFormat, Site, create_app
from fiscograph.serving.operation.current import CurrentRelease
from fiscograph.serving.operation.events import listen, tell
from fiscograph.serving.operation.measures import place_of
from fiscograph.serving.operation.operated import Operated
from fiscograph.serving.sparql.request import answer

OTHER_NAME = "另一次发布的目录名"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A folder with a copy of a ``whole`` release, and the server's application over it."""

    whole: Path
    folder: Path
    current: CurrentRelease
    app: Operated

    async def get(self, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here.example") as client:
            return await client.get(path)

    def replace(self, *, damaged: bool = False) -> str:
        """Put another release in the folder's place, as a publisher does; gives its identity."""
        beside = self.folder.with_name("beside")
        shutil.copytree(self.whole, beside)
        manifest = json.loads((beside / FILE_NAME).read_text("utf-8"))
        manifest["identity"] = "f" * 64
        (beside / FILE_NAME).write_text(json.dumps(manifest), "utf-8")
        shared = beside / "shared.ttl"
        text = shared.read_text("utf-8")
        shared.write_text("这不是 Turtle" if damaged else text + f"# {OTHER_NAME}\n", "utf-8")
        shutil.rmtree(self.folder)
        beside.rename(self.folder)
        return "f" * 64


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is ready when its workers answer, however slow the machine is just now."""
    monkeypatch.setattr(
        "fiscograph.serving.operation.current._SOON", Limits(seconds=60.0, waits=60.0)
    )


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is told in JSON lines while the test runs."""
    stream = io.StringIO()
    listen(LogFormat.JSON, stream)
    yield stream
    listen(LogFormat.TEXT, io.StringIO())


def told(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@asynccontextmanager
async def serving(
    small: SmallRelease, folder: Path, make: Callable[[Site], ASGIApp] = create_app
) -> AsyncIterator[Served]:
    published = folder / "published"
    shutil.copytree(small.published, published)

    def open_site() -> Site:
        return Site.open(published, filings=small.filings, var=folder / "var")

    current = CurrentRelease(published, open_site(), open_site=open_site, make=make)
    try:
        yield Served(
            whole=small.published,
            folder=published,
            current=current,
            app=Operated(current, log_requests=True),
        )
    finally:
        await current.close()


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    anyio.run(test)


def test_a_new_release_in_the_folder_is_served_and_the_old_one_closed(
    small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            before = served.current.site
            await served.current.look()
            assert served.current.site is before
            identity = served.replace()
            await served.current.look()
            ready = await served.get("/readyz")
            assert ready.json() == {"status": "ready", "release": identity, "pages": "live"}
            assert (await served.get("/")).status_code == 200
            await served.current.close()
            assert before.public.pids == before.pages.pids == ()
        assert told(log)[0]["event"] == "release-replaced"
        assert told(log)[0]["release"] == identity

    run(test)


def test_a_request_is_answered_to_its_end_by_the_release_that_it_began_with(
    small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    entered, go_on = anyio.Event(), anyio.Event()
    answers: list[str] = []

    def make(site: Site) -> ASGIApp:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            entered.set()
            await go_on.wait()
            site.pages.run(Query(text="ASK {}"))  # raises where it is closed already
            answers.append(site.identity)

        return app

    async def test() -> None:
        async with serving(small_release, tmp_path, make) as served:
            before = served.current.site

            async def ask() -> None:
                async def receive() -> Message:
                    return {"type": "http.disconnect"}

                async def send(message: Message) -> None:
                    del message

                await served.current({"type": "http"}, receive, send)

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(ask)
                await entered.wait()
                served.replace()
                await served.current.look()
                assert served.current.site is not before
                go_on.set()
            assert answers == [before.identity]

    run(test)


def test_a_release_that_cannot_be_opened_is_told_once_and_the_old_one_stays(
    small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            before = served.current.site
            served.replace(damaged=True)
            await served.current.look()
            await served.current.look()
            assert served.current.site is before
            assert (await served.get("/readyz")).json()["release"] == before.identity
            refused = [one for one in told(log) if one["event"] == "release-refused"]
            assert len(refused) == 1
            assert "shared.ttl" in refused[0]["reason"]
            identity = served.replace()
            await served.current.look()
            assert served.current.site.identity == identity

    run(test)


def test_a_server_without_workers_is_alive_and_not_ready(
    small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            assert (await served.get("/readyz")).status_code == 200
            served.current.site.public.close()
            assert (await served.get("/healthz")).json() == {"status": "ok"}
            answer = await served.get("/readyz")
            assert answer.status_code == 503
            assert answer.headers["Content-Type"] == "application/problem+json"

    run(test)


def test_requests_are_counted_and_told_with_their_release(
    small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            page = await served.get("/")
            await served.get("/no-such-thing")
            text = (await served.get("/metrics")).text
            identity = served.current.site.identity
        size = len(page.content)
        wanted = (
            'fiscograph_http_requests_total{method="GET",place="start",status="200"} 1.0',
            'fiscograph_http_requests_total{method="GET",place="other",status="404"} 1.0',
            f'fiscograph_release_info{{identity="{identity}"',
            'fiscograph_query_workers{engine="public"} 4.0',
        )
        for line in wanted:
            assert line in text
        requests = [one for one in told(log) if one["event"] == "request"]
        assert [(one["path"], one["status"], one["release"]) for one in requests] == [
            ("/", 200, identity),
            ("/no-such-thing", 404, identity),
        ]
        assert 0 < requests[0]["bytes"] <= size

    run(test)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_operators_ask_is_never_kept_and_only_read(
    path: str, small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            assert (await served.get(path)).headers["Cache-Control"] == "no-store"
            transport = httpx.ASGITransport(app=served.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://here.example"
            ) as client:
                answer = await client.post(path)
            assert answer.status_code == 405
            assert answer.headers["Allow"] == "GET, HEAD"

    run(test)


def test_addresses_of_strangers_make_no_new_counters() -> None:
    assert {place_of(f"/{name}") for name in ("wp-admin", "..", "a/b", "%00", "源")} == {"other"}


def test_the_servers_life_begins_and_ends_with_the_release(
    small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            asked = iter(({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}))
            said: list[str] = []

            async def receive() -> Message:
                return next(asked)

            async def send(message: Message) -> None:
                said.append(message["type"])

            await served.app({"type": "lifespan"}, receive, send)
            assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
            assert served.current.site.public.pids == ()

    run(test)


def test_an_event_as_text_is_one_line() -> None:
    stream = io.StringIO()
    listen(LogFormat.TEXT, stream)
    tell("release-replaced", release="abc")
    assert re.fullmatch(r"release-replaced release=abc\n", stream.getvalue())


def test_a_server_whose_workers_are_all_busy_is_ready(
    small_release: SmallRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    def busy(*_asked: object) -> None:
        raise EngineBusy(64)

    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            monkeypatch.setattr(served.current.site.public, "run", busy)
            assert (await served.get("/readyz")).status_code == 200

    run(test)


def test_queries_and_pages_wait_in_threads_of_their_own(
    small_release: SmallRelease, tmp_path: Path, log: io.StringIO
) -> None:
    async def gone() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def test() -> None:
        async with serving(small_release, tmp_path) as served:
            site = served.current.site
            pages = to_thread.current_default_thread_limiter()
            assert site.threads.total_tokens > site.public.most_at_once
            pages.total_tokens = 1
            async with pages:  # no page could be made now
                request = Request({"type": "http"}, gone)
                query = Query(text="ASK {}")
                found = await answer(site.public, request, query, site.limits, site.threads)
            assert b"true" in found.body

    run(test)
