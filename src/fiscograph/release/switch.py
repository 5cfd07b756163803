"""Replaces a release as a whole: built beside, verified, exchanged.

Beside ``published/`` there may stand, in the same folder:

- ``.published.lock``, locked by the one process that publishes;
- ``published.tmp-PID``, a release that is being built, or the old one after an exchange;
- ``published.old-PID`` and ``.published.journal``, while a file system without an exchange of
  names is taken through two renames. A reader may then miss the folder for a moment; a process
  that dies between the two leaves the journal, and the next command finishes its work.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fiscograph.release import folder as release_folder
from fiscograph.release import manifest as manifests
from fiscograph.release.contents import Release
from fiscograph.release.errors import (
    ForeignFilesError,
    ManifestError,
    NotAReleaseError,
    PublisherBusyError,
)
from fiscograph.release.exchange import ExchangeUnsupportedError, exchange
from fiscograph.release.manifest import FILE_NAME, Manifest
from fiscograph.release.verification import verify


def publish(
    release: Release,
    target: Path,
    told: release_folder.Told = lambda _what, _done, _total: None,
) -> Manifest:
    """Replace the release in ``target``, or make the first one there.

    Until the exchange nothing in ``target`` changes; after it nothing of the old release is left.
    When the new release has the same bytes as the old one, the old one stays as it is.

    Args:
        release: the new release.
        target: the folder.
        told: called with what is being written, how many filings are done and how many there are.

    Raises:
        PublisherBusyError: another process publishes here.
        NotAReleaseError: ``target`` holds something else, which is not touched.
        ForeignFilesError: among its files is one that no release of ours holds.
        ManifestError: its manifest is not ours, or what was written is not what ours says.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target):
        recover(target)
        _refuse_other_things(target)
        fresh = target.with_name(f"{target.name}.tmp-{os.getpid()}")
        try:
            manifest = release_folder.write(release, fresh, told)
            verify(fresh)
            if not _same(fresh, target):
                _sync(fresh)
                switch(fresh, target)
        except OSError as error:
            error.filename = error.filename or str(target)  # of a full disk, nobody says whose
            raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return manifest


def require_place(target: Path) -> None:
    """Refuse, before anything is made, a place that no release could take; nothing is touched.

    Raises:
        NotAReleaseError: ``target`` holds something else.
        ForeignFilesError: among its files is one that no release of ours holds.
        ManifestError: its manifest is not ours.
    """
    target = target.absolute()
    if not _journal(target).exists():
        _refuse_other_things(target)


def recover(target: Path) -> None:
    """Finish what a killed publisher left: two renames half done, folders not removed.

    To be called by the process that holds the lock.
    """
    journal = _journal(target)
    if journal.exists():
        names = json.loads(journal.read_text("utf-8"))
        fresh, old = (target.with_name(names[key]) for key in ("new", "old"))
        if not target.exists():
            os.rename(fresh if fresh.exists() else old, target)
            _sync_names(target.parent)
        journal.unlink()
    _unsure(journal).unlink(missing_ok=True)
    for kind in ("tmp", "old"):
        for left in sorted(target.parent.glob(f"{target.name}.{kind}-*")):
            shutil.rmtree(left)


def switch(fresh: Path, target: Path) -> None:
    """Put a folder that is whole in the place of ``target``; the old one is then in its place, or
    gone.

    To be called by the process that holds the lock.
    """
    if not target.exists():
        os.rename(fresh, target)
    else:
        try:
            exchange(fresh, target)
        except ExchangeUnsupportedError:
            _two_renames(fresh, target)
    _sync_names(target.parent)


def _two_renames(fresh: Path, target: Path) -> None:
    """Take the old release aside and the new one in; the journal covers the gap."""
    old = target.with_name(f"{target.name}.old-{os.getpid()}")
    journal = _journal(target)
    noted = _unsure(journal)
    noted.write_text(json.dumps({"new": fresh.name, "old": old.name}), "utf-8")
    _sync_file(noted)
    os.rename(noted, journal)
    _sync_names(target.parent)
    os.rename(target, old)
    os.rename(fresh, target)
    _sync_names(target.parent)
    journal.unlink()
    shutil.rmtree(old)


def _journal(target: Path) -> Path:
    return target.with_name(f".{target.name}.journal")


def _unsure(journal: Path) -> Path:
    """The journal before it is known to be on the disk; nothing has been renamed by then."""
    return journal.with_name(f"{journal.name}-new")


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock of the one process that writes ``target``.

    Raises:
        PublisherBusyError: another process holds it.
    """
    with target.with_name(f".{target.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublisherBusyError(target) from error
        yield


def _refuse_other_things(target: Path) -> None:
    """Only a release, or an empty folder, may be replaced: nobody else's file may go with it."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise NotAReleaseError(target)
    if not target.exists() or not any(target.iterdir()):
        return
    foreign = manifests.foreign_files(target, manifests.read(target))
    if foreign:
        raise ForeignFilesError(target, foreign)


def _same(fresh: Path, target: Path) -> bool:
    """Whether the release in ``target`` is whole and has the manifest of the new one."""
    try:
        verify(target)
        return (fresh / FILE_NAME).read_bytes() == (target / FILE_NAME).read_bytes()
    except (OSError, ManifestError, NotAReleaseError):
        return False


def _sync(folder: Path) -> None:
    """Bring all files of a folder, and the folders' lists of names, to the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _sync_names(path)
        else:
            _sync_file(path)
    _sync_names(folder)


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_names(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
