"""How long tracing takes over a large release: figures, not tests.

``python -m benchmarks.tracing`` makes the corpus (once; it is kept below ``--var``), asks, and
writes the report. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph
from benchmarks.corpus import IDS, Corpus, Shape
from pyoxigraph import NamedNode, Quad, Store

from fiscograph.queries import Limits, Query, QueryEngine, load
from fiscograph.tracing import Document, Part, Tracer, Wanted, index_of
from fiscograph.tracing.index import IndexedAnswers, IndexFile

_ROOT = Path(__file__).resolve().parents[1]
_DOCUMENTS = 60
_RUNS = 10
# What the API shows of a document's projects unless it is asked for more.
_SHOWN = 100
_PATIENCE = Limits(seconds=60.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Times of one question in milliseconds; ``size`` says what was answered. ``cpu_ms`` is the
    median of this process's own processor time: what other work on the machine does not lengthen,
    without that of the engine's workers.
    """

    name: str
    size: str
    runs: int
    min_ms: float
    median_ms: float
    max_ms: float
    cpu_ms: float


def store_of(corpus: Corpus, folder: Path) -> tuple[Path, dict[str, float]]:
    """The corpus as a store, made below ``folder`` or found there, and what making it took."""
    target = folder / f"tracing-{corpus.size}-{corpus.seed}"
    told = target / "made.json"
    if told.is_file():
        return target / "store", json.loads(told.read_text("utf-8"))
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    started = time.perf_counter()
    count = [0]
    store = Store(str(target / "store"))
    store.bulk_extend(_counted(corpus, count, started))
    store.flush()
    store.optimize()
    made = {"quads": count[0], "seconds": round(time.perf_counter() - started, 1)}
    told.write_text(json.dumps(made), "utf-8")
    return target / "store", made


def _counted(corpus: Corpus, count: list[int], started: float) -> Iterator[Quad]:
    for at, quads in enumerate(corpus.quads()):
        count[0] += len(quads)
        yield from quads
        if at % 500 == 0:
            seconds = time.perf_counter() - started
            sys.stderr.write(f"{at} graphs, {count[0]:,} quads, {seconds:.0f} s\n")


def index_beside(store: Path) -> tuple[Path, dict[str, float]]:
    """The index of a store, made or found there, and what making it took."""
    told = store.parent / "index.json"
    started = time.perf_counter()
    path = index_of(store, base=IDS.base)
    if not told.is_file():
        made = {
            "index seconds": round(time.perf_counter() - started, 1),
            "index bytes": path.stat().st_size,
        }
        told.write_text(json.dumps(made), "utf-8")
    return path, json.loads(told.read_text("utf-8"))


def counts(index: Path) -> dict[str, int]:
    """How many there are of what tracing asks for."""
    file = IndexFile.open(index)
    names = {"documents": "document", "project budgets": "budget", "document-project edges": "edge"}
    found = {
        name: int(file.rows(f"SELECT COUNT(*) FROM {table}")[0][0])  # noqa: S608  names of ours
        for name, table in names.items()
    }
    file.close()
    return found


def measure(tracer: Tracer, index: Path, seed: int) -> list[Figure]:
    """Ask everything that the report names."""
    chance = random.Random(seed)
    figures = [
        timed("documents and relations, read once", "", [lambda: len(tracer.documents.by_iri)])
    ]
    pool = sorted(tracer.documents.by_iri.values(), key=lambda one: one.iri)
    some = chance.sample(pool, min(_DOCUMENTS, len(pool)))
    figures += _resolving(tracer, some)
    figures += _trees(index, tracer, some, "funding tree, documents at random")
    ranked = tracer.ranking(Wanted(rows=10**9)).rows
    by_size = sorted(
        {row.document: row.projects for row in ranked}.items(), key=lambda item: -item[1]
    )
    for share in (0, 0.01, 0.1):
        iri, _ = by_size[int(share * (len(by_size) - 1))]
        name = (
            "funding tree, the most cited document"
            if not share
            else (f"funding tree, the document at {share:.0%} of the ranking")
        )
        figures += _trees(index, tracer, [tracer.documents.by_iri[iri]] * 5, name)
    overviews: tuple[tuple[str, Callable[[Wanted], int]], ...] = (
        ("ranking of all documents", lambda wanted: tracer.ranking(wanted).rows_in_all),
        (
            "ranking, one year",
            lambda wanted: tracer.ranking(replace(wanted, year="2023")).rows_in_all,
        ),
        ("documents shared by regions", lambda wanted: tracer.shared(wanted).rows_in_all),
        ("projects without a basis", lambda wanted: tracer.without_basis(wanted).rows_in_all),
        ("share of each department", lambda wanted: tracer.shares(wanted).rows_in_all),
    )
    for name, ask in overviews:
        first = [partial(ask, Wanted(rows=100 + at)) for at in range(_RUNS)]
        figures.append(timed(f"{name}, asked for the first time", "rows", first))
        figures.append(timed(f"{name}, again", "rows", [partial(ask, Wanted())] * _RUNS))
    return figures


def _resolving(tracer: Tracer, some: Sequence[Document]) -> Iterator[Figure]:
    numbers = [str(one.number) for one in some]
    tracer.resolve(numbers[0])
    tracer.resolve("关于不存在的通知")  # what is kept for titles is made at the first one
    kinds = {
        "resolve, a number": numbers,
        "resolve, a number without brackets": [
            one.translate(str.maketrans("", "", "〔〕号")) for one in numbers
        ],
        "resolve, a number that is none": [one.replace("〔20", "〔19") for one in numbers],
        "resolve, a serial alone": [one.partition("〕")[2] for one in numbers],
        "resolve, a title": [one.title for one in some if one.title],
        "resolve, a piece of titles": ["补助资金"],
        "resolve, a title that is none": [f"{one.title}等" for one in some if one.title],
    }
    for name, typed in kinds.items():
        asks = [lambda text=text: len(tracer.resolve(text).typed) for text in typed]
        yield timed(name, "", asks)


