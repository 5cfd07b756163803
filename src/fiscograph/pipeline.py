"""The whole story on one page: filings in, release out."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from multiprocessing import active_children, connection, parent_process
from pathlib import Path

from pyoxigraph import Quad

from fiscograph import reports, resources
from fiscograph.assembly.completeness import require_complete
from fiscograph.assembly.facts import assemble
from fiscograph.assembly.filing import filing_of
from fiscograph.assembly.identity import read_identity
from fiscograph.assembly.reduction import reduce_facts
from fiscograph.budget import FilingFacts, FilingId, SharedFacts
from fiscograph.codelists import rules
from fiscograph.errors import FilingError, FilingErrors, FiscographError, UsageError
from fiscograph.filings import Declaration, SourceText, read_declaration, read_text
from fiscograph.forms import Layout, load_forms, read_layout
from fiscograph.identifiers import Identifiers
from fiscograph.mapping import (
    PackedGraphs,
    concepts_in_use,
    map_filing,
    map_reduction,
    map_shared,
    pack,
    rule_concepts,
)
from fiscograph.placement import PlacedGrid, place_all
from fiscograph.placement.views import TableView, table_views
from fiscograph.reconciliation import (
    Evidence,
    checks_of,
    code_checks,
    cube_checks,
    findings_of,
    withheld,
    without_misread,
)
from fiscograph.reconciliation.narrative import narrative_checks
from fiscograph.release import Failure, Input, Release, publish, require_place
from fiscograph.release.summary import BuildSummary, summarize
from fiscograph.settings import Settings
from fiscograph.tables import Page, pages_of
from fiscograph.validation import (
    Elsewhere,
    Violation,
    described,
    of_other_class,
    types_of,
    unresolved,
    validate,
)
from fiscograph.validation.gate import ViolationsError
from fiscograph.vocabulary.codelists import load_code_lists
from fiscograph.vocabulary.concepts import with_ancestors

Progress = Callable[[str, int, int], None]
FILING_SUFFIXES = (".txt", ".text", ".md", ".tsv")
_SHARED = "shared graphs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source as it was seen: lines, forms, placed tables."""

    name: str
    declaration: Declaration | None
    source: SourceText
    pages: tuple[Page, ...]
    layout: Layout
    placed: tuple[PlacedGrid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The unit of work: one filing's facts and graph, independent of other filings.

    ``report`` is the filing's page of HTML; ``elsewhere`` is what the shapes demand of things that
    the shared graphs describe. The graph is packed: it goes from process to process, and a release
    may have thousands.
    """

    facts: FilingFacts
    graph: bytes
    report: str
    violations: tuple[Violation, ...]
    elsewhere: tuple[Elsewhere, ...]


def read_source(path: Path) -> Reading:
    """From bytes to placed tables.

    Raises:
        FilingError: the file cannot be read as text.
    """
    if path.exists() and not path.is_file():
        raise FilingError(str(path), "it is no file that can be read", way_out="take it away")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FilingError(str(path), error.strerror or "cannot be read") from error
    source = read_text(data, path.name)
    pages = pages_of(source.lines)
    layout = read_layout(pages, load_forms(), load_code_lists())
    return Reading(
        name=path.name,
        declaration=read_declaration(path),
        source=source,
        pages=pages,
        layout=layout,
        placed=place_all(layout.grids, load_forms(), layout.told),
    )


def read_filing(path: Path) -> FilingFacts:
    """Everything that one filing says.

    Raises:
        FilingError: it cannot be read, holds no table, or breaks off within one.
    """
    reading, lists, book = read_source(path), load_code_lists(), load_forms()
    source, layout, placed = reading.source, reading.layout, reading.placed
    require_complete(reading.name, layout, placed, book)
    identity = read_identity(source.lines, layout, lists.regions)
    declared = reading.declaration.id if reading.declaration else None
    filing = filing_of(identity, declared, source.file)
    assembled = assemble(filing, identity, source, layout, placed, lists=lists, book=book)
    facts, sha = assembled.facts, source.file.sha256
    tried = (
        *checks_of(placed, facts.projects, book, sha, assembled.units.unit),
        *code_checks(placed, sha, assembled.units.unit),
        *cube_checks(facts),
    )
    settled = withheld(tried, facts.printed_amounts, placed, source.lines)
    checks = without_misread(settled, facts.printed_amounts, placed)
    checked = replace(facts, checks=checks)
    evidence = Evidence(
        facts=checked,
        grids=placed,
        layout=layout,
        cubes=assembled.cubes,
        book=book,
        lines=source.lines,
        pages=reading.pages,
    )
    narrated = narrative_checks(assembled.narration, facts)
    every = (*facts.findings, *findings_of(evidence), *narrated.findings)
    return replace(
        checked,
        checks=(*checked.checks, *narrated.checks),
        findings=tuple(sorted(every, key=lambda f: (f.place, f.rule))),
    )


def printed_lines(path: Path, facts: FilingFacts) -> tuple[str, ...]:
    """The lines of a filing that was read, for quotes of them.

    Raises:
        FilingError: the file is no longer what the facts were read from.
    """
    source = read_text(path.read_bytes(), path.name)
    if all(file.sha256 != source.file.sha256 for file in facts.filing.sources):
        raise FilingError(path.name, "it was changed while it was read", way_out="try again")
    return source.lines


def show(path: Path, table: int | None = None) -> list[TableView]:
    """The tables of a filing as they were seen; one of them by its number, from 1.

    Raises:
        FilingError: the file cannot be read.
        UsageError: there is no table of that number.
    """
    reading = read_source(path)
    views = table_views(reading.placed, reading.layout.sheets, reading.layout.unknown)
    if table is None:
        return views
    if not 1 <= table <= len(views):
        raise UsageError(f"{path.name}: there is no table {table}, it has 1 to {len(views)}")
    return [views[table - 1]]


def build(
    filings: Path,
    out: Path,
    settings: Settings,
    *,
    keep_going: bool = False,
    progress: Progress = lambda _what, _done, _total: None,
) -> BuildSummary:
    """Read all filings of a folder, map, validate and publish them.

    Args:
        filings: the folder of filings, each with its ``.toml`` beside it if it has one.
        out: the folder of the release; it is replaced as a whole or not at all.
        settings: base IRI and publisher.
        keep_going: publish the others when a filing is broken, and record the failure.
        progress: called with what is at work, how many are done and how many there are.

    Raises:
        UsageError: there is nothing to read.
        FilingError: a filing is broken and ``keep_going`` is off, or none can be read.
        FilingErrors: several are.
        ViolationsError: our graph breaks a shape.
        ReleaseError: ``out`` holds something else than a release; nothing has been read then.
    """
    started = time.perf_counter()
    paths = _filings_in(filings)
    require_place(out)
    units, failures = _work(paths, settings, keep_going, progress)
    progress("shared", len(paths), len(paths))
    ids, program = Identifiers(base=settings.base), version("fiscograph")
    facts = tuple(unit.facts for unit in units)
    shared = _shared(facts)
    graphs = PackedGraphs(packed={unit.facts.filing.id: unit.graph for unit in units})
    shared_quads = (
        *map_shared(shared, ids),
        *map_reduction(graphs, ids, program_version=program),
    )
    progress("validate", len(paths), len(paths))
    _gate(units, graphs, shared_quads, ids)
    release = Release(
        facts=facts,
        shared=shared,
        filing_quads=graphs,
        shared_quads=shared_quads,
        reports={unit.facts.filing.id: unit.report for unit in units},
        ids=ids,
        program_version=program,
        inputs=_inputs(units, filings),
        failures=failures,
        publisher=settings.publisher,
    )
    manifest = publish(release, out, progress)
    return summarize(
        release, manifest, out, seconds=time.perf_counter() - started, peak_memory=_peak_memory()
    )


def _filings_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    paths = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    # a folder is left alone, unless it is called what only a filing is called
    found = [
        path
        for path in paths
        if path.suffix in FILING_SUFFIXES or (path.suffix != ".toml" and not path.is_dir())
    ]
    if not found:
        raise UsageError(f"{folder}: no filing in it ({', '.join(FILING_SUFFIXES)})")
    return found


def _work(
    paths: Sequence[Path], settings: Settings, keep_going: bool, progress: Progress
) -> tuple[list[Unit], tuple[Failure, ...]]:
    """Every filing as a unit of work, on all processors, in the order of the files' names."""
    units: list[Unit] = []
    errors: list[FilingError] = []
    workers = min(len(paths), os.cpu_count() or 1)
    with readers(workers) as pool:
        futures = [pool.submit(unit_of_work, path, settings.base) for path in paths]
        for done, (path, future) in enumerate(zip(paths, futures, strict=True)):
            progress(path.name, done, len(paths))
            try:
                units.append(future.result())
            except FilingError as error:
                errors.append(error)
            except BrokenProcessPool as error:
                raise ReadersEndedError(path.name) from error
    twins = _twins(
        units, declared=frozenset(path.stem for path in paths if _beside(path).is_file())
    )
    errors += twins.values()
    if errors and (not keep_going or len(errors) == len(paths)):
        raise errors[0] if len(errors) == 1 else FilingErrors(errors)
    return [unit for unit in units if _name(unit) not in twins], tuple(
        Failure(file=Path(error.file).name, reason=error.reason, line=error.line)
        for error in errors
    )


class ReadersEndedError(FiscographError):
    """A process that reads filings was ended from outside; nothing was published.

    Args:
        file: the first filing that is not read.
    """

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file

    def __str__(self) -> str:
        return (
            f"a process that reads filings was ended, at {self.file} or a later one, most likely "
            "for want of memory; nothing was published (try again with fewer programs running)"
        )


@contextmanager
def readers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that read filings; what stops the build stops them too, and so does its death."""
    pool = ProcessPoolExecutor(count, initializer=_end_with_the_first)
    before = set(active_children())
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(active_children()) - before:
            process.kill()
        raise
    finally:
        pool.shutdown()


def _end_with_the_first() -> None:
    """A process that is killed tells nobody, and its readers would wait for work for ever."""
    # An interrupt from the terminal reaches every process; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_the_first, daemon=True).start()


def _wait_for_the_first() -> None:
    first = parent_process()
    if first is not None:
        connection.wait([first.sentinel])
        os._exit(1)


def unit_of_work(path: Path, base: str) -> Unit:
    """One filing from its bytes to its validated graph."""
    facts = read_filing(path)
    quads = map_filing(facts, Identifiers(base=base), program_version=version("fiscograph"))
    checked = validate(quads, resources.shapes())
    return Unit(
        facts=facts,
        graph=pack(quads),
        report=reports.page(facts, printed_lines(path, facts)),
        violations=checked.violations,
        elsewhere=checked.elsewhere,
    )


def _twins(units: Sequence[Unit], declared: frozenset[str]) -> dict[str, FilingError]:
    """Of the files that give one id, all but one: the first by name, a declared one before others.

    Args:
        units: what was read, in the order of the files' names.
        declared: the stems of the files with a declaration beside them.
    """
    seen: dict[FilingId, str] = {}
    found: dict[str, FilingError] = {}
    for unit in sorted(units, key=lambda unit: Path(_name(unit)).stem not in declared):
        key, name = unit.facts.filing.id, _name(unit)
        if key in seen:
            found[name] = FilingError(
                name,
                f"it has the same id as {seen[key]}: {key}",
                way_out="declare another id beside one of them",
            )
        seen.setdefault(key, name)
    return found


def _name(unit: Unit) -> str:
    return unit.facts.filing.sources[0].name


def _beside(path: Path) -> Path:
    return path.with_suffix(".toml")


def _shared(facts: Sequence[FilingFacts]) -> SharedFacts:
    """The reduction over filings, with the listed concepts and the rules that they use."""
    lists, named = load_code_lists(), {concept.key: concept for concept in rules()}
    used = {key for one in facts for key in concepts_in_use(one)}
    applied = {concept.key: concept for one in facts for concept in rule_concepts(one)}
    concepts = (
        *with_ancestors(sorted(used, key=lambda key: key.order)),
        *(named.get(key, applied[key]) for key in sorted(applied)),
    )
    return reduce_facts(facts, lists, concepts)


def _gate(
    units: Sequence[Unit],
    graphs: Mapping[FilingId, tuple[Quad, ...]],
    shared: Sequence[Quad],
    ids: Identifiers,
) -> None:
    """Nothing is published that breaks a shape or points at nothing."""
    report = validate(tuple(shared), resources.shapes())
    if report.violations:
        raise ViolationsError(_SHARED, report.violations)
    known, types = described(shared), types_of(shared)
    for unit in units:
        quads = graphs[unit.facts.filing.id]
        dangling = unresolved(quads, known | described(quads), ids.base)
        broken = (*unit.violations, *of_other_class(unit.elsewhere, types), *dangling)
        if broken:
            raise ViolationsError(_name(unit), broken)


def _inputs(units: Iterable[Unit], folder: Path) -> tuple[Input, ...]:
    found: list[Input] = []
    for unit in units:
        filing = unit.facts.filing
        for source in filing.sources:
            found.append(
                Input(file=source.name, sha256=source.sha256, size=source.size, filing=filing.id)
            )
            beside = _beside(folder / source.name)
            if beside.is_file():
                data = beside.read_bytes()
                digest = hashlib.sha256(data).hexdigest()
                found.append(Input(file=beside.name, sha256=digest, size=len(data)))
    return tuple(found)


def _peak_memory() -> int:
    """The largest resident size of this process or one of its workers, in bytes."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, workers) * 1024
