from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send
from tests.serving.small_release import BASE, POLICY_PATH, SmallRelease

from fiscograph.release import NotAReleaseError
from fiscograph.serving import PortInUse, serve
from fiscograph.serving.server import configured

SERVER = """
import sys
from pathlib import Path
from fiscograph.serving import server
server.verify = lambda folder: {}  # the small release lists no files
release, filings, var, port = sys.argv[1:]
server.serve(Path(release), port=int(port), filings=Path(filings), var=Path(var))
"""


def ask(port: int, request: bytes) -> bytes:
    """Send bytes as they are and read the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while data := connection.recv(65536):
            answer += data
    return answer


def plain_requests_are_answered_as_others(port: int) -> None:
    """What is ready is answered where the bytes are read: the same as by the long way, whatever the
    packets, and counted.
    """
    target = "/describe?iri=" + quote(BASE + POLICY_PATH, safe=":/")
    plain = f"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    last = plain.replace(b"Host: a", b"Host: a\r\nConnection: close")
    known = plain.replace(b"Host: a", b"Host: a\r\nIf-None-Match: *")
    document = f"GET /{quote(POLICY_PATH)}.nt HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    with_body = plain.replace(b"Host: a", b"Host: a\r\nContent-Length: 2") + b"{}"
    spaced = plain.replace(b" HTTP", b"#x HTTP")
    (whole,) = answers(ask(port, last))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        got = b""
        for packets in (
            [plain],
            [document],
            [document],
            [plain[:30], plain[30:]],
            [plain + plain],
            [plain + document],
            [with_body],
            [known],
            [spaced],
            [plain, last],
        ):
            for packet in packets:
                connection.sendall(packet)
        while data := connection.recv(65536):
            got += data
    found = answers(got)
    assert found[0] == whole
    said, statement = whole
    assert statement.count(b"\n") > 5
    assert b"HTTP/1.1 200 OK" in said
    statuses = [b"304" if b"304" in min(head) else b"200" for head, _ in found]
    assert len(found) == 13
    assert statuses.count(b"304") == 1
    assert found.count(whole) == 9
    assert sum(b"foaf/0.1/primaryTopic" in body for _, body in found) == 3
    metrics = ask(port, b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert b'requests_total{method="GET",place="describe",status="200"} 10.0' in metrics


def answers(stream: bytes) -> list[tuple[frozenset[bytes], bytes]]:
    """The answers of one connection: each its status line and headers but for those of the
    connection itself, and its body.
    """
    found = []
    while stream:
        head, _, stream = stream.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        size = next((int(one[15:]) for one in lines if one.startswith(b"content-length:")), 0)
        kept = [one for one in lines if not one.startswith((b"date:", b"connection:"))]
        found.append((frozenset(kept), stream[:size]))
        stream = stream[size:]
    return found


def children(pid: int) -> set[int]:
    return {
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    }


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_server_answers_raw_chinese_and_ends_cleanly(
    small_release: SmallRelease, tmp_path: Path
) -> None:
    arguments = [str(small_release.published), str(small_release.filings), str(tmp_path), "0"]
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, *arguments], stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            # Without the built scripts of the pages, that is said first.
            address = next(one.split()[0] for one in server.stderr if one.startswith("http"))
            port = int(address.removeprefix("http://127.0.0.1:").rstrip("/"))
            raw = f"GET /{POLICY_PATH} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            answer = ask(port, raw.encode())
            assert answer.startswith(b"HTTP/1.1 303 ")
            plain_requests_are_answered_as_others(port)
            workers = children(server.pid)
            assert workers
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
    assert not any(is_running(pid) for pid in workers)


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
def test_workers_die_with_a_killed_server(small_release: SmallRelease, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from fiscograph.queries import Query, QueryEngine, build_store\n"
        "store = build_store(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "engine = QueryEngine(store.path, workers=1)\n"
        "engine.run(Query(text='ASK {}'))\n"
        "print(*engine.pids, flush=True)\n"
        "engine.run(Query(text='ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i = 0) }'))\n"
    )
    arguments = [str(small_release.published), str(tmp_path)]
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert pids
        watched = [os.pidfd_open(pid) for pid in pids]
        server.kill()
        server.wait()
    for descriptor in watched:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        assert poll.poll(60_000), "a worker outlived its server"
        os.close(descriptor)


def test_a_port_in_use_is_one_clear_line(small_release: SmallRelease, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f":{port} cannot be served") as caught:
            serve(small_release.published, port=port, filings=None, var=tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 8000), ("127.0.0.1", 99999)])
def test_an_address_that_cannot_be_is_said(
    small_release: SmallRelease, tmp_path: Path, host: str, port: int
) -> None:
    with pytest.raises(PortInUse):
        serve(small_release.published, host=host, port=port, filings=None, var=tmp_path)


def test_a_folder_that_is_no_release_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(NotAReleaseError):
        serve(tmp_path, port=0, filings=None, var=tmp_path / "var")


@pytest.mark.parametrize(
    ("proxies", "connection", "forwarded", "seen"),
    [
        ((), "127.0.0.1", "192.0.2.1", "127.0.0.1"),
        ((), "198.51.100.7", "192.0.2.1", "198.51.100.7"),
        (("10.0.0.0/8",), "198.51.100.7", "192.0.2.1", "198.51.100.7"),
        (("10.0.0.0/8",), "10.1.2.3", "192.0.2.1", "192.0.2.1"),
        (("10.0.0.0/8",), "10.1.2.3", "203.0.113.5, 192.0.2.1", "192.0.2.1"),
    ],
)
def test_who_asks_is_taken_from_a_named_proxy_alone(
    proxies: tuple[str, ...], connection: str, forwarded: str, seen: str
) -> None:
    found: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        found.append(scope["client"][0])

    async def unused() -> Message:
        raise AssertionError

    async def ignored(_message: Message) -> None:
        raise AssertionError

    config = configured(app, proxies)
    config.load()
    headers = [(b"x-forwarded-for", forwarded.encode())]
    scope = {"type": "http", "client": (connection, 1), "headers": headers, "scheme": "http"}
    anyio.run(config.loaded_app, scope, unused, ignored)
    assert found == [seen]
