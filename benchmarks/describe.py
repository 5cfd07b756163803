"""Describing one IRI over HTTP, beside `oxigraph serve`: figures, not tests.

``python -m benchmarks.describe`` loads the release into both, asks both for the same things in
turns, and writes the report. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

import uvloop
from benchmarks.load import (
    closed_loop,
    fiscograph,
    free_port,
    keep_on_core,
    percentile,
    running,
    used_seconds,
)
from benchmarks.tracing import machine
from pyoxigraph import NamedNode, RdfFormat, Store

from fiscograph.queries import build_store

_ROOT = Path(__file__).resolve().parents[1]
_CONNECTIONS = 8
_SECONDS = 2.0
_FEW = 200
# A server takes connections while it still makes its store.
_MOST_WARMING = 30
_ACCEPT = "application/n-triples"
_NOTHING_KEPT = "import fiscograph.serving.site as site\nsite.KEPT_BYTES = 0"


_COLUMNS = (
    "answer",
    "requests/s, by round",
    "p50 ms",
    "p99 ms",
    "bytes",
    "rate to oxigraph's",
    "processor µs an answer, median",
    "least",
    "oxigraph's to it, median",
    "least to least",
    "client's µs",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one server answered: per round, requests a second; ``processor_us`` is the processor
    time of one answer, which what else the machine does hardly moves. Ratios are to the first
    server, over one where this one does better; ``client_us`` is what asking cost the client.
    """

    name: str
    rounds: tuple[int, ...]
    p50_ms: float
    p99_ms: float
    bytes: int
    ratio: float
    processor_us: float
    least_us: float
    processor_ratio: float
    least_ratio: float
    client_us: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    name: str
    port: int
    pid: int
    requests: tuple[bytes, ...]


def _request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: a\r\nAccept: {_ACCEPT}\r\n\r\n".encode()


def _describe(iri: str) -> bytes:
    return _request(f"/describe?iri={quote(iri, safe=':/')}")


def _document(base: str, iri: str) -> bytes:
    return _request(f"/{quote(iri.removeprefix(base), safe='/:@')}.nt")


def _oxigraph(iri: str) -> bytes:
    return _request(f"/query?query={quote(f'DESCRIBE <{iri}>', safe='')}")


async def _warmed(asked: _Asked) -> None:
    """Ask until everything that may be kept is."""
    left = len(asked.requests) if len(asked.requests) <= _FEW else 0
    for _ in range(_MOST_WARMING):
        found = await closed_loop(
            asked.port, asked.requests, seconds=_SECONDS, connections=_CONNECTIONS
        )
        left -= len(found)
        if found and left <= 0:
            return
    raise RuntimeError(f"{asked.name}: does not answer")


async def _measured(asked: Sequence[_Asked], rounds: int) -> list[Figure]:
    """Every server in turn, so that what else the machine does meets all of them."""
    for one in asked:
        await _warmed(one)
    rates: dict[str, list[int]] = {one.name: [] for one in asked}
    times: dict[str, list[float]] = {one.name: [] for one in asked}
    sizes: dict[str, int] = {}
    work: dict[str, list[float]] = {one.name: [] for one in asked}
    asking: dict[str, list[float]] = {one.name: [] for one in asked}
    for _ in range(rounds):
        for one in asked:
            before, own = used_seconds(one.pid), time.process_time()
            found = await closed_loop(
                one.port, one.requests, seconds=_SECONDS, connections=_CONNECTIONS
            )
            work[one.name].append((used_seconds(one.pid) - before) / len(found) * 1e6)
            asking[one.name].append((time.process_time() - own) / len(found) * 1e6)
            if any(answer.status != 200 for answer in found):
                raise RuntimeError(f"{one.name}: not every answer is 200")
            rates[one.name].append(round(len(found) / _SECONDS))
            times[one.name] += [answer.seconds * 1000 for answer in found]
            sizes[one.name] = round(sum(answer.size for answer in found) / len(found))
    peer, spent = rates[asked[0].name], work[asked[0].name]
    return [
        Figure(
            name=name,
            rounds=tuple(rates[name]),
            p50_ms=round(percentile(times[name], 0.5), 2),
            p99_ms=round(percentile(times[name], 0.99), 2),
            bytes=sizes[name],
            processor_us=round(median(work[name]), 1),
            least_us=round(min(work[name]), 1),
            least_ratio=round(min(spent) / min(work[name]), 2),
            client_us=round(median(asking[name]), 1),
            processor_ratio=round(
                median(other / own for own, other in zip(work[name], spent, strict=True)), 2
            ),
            ratio=round(
                median(own / other for own, other in zip(rates[name], peer, strict=True)), 2
            ),
        )
        for name in rates
    ]


