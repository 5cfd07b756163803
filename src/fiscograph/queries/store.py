"""A release as it is served: a copy of its own and a store made of it, never written again.

``VAR/releases/KEY`` holds one release: ``published``, a copy of its files, and ``store``. KEY is
made of the files' bytes alone, so that what stands there is complete and is found again. It is
built beside, flushed and renamed; ``VAR/releases/current`` points at the newest.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from fiscograph.errors import FiscographError

_LAYOUT = "3"
_KEPT = 3
_FILINGS = "filings"
_COPY = "published"
_STORE = "store"
_BASE = re.compile(r"@base <([^<>]+)> \.")
_MARK = re.compile(rb"^# graph <([^<>]+)>\n", re.MULTILINE)


class ReleaseUnreadable(FiscographError):
    """A folder that holds no release, or one with a file that cannot be read.

    Args:
        path: the folder or file.
        reason: what is wrong, in one clause.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class VarUnwritable(FiscographError):
    """The program's own folder cannot be written.

    Args:
        path: the folder.
        reason: why, in one clause.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"{self.path}: the store goes here and cannot be written: {self.reason} "
            "(set [paths] var in fiscograph.toml, or --settings)"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStore:
    """``path`` is the store's folder, ``release`` the copy of the release that it was made of,
    ``base`` the base IRI of the release's instances.
    """

    path: Path
    release: Path
    base: str


def build_store(release: Path, var: Path) -> ReleaseStore:
    """Copy a release and build its store, or find both where that has been done before.

    Args:
        release: the folder of a release, with ``filings/*.ttl``, ``shared.ttl`` and
            ``catalog.ttl``.
        var: the program's own folder; made where it does not exist.

    Raises:
        ReleaseUnreadable: the folder holds no release, or a file of it is damaged.
        VarUnwritable: nothing can be written below ``var``.
    """
    base_of(release)
    releases = var / "releases"
    try:
        releases.mkdir(parents=True, exist_ok=True)
        (releases / ".lock").touch()
    except OSError as error:
        raise VarUnwritable(var, error.strerror or str(error)) from error
    with _locked(releases):
        target = releases / _key(release)
        if not target.is_dir():
            _sweep(releases)
            target = _build(release, releases)
        _point_at(target)
    copy = target / _COPY
    return ReleaseStore(path=target / _STORE, release=copy, base=base_of(copy))


def base_of(release: Path) -> str:
    """The base IRI of a release, as ``@base`` says in its files.

    Raises:
        ReleaseUnreadable: no file says it.
    """
    for path in _files(release):
        with path.open(encoding="utf-8") as file:
            if (match := _BASE.match(file.readline())) is not None:
                return match[1]
    raise ReleaseUnreadable(release, "no file of it says its base IRI")


def _files(release: Path) -> list[Path]:
    files = sorted((release / _FILINGS).glob("*.ttl"))
    others = (release / name for name in ("shared.ttl", "catalog.ttl"))
    files += [path for path in others if path.is_file()]
    if not files:
        raise ReleaseUnreadable(release, "no release is here, make one with `fiscograph build`")
    return files


def _key(release: Path) -> str:
    digest = hashlib.sha256(_LAYOUT.encode())
    for path in sorted(release.rglob("*")):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{content} {path.relative_to(release).as_posix()}\n".encode())
    return digest.hexdigest()[:16]


def _build(release: Path, releases: Path) -> Path:
    """Build beside and rename; the key is that of the copy, whatever became of the original."""
    building = Path(tempfile.mkdtemp(prefix=".tmp-", dir=releases))
    copy = building / _COPY
    try:
        shutil.copytree(release, copy, copy_function=shutil.copyfile)
        store = Store(str(building / _STORE))
        base = base_of(copy)
        for path in _files(copy):
            store.bulk_extend(_quads(path, base))
        store.flush()
        store.optimize()
        del store
        target = releases / _key(copy)
        for folder in (copy, building / _STORE, building):
            _fsync(folder)
        if not target.is_dir():
            building.rename(target)
        _fsync(releases)
    except ReleaseUnreadable as error:
        original = release / error.path.relative_to(copy)
        raise ReleaseUnreadable(original, error.reason) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def _quads(path: Path, base: str) -> Iterator[Quad]:
    """The quads of one file. A filing's file is one graph; the file of shared things holds
    several, each under a remark ``# graph <IRI>``.
    """
    text = path.read_bytes()
    if path.parent.name == _FILINGS:
        yield from _parse(path, text, f"{base}graph/filing/{path.stem}")
        return
    head, *sections = _MARK.split(text)
    if not sections:
        raise ReleaseUnreadable(path, "it does not say which graphs it holds")
    for name, section in zip(sections[::2], sections[1::2], strict=True):
        yield from _parse(path, head + section, name.decode())


def _parse(path: Path, text: bytes, graph: str) -> Iterator[Quad]:
    name = NamedNode(graph)
    try:
        for quad in parse(text, format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, name)
    except SyntaxError as error:
        raise ReleaseUnreadable(path, str(error)) from error


def _point_at(target: Path) -> None:
    current = target.parent / "current"
    if current.is_symlink() and current.readlink() == Path(target.name):
        return
    beside = target.parent / ".tmp-current"
    beside.unlink(missing_ok=True)
    beside.symlink_to(target.name)
    beside.replace(current)
    _fsync(target.parent)


def _sweep(releases: Path) -> None:
    """Remove what a killed build left, and releases that are long replaced."""
    for path in releases.glob(".tmp-*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
    built = [path for path in releases.iterdir() if path.is_dir() and not path.is_symlink()]
    built.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in built[_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _locked(releases: Path) -> Iterator[None]:
    """One builder at a time; the lock goes with the process that holds it."""
    with (releases / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
