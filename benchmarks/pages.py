"""How long the lists and the trees of single things take over a large release: figures, not tests.

``python -m benchmarks.pages`` takes the store that ``benchmarks.tracing`` makes, prepares the lists
as the server does when it opens a large release, asks, and writes the report.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from benchmarks.corpus import IDS, Corpus, Shape
from benchmarks.tracing import Figure, machine, store_of, timed
from pyoxigraph import Literal, NamedNode

from fiscograph.queries import Limits, Query, QueryEngine, load
from fiscograph.serving.front.listed import Listed, make_lists
from fiscograph.serving.front.lists import LISTINGS, Choice

_ROOT = Path(__file__).resolve().parents[1]
_RUNS = 10
_SHOWN = 50
_WHOLE = Limits(seconds=7200.0, result_bytes=2_000_000_000, memory=4_000_000_000)
_PATIENCE = Limits(seconds=120.0)
_DISTRICT = f"{IDS.base}region/500101"
# What is chosen of which list, and from which row on.
_CHOSEN: tuple[tuple[str, dict[str, str], int], ...] = (
    ("filings", {}, 0),
    ("departments", {}, 0),
    ("policies", {}, 0),
    ("projects", {}, 0),
    ("projects", {"year": "2023"}, 0),
    ("projects", {"region": _DISTRICT}, 0),
    ("projects", {"q": "第1"}, 0),
    ("projects", {"q": "no such name"}, 0),
    ("projects", {}, 10_000),
    ("indicators", {}, 0),
    ("indicators", {"region": _DISTRICT}, 0),
)
# Queries that once grew with the release, by what each is asked for.
_TREES = {
    "tree-of-filing": "thing",
    "tree-of-project": "thing",
    "tree-of-policy-document": "thing",
    "tree-of-organization": "thing",
    "funding-totals": "document",
    "organization-totals": "organization",
}


def lists_of(store: Path, file: Path) -> tuple[Listed, dict[str, float]]:
    """The lists of a store, made or found, and what making them took."""
    told = file.with_suffix(".json")
    if not file.is_file():
        started = time.perf_counter()
        with QueryEngine(store, base=IDS.base, workers=1, memory=_WHOLE.memory) as engine:
            make_lists(engine, file, _WHOLE, {name: _everything(name) for name in LISTINGS})
        made = {
            "lists seconds": round(time.perf_counter() - started, 1),
            "lists bytes": file.stat().st_size,
        }
        told.write_text(json.dumps(made), "utf-8")
    return Listed(file=file), json.loads(told.read_text("utf-8")) if told.is_file() else {}


def _everything(name: str) -> dict[str, NamedNode | Literal]:
    listing = LISTINGS[name]
    values: dict[str, NamedNode | Literal] = {
        one.variable: NamedNode(f"{IDS.base}code/region")
        if one.choice is Choice.REGION
        else Literal("")
        for one in listing.filters
    }
    if listing.cube is not None:
        values["cube"] = NamedNode(f"{IDS.base}cube/{listing.cube}")
    return values


def lists(listed: Listed) -> Iterator[Figure]:
    """A page of each list, and of what is chosen of it."""
    for name, chosen, start in _CHOSEN:
        said = ", ".join(f"{key} {text.removeprefix(IDS.base)}" for key, text in chosen.items())
        told = f"list {name}" + (f", {said}" if said else "") + (f", row {start}" if start else "")
        yield timed(told, "rows", [partial(_found, listed, name, chosen, start)] * _RUNS)


def _found(listed: Listed, name: str, chosen: dict[str, str], start: int) -> int:
    return listed.part(LISTINGS[name], chosen, start=start, most=_SHOWN).found


def trees(engine: QueryEngine, corpus: Corpus) -> Iterator[Figure]:
    """What stands around a thing, and its sums."""
    facts = next(corpus.filings())
    things = {
        "tree-of-filing": IDS.filing(facts.filing.id),
        "tree-of-project": f"{IDS.base}project/{facts.projects[0].code}",
        "tree-of-organization": IDS.organization(facts.organizations[0].key),
        "organization-totals": IDS.organization(facts.organizations[0].key),
    }
    cited = IDS.policy(corpus.pool[len(corpus.pool) // 2].key)
    for name, variable in _TREES.items():
        query = load(name, **{variable: NamedNode(things.get(name, cited))})
        yield timed(f"query {name}", "rows", [partial(_asked, engine, query)] * _RUNS)
    most = replace(load("funding-totals", document=NamedNode(IDS.policy(corpus.pool[0].key))))
    yield timed(
        "query funding-totals, the most cited document", "rows", [partial(_asked, engine, most)] * 3
    )


def _asked(engine: QueryEngine, query: Query) -> int:
    return len(engine.select(query, _PATIENCE))


def main(arguments: Sequence[str] | None = None) -> None:
    """Prepare, ask, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--filings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tables", type=Path, default=_ROOT / "published/tables")
    parser.add_argument("--var", type=Path, default=_ROOT / "var/benchmarks")
    parser.add_argument("--lists", type=Path, help="where the lists are made or found")
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    measured_on = machine()
    corpus = Corpus(shape=Shape.of(given.tables), size=given.filings, seed=given.seed)
    store, made = store_of(corpus, given.var)
    listed, prepared = lists_of(store, given.lists or store.parent / "lists.sqlite")
    with QueryEngine(store, base=IDS.base, workers=1) as engine:
        figures = [*lists(listed), *trees(engine, corpus)]
    measured_on["load after"] = f"{os.getloadavg()[0]:.1f}"
    told = {"filings": corpus.size, **made, **prepared}
    given.report.mkdir(parents=True, exist_ok=True)
    name = f"pages-{corpus.size}"
    text = _markdown(measured_on, told, figures)
    (given.report / f"{name}.md").write_text(text, "utf-8")
    report = {"machine": measured_on, "corpus": told, "figures": [asdict(one) for one in figures]}
    written = json.dumps(report, ensure_ascii=False, indent=2)
    (given.report / f"{name}.json").write_text(written + "\n", "utf-8")
    sys.stdout.write(text)


def _markdown(
    measured_on: dict[str, str], told: dict[str, float], figures: Sequence[Figure]
) -> str:
    lines = [
        "# Pages at scale",
        "",
        "Written by `python -m benchmarks.pages`.",
        "",
        "- machine: " + ", ".join(f"{name} {value}" for name, value in measured_on.items()),
        "- corpus: " + ", ".join(f"{name} {value}" for name, value in told.items()),
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


if __name__ == "__main__":
    main()