def _markdown(told: dict[str, str], figures: Sequence[Figure]) -> str:
    lines = [
        "# Describing one IRI over HTTP",
        "",
        "Written by `python -m benchmarks.describe`.",
        "",
    ]
    lines += ["- machine: " + ", ".join(f"{name} {value}" for name, value in told.items()), ""]
    lines += [
        "| " + " | ".join(_COLUMNS) + " |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.name} | {', '.join(f'{rate:,}' for rate in one.rounds)} | {one.p50_ms} "
        f"| {one.p99_ms} | {one.bytes:,} | {one.ratio} | {one.processor_us} "
        f"| {one.least_us} | {one.processor_ratio} | {one.least_ratio} | {one.client_us} |"
        for one in figures
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Load, ask in turns, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.describe", description=__doc__)
    parser.add_argument("--release", type=Path, default=_ROOT / "published")
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    if given.oxigraph is None:
        parser.error("no oxigraph is on the PATH: pip install oxigraph, or --oxigraph PATH")
    told = machine()
    keep_on_core(1)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        built = build_store(given.release, folder / "var")
        store = Store.read_only(str(built.path))
        store.dump(folder / "all.nq", format=RdfFormat.N_QUADS)
        things = sorted(
            {
                quad.subject.value
                for quad in store
                if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(built.base)
            }
        )
        random.Random(1).shuffle(things)
        peer = folder / "oxigraph"
        load = [given.oxigraph, "load", "--location", str(peer), "--file", str(folder / "all.nq")]
        subprocess.run(load, check=True, capture_output=True)  # noqa: S603  no shell
        subprocess.run(  # noqa: S603  no shell
            [given.oxigraph, "optimize", "--location", str(peer)], check=True, capture_output=True
        )
        ports = [free_port() for _ in range(3)]
        bind = ["--bind", f"127.0.0.1:{ports[0]}", "--union-default-graph"]
        serve = [given.oxigraph, "serve-read-only", "--location", str(peer), *bind]
        pids = [stack.enter_context(running(serve, ports[0], core=0)).pid]
        command = fiscograph(given.release, folder / "var", ports[1], before=_NOTHING_KEPT)
        pids.append(stack.enter_context(running(command, ports[1], core=0)).pid)
        command = fiscograph(given.release, folder / "var", ports[2])
        pids.append(stack.enter_context(running(command, ports[2], core=0)).pid)
        few = things[:_FEW]
        asked = [
            _Asked(
                name="oxigraph serve, DESCRIBE",
                port=ports[0],
                pid=pids[0],
                requests=tuple(map(_oxigraph, things)),
            ),
            _Asked(
                name="`/describe`, nothing kept",
                port=ports[1],
                pid=pids[1],
                requests=tuple(map(_describe, things)),
            ),
            _Asked(
                name="`/describe`, kept",
                port=ports[2],
                pid=pids[2],
                requests=tuple(map(_describe, few)),
            ),
            _Asked(
                name="a thing's `.nt` document, nothing kept",
                port=ports[1],
                pid=pids[1],
                requests=tuple(_document(built.base, iri) for iri in things),
            ),
            _Asked(
                name="a thing's `.nt` document, kept",
                port=ports[2],
                pid=pids[2],
                requests=tuple(_document(built.base, iri) for iri in few),
            ),
        ]
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            figures = runner.run(_measured(asked, given.rounds))
        told |= {"triples": f"{len(store):,}", "things": f"{len(things):,}"}
    told["load after"] = f"{os.getloadavg()[0]:.1f}"
    given.report.mkdir(parents=True, exist_ok=True)
    text = _markdown(told, figures)
    (given.report / "describe.md").write_text(text, "utf-8")
    whole = json.dumps({"machine": told, "figures": [asdict(one) for one in figures]}, indent=2)
    (given.report / "describe.json").write_text(whole + "\n", "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
