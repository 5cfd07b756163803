"""How long whole pages of a release take over HTTP: figures, not tests.

``python -m benchmarks.served --release R --filings F`` starts the server over a release, asks for one
page of each kind, the first time and again, and writes the report.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

from benchmarks.tracing import machine

_ROOT = Path(__file__).resolve().parents[1]
_AGAIN = 4
_PAUSE = 0.5
_WHOLE = ("/", "/compare", "/trace/citations", "/trace/flow", "/projects", "/code/function.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's size, and its milliseconds: asked for the first time, and in the median later."""

    path: str
    kilobytes: int
    first_ms: float
    again_ms: float


def asked(address: str, path: str) -> Page:
    """One page, asked for some times."""
    times, size = [], 0
    for _ in range(1 + _AGAIN):
        started = time.perf_counter()
        with urllib.request.urlopen(address + quote(path, safe="/?=&.-%")) as answer:  # noqa: S310  ours
            size = len(answer.read())
        times.append((time.perf_counter() - started) * 1000)
    return Page(
        path=path,
        kilobytes=size // 1000,
        first_ms=round(times[0], 1),
        again_ms=round(median(times[1:]), 1),
    )


def paths_of(release: Path) -> Iterator[str]:
    """The pages that are asked for."""
    yield from _WHOLE
    filings = sorted((release / "filings").glob("*.ttl"), key=lambda one: one.stat().st_size)
    yield f"/filing/{filings[-1].stem}.html"
    yield f"/filing/{filings[0].stem}.html"
    for one in filings[-1], filings[0]:
        region, unit = one.stem.split("-")[:2]
        yield f"/organization/{region}/{unit}.html"
        yield f"/region/{region}.html"
    yield f"/region/{filings[-1].stem[:2]}0000.html"


def _ready(address: str) -> dict[str, str] | None:
    try:
        with urllib.request.urlopen(f"{address}/readyz") as answer:  # noqa: S310  ours
            told: dict[str, str] = json.load(answer)
            return told
    except OSError:
        return None


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, ask, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.served", description=__doc__)
    parser.add_argument("--release", type=Path, default=_ROOT / "published")
    parser.add_argument("--filings", type=Path, default=_ROOT / "filings")
    parser.add_argument("--var", type=Path, default=_ROOT / "var/benchmarks")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--more", nargs="*", default=[], help="further paths")
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    measured_on, address = machine(), f"http://127.0.0.1:{given.port}"
    command = [sys.executable, "-m", "fiscograph", "serve", str(given.release)]
    command += ["--filings", str(given.filings), "--var", str(given.var), "--port", str(given.port)]
    started = time.perf_counter()
    with subprocess.Popen(command) as server:  # noqa: S603  our own program
        try:
            while (ready := _ready(address)) is None and server.poll() is None:
                time.sleep(_PAUSE)
            opened = time.perf_counter() - started
            pages = [asked(address, path) for path in (*paths_of(given.release), *given.more)]
        finally:
            server.terminate()
    measured_on["load after"] = f"{os.getloadavg()[0]:.1f}"
    size = sum(1 for _ in (given.release / "filings").glob("*.ttl"))
    state = "" if ready is None else ready["pages"]
    told = {"filings": size, "opened seconds": round(opened, 1), "pages when asked": state}
    report = {"machine": measured_on, "release": told, "pages": [asdict(one) for one in pages]}
    given.report.mkdir(parents=True, exist_ok=True)
    written = json.dumps(report, ensure_ascii=False, indent=2)
    (given.report / f"served-{size}.json").write_text(written + "\n", "utf-8")
    lines = ["# Whole pages over HTTP", "", "Written by `python -m benchmarks.served`.", ""]
    for name, said in (("machine", measured_on), ("release", told)):
        lines.append(f"- {name}: " + ", ".join(f"{key} {value}" for key, value in said.items()))
    lines += ["", "| page | kB | first ms | again ms |", "| --- | ---: | ---: | ---: |"]
    lines += [
        f"| {one.path} | {one.kilobytes} | {one.first_ms} | {one.again_ms} |" for one in pages
    ]
    (given.report / f"served-{size}.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
