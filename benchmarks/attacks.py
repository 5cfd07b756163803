"""How fast ordinary queries stay while others attack the endpoint: figures, not tests.

``python -m benchmarks.attacks`` serves the release, asks ordinary queries at a steady rate, lets
hostile clients ask the costly queries of ``tests/queries/test_attacks.py`` without a pause, and
writes the report. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote

from benchmarks.load import Answered, ask_once, fiscograph, free_port, percentile, running
from benchmarks.tracing import machine
from tests.queries.test_attacks import COSTLY
from tests.queries.test_guard import DEEP

_ROOT = Path(__file__).resolve().parents[1]
_RATE = 50
_PATIENCE = 30.0
_NORMAL = (
    "SELECT * { ?policy a fg:PolicyDocument ; eli:id_local ?number } LIMIT 20",
    "SELECT ?budget ?yuan { ?budget fg:budgetAmount ?yuan } LIMIT 50",
    "ASK { ?filing a fg:Filing ; fg:fiscalYear ?year }",
    "SELECT ?unit ?name { ?unit a org:FormalOrganization ; skos:prefLabel ?name } LIMIT 30",
)


_COLUMNS = (
    "setting",
    "ordinary queries",
    "failed",
    "p50 ms",
    "p99 ms",
    "worst ms",
    "`/healthz` p99 ms",
    "hostile queries, by status",
    "server",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """``hostile`` clients, each from one address, or from another one for every query."""

    name: str
    hostile: int
    many_addresses: bool = False


SETTINGS = (
    Setting(name="nobody hostile", hostile=0),
    Setting(name="2 hostile, one address each", hostile=2),
    Setting(name="4 hostile, one address each", hostile=4),
    Setting(name="2 hostile, another address each time", hostile=2, many_addresses=True),
    Setting(name="4 hostile, another address each time", hostile=4, many_addresses=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What became of ordinary queries in one setting, in milliseconds from when they were due."""

    setting: str
    asked: int
    failed: int
    p50_ms: float
    p99_ms: float
    worst_ms: float
    health_p99_ms: float
    hostile: dict[str, int]
    crashed: bool


def _request(query: str, address: str) -> bytes:
    return (
        f"GET /sparql?query={quote(query, safe='')} HTTP/1.1\r\nHost: a\r\n"
        f"Accept: application/sparql-results+json\r\nX-Forwarded-For: {address}\r\n"
        "Connection: close\r\n\r\n"
    ).encode()


async def _ordinary(port: int, seconds: float) -> list[Answered]:
    """An open loop: each query is asked when it is due, however long the others take."""
    start = time.perf_counter()
    asked = []
    for number in range(int(seconds * _RATE)):
        due = start + number / _RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        # Every query is another one, so that no kept answer stands in for a worker's.
        query = f"{_NORMAL[number % len(_NORMAL)]} # {number} {start}"
        request = _request(query, f"192.0.2.{number % 100}")
        asked.append((due, asyncio.create_task(ask_once(port, request, patience=_PATIENCE))))
    found = []
    for due, task in asked:
        one = await task
        found.append(replace(one, seconds=one.asked + one.seconds - due))
    return found


async def _attack(port: int, setting: Setting, number: int, told: Counter[str]) -> None:
    attacks = itertools.cycle([*COSTLY.values(), *DEEP.values()])
    for _ in range(number * 5):
        next(attacks)
    for at in itertools.count():
        last = at % 250 if setting.many_addresses else number
        block = at // 250 % 250 if setting.many_addresses else 0
        query = f"{next(attacks)} # {number} {at}"
        address = f"198.{18 + number % 2}.{block}.{last}"
        one = await ask_once(port, _request(query, address), patience=_PATIENCE)
        told[str(one.status)] += 1


async def _probe(port: int, found: list[float]) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    while True:
        found.append((await ask_once(port, request, patience=_PATIENCE)).seconds * 1000)
        await asyncio.sleep(0.1)


async def _measured(port: int, setting: Setting, seconds: float) -> Figure:
    told: Counter[str] = Counter()
    health: list[float] = []
    beside = [
        asyncio.create_task(_attack(port, setting, number, told))
        for number in range(setting.hostile)
    ]
    beside.append(asyncio.create_task(_probe(port, health)))
    found = await _ordinary(port, seconds)
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)
    times = [one.seconds * 1000 for one in found if one.status == 200]
    return Figure(
        setting=setting.name,
        asked=len(found),
        failed=sum(one.status != 200 for one in found),
        p50_ms=round(percentile(times, 0.5), 1),
        p99_ms=round(percentile(times, 0.99), 1),
        worst_ms=round(max(times, default=float("nan")), 1),
        health_p99_ms=round(percentile(health, 0.99), 1),
        hostile=dict(sorted(told.items())),
        crashed=False,
    )


def _markdown(told: dict[str, str], figures: Sequence[Figure]) -> str:
    lines = [
        "# Ordinary queries under attack",
        "",
        "Written by `python -m benchmarks.attacks`.",
        "",
    ]
    lines += ["- machine: " + ", ".join(f"{name} {value}" for name, value in told.items()), ""]
    lines += [
        "| " + " | ".join(_COLUMNS) + " |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for one in figures:
        hostile = ", ".join(f"{status}: {number:,}" for status, number in one.hostile.items())
        lines.append(
            f"| {one.setting} | {one.asked:,} | {one.failed:,} | {one.p50_ms} | {one.p99_ms} "
            f"| {one.worst_ms} | {one.health_p99_ms} | {hostile or '—'} "
            f"| {'gone' if one.crashed else 'the same process'} |"
        )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, ask, attack, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks", description=__doc__)
    parser.add_argument("--release", type=Path, default=_ROOT / "published")
    parser.add_argument("--seconds", type=float, default=24.0, help="for each setting")
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    told = machine()
    port = free_port()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as var:
        command = fiscograph(given.release, Path(var), port)
        with running(command, port) as server:
            asyncio.run(_measured(port, SETTINGS[0], 3.0))
            for setting in SETTINGS:
                figure = asyncio.run(_measured(port, setting, given.seconds))
                figures.append(replace(figure, crashed=server.poll() is not None))
    given.report.mkdir(parents=True, exist_ok=True)
    text = _markdown(told, figures)
    (given.report / "attacks.md").write_text(text, "utf-8")
    whole = json.dumps({"machine": told, "figures": [asdict(one) for one in figures]}, indent=2)
    (given.report / "attacks.json").write_text(whole + "\n", "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
