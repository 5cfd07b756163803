"""Kills, several hundred of each kind, at moments that chance chooses: what stays is counted.

``python -m benchmarks.kills`` kills publishers, whole builds, makers of the served store, and query
workers, and looks each time at what a reader would find. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.tracing import machine
from pyoxigraph import Store
from tests.release.sample import sample

from fiscograph import pipeline, settings
from fiscograph import release as releases
from fiscograph.errors import FiscographError
from fiscograph.queries import EngineFailed, Query, QueryEngine, QueryError, build_store

_ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 60.0
# Longer at the most than a worker takes to start, so that some queries are answered.
_PAUSE = 0.8
_ASKED = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRLEN(STR(?o)) > 0) }"


class Broken(Exception):
    """Something that must hold after a kill does not."""


def _child(work: Callable[[], object]) -> int:
    """Work in a process of its own, which leads a group, and stops without a word."""
    pid = os.fork()
    if pid:
        return pid
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    code = 1
    with contextlib.suppress(BaseException):
        work()
        code = 0
    os._exit(code)


def _killed(work: Callable[[], object], after: float) -> bool:
    """Whether the process was still at work when it was killed; nothing of its group lives on."""
    pid = _child(work)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    until = time.monotonic() + _PATIENCE
    while _group_lives(pid):
        if time.monotonic() > until:
            os.killpg(pid, signal.SIGKILL)
            raise Broken("processes outlived the one that started them")
        time.sleep(0.02)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise Broken("the work failed by itself")
    return os.WIFSIGNALED(status)


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _took(work: Callable[[], object]) -> float:
    """How long the work takes when nobody kills it."""
    start = time.monotonic()
    _, status = os.waitpid(_child(work), 0)
    if status:
        raise Broken("the work fails without a kill")
    return time.monotonic() - start


class _Kind:
    """One kind of kill: what is killed, what is found afterwards."""

    whole: float

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.found: Counter[str] = Counter()

    def once(self) -> None:
        """Kill once and look.

        Raises:
            Broken: what is found is neither the old nor the new.
        """
        raise NotImplementedError

    def end(self) -> None:
        """Do the work to its end and look for what the killed have left.

        Raises:
            Broken: something is left.
        """
        raise NotImplementedError

    def _kill(self, work: Callable[[], object]) -> None:
        """Kill at a moment of what the work takes; how long that is changes with the machine."""
        at_work = _killed(work, self.chance.uniform(0, 1.1 * self.whole))
        self.whole *= 1.03 if at_work else 0.9
        self.found["killed at work" if at_work else "done before the kill"] += 1


class Publishers(_Kind):
    """A publisher of a small release; the release before it is another."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__(folder, chance)
        self.target = folder / "published"
        self.turn = 0
        releases.publish(replace(sample(), program_version="0"), self.target)
        self.whole = _took(self._publish)

    def _publish(self) -> None:
        releases.publish(replace(sample(), program_version=str(self.turn)), self.target)

    def once(self) -> None:
        before = str(releases.verify(self.target)["program"]["version"])
        self.turn += 1
        self._kill(self._publish)
        now = str(releases.verify(self.target)["program"]["version"])
        if now not in {before, str(self.turn)}:
            raise Broken(f"version {now} is neither the old nor the new one")
        self.found["the new release" if now != before else "the old release"] += 1

    def end(self) -> None:
        self._publish()
        left = {path.name for path in self.folder.iterdir()} - {"published", ".published.lock"}
        if left:
            raise Broken(f"left beside the release: {sorted(left)}")