def _trees(index: Path, tracer: Tracer, some: Sequence[Document], name: str) -> Iterator[Figure]:
    """A document's tree as a page or an API answer shows it first, and all of it; asked anew each
    time, for the tracer itself keeps what it was asked last.
    """
    answers = IndexedAnswers(index=IndexFile.open(index), documents=tracer.documents)
    for part, told in ((Part.page(1, _SHOWN), f"first {_SHOWN} rows"), (Part(), "all rows")):
        asks = [partial(_funded, answers, one, part) for one in some]
        yield timed(f"{name}, {told}", "projects", asks)
    answers.index.close()


def _funded(answers: IndexedAnswers, document: Document, part: Part) -> int:
    return answers.funding(document, part).rows_in_all


# Queries of pages, with what each is asked for: one of the projects of a document, and its kin.
_OF_PAGES = {
    "funding-of-policy": "policy",
    "budgets-of-project": "project",
    "money-of-project": "project",
    "printings-of-project": "project",
    "projects-of-filing": "filing",
    "allocations-of-filing": "filing",
    "projects-of-organization": "unit",
}


def pages(engine: QueryEngine, tracer: Tracer) -> Iterator[Figure]:
    """The queries that pages run for one thing: their time must not grow with the release."""
    ranked = tracer.ranking(Wanted(rows=10**9)).rows
    document = ranked[len(ranked) // 2].document
    one = tracer.funding(tracer.documents.by_iri[document]).projects[0]
    things = {
        "policy": document,
        "project": one.project,
        "filing": one.filing,
        "unit": one.unit_iri or "",
    }
    for name, kind in _OF_PAGES.items():
        query = load(name, thing=NamedNode(things[kind]))
        asks = [partial(_asked, engine, query)] * _RUNS
        yield timed(f"query of a page, {name}", "rows", asks)


def _asked(engine: QueryEngine, query: Query) -> int:
    return len(engine.select(query, _PATIENCE))


def timed(name: str, what: str, asks: Sequence[Callable[[], int]]) -> Figure:
    """The times of some asks, each of which tells how much it was answered."""
    times, own, sizes = [], [], []
    for ask in asks:
        started, used = time.perf_counter(), time.process_time()
        sizes.append(ask())
        times.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - used) * 1000)
    span = (
        f"{min(sizes):,}"
        if min(sizes) == max(sizes)
        else (f"{min(sizes):,}–{max(sizes):,}, median {int(median(sizes)):,}")
    )
    return Figure(
        name=name,
        size=f"{span} {what}".strip() if what else "",
        runs=len(times),
        min_ms=round(min(times), 1),
        median_ms=round(median(times), 1),
        max_ms=round(max(times), 1),
        cpu_ms=round(median(own), 1),
    )


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    cpu = "unknown"
    info = Path("/proc/cpuinfo")
    if info.is_file():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].partition(":")[2].strip() if models else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": cpu,
        "cores": str(os.cpu_count()),
        "load before": f"{os.getloadavg()[0]:.1f}",
        "memory": f"{memory / 2**30:.0f} GiB",
        "system": platform.system(),
        "python": platform.python_version(),
        "pyoxigraph": pyoxigraph.__version__,
    }


def _markdown(report: dict[str, object], figures: Sequence[Figure]) -> str:
    lines = ["# Tracing at scale", "", "Written by `python -m benchmarks.tracing`.", ""]
    for title, part in report.items():
        if isinstance(part, dict):
            lines += [f"- {title}: " + ", ".join(f"{name} {value}" for name, value in part.items())]
    lines += [
        "",
        "| question | size | runs | min ms | median ms | max ms | own cpu ms |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.name} | {one.size} | {one.runs} | {one.min_ms} | {one.median_ms} | {one.max_ms} |"
        f" {one.cpu_ms} |"
        for one in figures
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the corpus, ask, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tracing", description=__doc__)
    parser.add_argument("--filings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tables", type=Path, default=_ROOT / "published/tables")
    parser.add_argument("--var", type=Path, default=_ROOT / "var/benchmarks")
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    measured_on = machine()
    corpus = Corpus(shape=Shape.of(given.tables), size=given.filings, seed=given.seed)
    store, made = store_of(corpus, given.var)
    index, indexed = index_beside(store)
    with (
        QueryEngine(store, base=IDS.base, workers=2) as engine,
        closing(Tracer(engine, base=IDS.base, index=index)) as tracer,
    ):
        figures = [*measure(tracer, index, given.seed), *pages(engine, tracer)]
    corpus_told = {
        "filings": corpus.size,
        "districts": len(corpus.districts),
        **counts(index),
        **made,
        **indexed,
    }
    measured_on["load after"] = f"{os.getloadavg()[0]:.1f}"
    report: dict[str, object] = {"machine": measured_on, "corpus": corpus_told}
    given.report.mkdir(parents=True, exist_ok=True)
    (given.report / "tracing.md").write_text(_markdown(report, figures), "utf-8")
    told = {**report, "figures": [asdict(one) for one in figures]}
    text = json.dumps(told, ensure_ascii=False, indent=2)
    (given.report / "tracing.json").write_text(text + "\n", "utf-8")
    sys.stdout.write(_markdown(report, figures))


if __name__ == "__main__":
    main()
