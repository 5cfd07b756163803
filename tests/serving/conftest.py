"""One small release, opened once for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import anyio
import httpx
import pytest
from fastapi import FastAPI
from tests.serving.small_release import SmallRelease, write

from fiscograph.queries import Limits
from fiscograph.serving import Site, create_app
from fiscograph.serving.sparql.admission import Quotas


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Asks the application without a network; redirects are not followed."""

    app: FastAPI

    def ask(
        self,
        method: str,
        path: str,
        *,
        accept: str = "*/*",
        params: Mapping[str, str] | list[tuple[str, str]] | None = None,
        data: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://here.example"
            ) as client:
                return await client.request(
                    method,
                    path,
                    params=params,  # type: ignore[arg-type]
                    data=data,
                    content=content,
                    headers={"Accept": accept, **(headers or {})},
                )

        return anyio.run(send)

    def get(self, path: str, accept: str = "*/*", **params: str) -> httpx.Response:
        return self.ask("GET", path, accept=accept, params=params or None)


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> SmallRelease:
    return write(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="session")
def site(small_release: SmallRelease, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    limits = Limits(seconds=60.0, waits=60.0, result_bytes=1_000_000, rows=5_000)
    with Site.open(
        small_release.published,
        filings=small_release.filings,
        var=tmp_path_factory.mktemp("var"),
        limits=limits,
        quotas=Quotas(at_once=100, seconds=10_000, errors=10_000),
    ) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(site: Site) -> Client:
    return Client(app=create_app(site))