class Builds(_Kind):
    """A whole build of filings, with its processes."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__(folder, chance)
        self.target = folder / "published"
        self.chosen = settings.Settings.default(folder)
        self.others = _filings(folder / "filings", 1), _filings(folder / "others", 2)
        self.at = 0
        self.whole = _took(self._build)
        self.known = {str(releases.verify(self.target)["identity"])}

    def _build(self) -> None:
        pipeline.build(self.others[self.at % 2], self.target, self.chosen)

    def once(self) -> None:
        self.at += 1
        before = str(releases.verify(self.target)["identity"])
        self._kill(self._build)
        now = str(releases.verify(self.target)["identity"])
        self.known.add(now)
        if len(self.known) > len(self.others):
            raise Broken("a release of neither set of filings")
        self.found["the new release" if now != before else "the old release"] += 1

    def end(self) -> None:
        self._build()
        left = {path.name for path in self.folder.iterdir()}
        left -= {"published", ".published.lock", "filings", "others"}
        if left:
            raise Broken(f"left beside the release: {sorted(left)}")


class Stores(_Kind):
    """The maker of the copy and the store that a server answers from."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__(folder, chance)
        self.release = folder / "published"
        self.var = folder / "var"
        self.turn = 0
        releases.publish(sample(), self.release)
        self.whole = _took(self._make)
        self.size = self._size()

    def _make(self) -> None:
        build_store(self.release, self.var)

    def _size(self) -> int:
        found = build_store(self.release, self.var)
        releases.verify(found.release)
        return len(Store.read_only(str(found.path)))

    def once(self) -> None:
        # Another release each time, of as many triples, so that each store is made anew.
        self.turn += 1
        releases.publish(replace(sample(), program_version=str(self.turn)), self.release)
        self._kill(self._make)
        current = self.var / "releases/current"
        if current.exists():
            releases.verify(current / "published")
            if len(Store.read_only(str(current / "store"))) != self.size:
                raise Broken("a store with a part of its triples")
        if self._size() != self.size:
            raise Broken("a store with a part of its triples, made after a kill")

    def end(self) -> None:
        build_store(self.release, self.var)
        if list((self.var / "releases").glob(".tmp-*/published")):
            shutil.rmtree(self.release)
            raise Broken("what a killed maker left is still there")


def workers(kills: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill workers at random while queries are asked: each is answered rightly or fails clean."""
    release, var = folder / "published", folder / "var"
    releases.publish(sample(), release)
    store = build_store(release, var)
    found: Counter[str] = Counter()
    done = threading.Event()

    def ask(engine: QueryEngine, right: bytes) -> None:
        while not done.is_set():
            try:
                if engine.run(Query(text=_ASKED)).body != right:
                    raise Broken("a wrong answer")
                found["answered"] += 1
            except EngineFailed:
                found["failed clean (EngineFailed)"] += 1
            except QueryError as error:
                found[f"failed clean ({type(error).__name__})"] += 1

    with QueryEngine(store.path, workers=3) as engine, ThreadPoolExecutor(3) as pool:
        right = engine.run(Query(text=_ASKED)).body
        askers = [pool.submit(ask, engine, right) for _ in range(3)]
        try:
            for _ in range(kills):
                time.sleep(chance.uniform(0, _PAUSE))
                pids = engine.pids
                if pids:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(chance.choice(pids), signal.SIGKILL)
                        found["killed"] += 1
        finally:
            done.set()
        for one in askers:
            one.result()
        if _answered(engine) != right:
            raise Broken("a wrong answer after the kills")
    return found


def _answered(engine: QueryEngine) -> bytes:
    """The answer when the last killed worker has been replaced."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return engine.run(Query(text=_ASKED)).body
        except QueryError:
            if time.monotonic() > until:
                raise


def _filings(folder: Path, count: int) -> Path:
    """A folder with the first filings of this repository, and what is declared of them."""
    folder.mkdir()
    for path in sorted((_ROOT / "filings").glob("*.txt"), key=lambda one: one.stat().st_size)[
        :count
    ]:
        for one in (path, path.with_suffix(".toml")):
            if one.is_file():
                shutil.copy(one, folder / one.name)
    return folder


KINDS = {"publish": Publishers, "build": Builds, "store": Stores}


def _campaign(name: str, kills: int, seconds: float, seed: int) -> dict[str, object]:
    chance = random.Random(seed)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        if name == "worker":
            found = workers(kills, chance, Path(folder))
            return {"kills": found["killed"], "found": dict(found), "broken": []}
        kind = KINDS[name](Path(folder), chance)
        broken, done = [], 0
        while done < kills and time.monotonic() - start < seconds:
            done += 1
            try:
                kind.once()
            except (Broken, FiscographError, OSError) as error:
                broken.append(repr(error))
        try:
            kind.end()
        except (Broken, FiscographError, OSError) as error:
            broken.append(repr(error))
        return {
            "kills": done,
            "found": dict(kind.found),
            "seconds of the work": round(kind.whole, 2),
            "broken": broken[:20],
        }


def main(arguments: Sequence[str] | None = None) -> None:
    """Kill, look, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("kinds", nargs="*", default=[*KINDS, "worker"])
    parser.add_argument("--kills", type=int, default=300, help="of each kind")
    parser.add_argument("--seconds", type=float, default=120.0, help="at most, for each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path, default=_ROOT / "benchmarks/report")
    given = parser.parse_args(arguments)
    told = machine()
    found = {name: _campaign(name, given.kills, given.seconds, given.seed) for name in given.kinds}
    text = json.dumps({"machine": told, "seed": given.seed, **found}, indent=2) + "\n"
    given.report.mkdir(parents=True, exist_ok=True)
    (given.report / "kills.json").write_text(text, "utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
