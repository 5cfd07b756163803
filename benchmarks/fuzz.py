"""Texts thrown at the guard, and at a served endpoint: figures, and every fault by its text.

``python -m benchmarks.fuzz guard`` and ``python -m benchmarks.fuzz endpoint``. See README.md beside
this file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from benchmarks.load import fiscograph, free_port, percentile, running, whole_answer
from benchmarks.query_texts import texts
from benchmarks.tracing import machine

from fiscograph.queries import QueryError, check
from fiscograph.queries.errors import QuerySyntax

_ROOT = Path(__file__).resolve().parents[1]
_SLOW = 0.05
_MOST_SHOWN = 20
_CLIENTS = 4
_PATIENCE = 30.0
# What the endpoint may say to a text: an answer, or a problem that names itself.
_CLEAN = frozenset({200, 400, 406, 413, 503})
_FORMS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)


def guard(seed: int, *, most: int, seconds: float) -> dict[str, object]:
    """Every text passes or is refused by a kind of error that says why, within 50 ms of processor
    time.
    """
    told: Counter[str] = Counter()
    faults: list[str] = []
    slowest, slowest_text = 0.0, ""
    begun = time.monotonic()
    count = 0
    for kind, text in islice(texts(seed), most):
        if time.monotonic() - begun > seconds:
            break
        count += 1
        start = time.thread_time()
        try:
            outcome = check(text).form.value
        except QueryError as error:
            outcome = type(error).__name__
            faults += _misplaced(error, text)
        except Exception as error:  # noqa: BLE001  the faults that are looked for
            outcome = "fault"
            faults.append(f"{error!r}: {text!r}")
        used = time.thread_time() - start
        if used > slowest:
            slowest, slowest_text = used, text
        if used > _SLOW:
            faults.append(f"{used:.3f} s: {text[:200]!r}")
        told[f"{kind}: {outcome}"] += 1
    return {
        "texts": count,
        "seconds": round(time.monotonic() - begun),
        "slowest ms": round(slowest * 1000, 1),
        "slowest text": slowest_text[:100],
        "outcomes": dict(sorted(told.items())),
        "faults": faults[:_MOST_SHOWN],
        "faults in all": len(faults),
    }


def _misplaced(error: QueryError, text: str) -> Iterator[str]:
    """The place that an error names is one of the text."""
    if isinstance(error, QuerySyntax) and error.line is not None:
        lines = text.split("\n")
        if not 1 <= error.line <= len(lines):
            yield f"line {error.line} of {len(lines)}: {text!r}"


async def endpoint(port: int, seed: int, *, most: int, seconds: float) -> dict[str, object]:
    """Texts that pass the guard, asked over HTTP by clients that ask without a pause."""
    told: Counter[str] = Counter()
    faults: list[str] = []
    times: list[float] = []
    until = time.monotonic() + seconds
    source = (text for _, text in texts(seed, grown_alone=True) if _passes(text))
    asked = iter(islice(source, most))
    count = 0

    async def client(number: int) -> None:
        nonlocal count
        for text in asked:
            if time.monotonic() > until:
                return
            form = _FORMS[count % len(_FORMS)]
            count += 1
            address = f"198.18.{count // 250 % 250}.{count % 250}"
            request = (
                f"GET /sparql?query={quote(text, safe='', errors='surrogateescape')} HTTP/1.1\r\n"
                f"Host: a\r\nAccept: {form},text/turtle;q=0.5\r\nX-Forwarded-For: {address}\r\n"
                "Connection: close\r\n\r\n"
            ).encode()
            start = time.monotonic()
            status, kind, body = await whole_answer(port, request, patience=_PATIENCE)
            times.append((time.monotonic() - start) * 1000)
            told[str(status)] += 1
            why = _wrong(status, kind, body)
            if why is not None:
                faults.append(f"{why} ({number}): {text!r}")

    await asyncio.gather(*(client(number) for number in range(_CLIENTS)))
    return {
        "texts": count,
        "answers by status": dict(sorted(told.items())),
        "p50 ms": round(percentile(times, 0.5), 1),
        "p99 ms": round(percentile(times, 0.99), 1),
        "worst ms": round(max(times, default=0.0), 1),
        "faults": faults[:_MOST_SHOWN],
        "faults in all": len(faults),
    }


def _passes(text: str) -> bool:
    try:
        check(text)
    except QueryError:
        return False
    return True


def _wrong(status: int, kind: str, body: bytes) -> str | None:
    """Why an answer is not clean; None where it is."""
    if status not in _CLEAN:
        return f"status {status}"
    try:
        if kind.startswith(("application/sparql-results+json", "application/problem+json")):
            json.loads(body)
        elif kind.startswith("application/sparql-results+xml"):
            ET.fromstring(body)  # noqa: S314  what our own server wrote
        elif status == 200 and not kind.startswith("text/"):
            return f"media type {kind}"
        elif status != 200:
            return f"status {status} as {kind}"
    except (ValueError, ET.ParseError) as error:
        return f"{kind} is broken: {error}"
    return None


def main(arguments: Sequence[str] | None = None) -> None:
    """Throw, count, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("what", choices=["guard", "endpoint"])
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=480.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--release", type=Path, default=_ROOT / "published")
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    told = machine()
    if given.what == "guard":
        figures = guard(given.seed, most=given.texts, seconds=given.seconds)
    else:
        port = free_port()
        with tempfile.TemporaryDirectory() as var:
            command = fiscograph(given.release, Path(var), port)
            with running(command, port) as server:
                figures = asyncio.run(
                    endpoint(port, given.seed, most=given.texts, seconds=given.seconds)
                )
                figures["server"] = "gone" if server.poll() is not None else "the same process"
    whole = {"machine": told, "seed": given.seed, **figures}
    text = json.dumps(whole, ensure_ascii=True, indent=2) + "\n"
    given.report.mkdir(parents=True, exist_ok=True)
    (given.report / f"fuzz-{given.what}.json").write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
