"""A publisher may die at any step: the folder is then the old release or the new one, whole."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.release.sample import sample

from fiscograph import release as releases
from fiscograph.release import exchange, switch

REAL: dict[str, Callable[..., object]] = {
    "os.rename": os.rename,
    "os.fsync": os.fsync,
    "pathlib.Path.write_bytes": Path.write_bytes,
    "shutil.rmtree": shutil.rmtree,
}


class Killed(BaseException):
    """Stands for the end of the process: nothing after it runs, not even the tidying up."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A release of version ``old``, published."""
    folder = tmp_path / "published"
    releases.publish(replace(sample(), program_version="old"), folder)
    return folder


def new() -> releases.Release:
    return replace(sample(), program_version="new")


def version(folder: Path) -> str:
    """The version of a release that is whole."""
    return str(releases.verify(folder)["program"]["version"])


def beside(folder: Path) -> list[str]:
    """What stands beside a release, the lock apart."""
    lock = f".{folder.name}.lock"
    return sorted(
        path.name for path in folder.parent.iterdir() if path.name not in {folder.name, lock}
    )


def no_exchange(_one: Path, _other: Path) -> None:
    raise exchange.ExchangeUnsupportedError(errno.ENOSYS, "not here")


def killer(real: Callable[..., object], at: int) -> Callable[..., object]:
    """``real``, until its call number ``at`` (from 1), which never happens."""
    calls = 0

    def call(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls >= at:
            raise Killed
        return real(*arguments, **named)

    return call


def die_while_publishing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Publish with the tidying up switched off once dead; whether it died."""
    try:
        releases.publish(new(), folder)
    except Killed:
        return True
    finally:
        monkeypatch.undo()
    return False


def test_the_new_release_takes_the_place_of_the_old(old: Path) -> None:
    told: list[tuple[str, int, int]] = []
    releases.publish(new(), old, lambda *one: told.append(one))
    assert version(old) == "new"
    assert beside(old) == []
    filings = sorted(new().filing_quads, key=str)
    of_filings = [(f"publish {one}", at, len(filings)) for at, one in enumerate(filings)]
    assert told[: len(filings)] == of_filings
    assert {total for _, _, total in told} == {len(filings)}


def test_the_same_release_is_left_alone(old: Path) -> None:
    before = (old / "MANIFEST.json").stat()
    releases.publish(replace(sample(), program_version="old"), old)
    assert (old / "MANIFEST.json").stat().st_ino == before.st_ino


def test_a_damaged_release_is_replaced_by_the_same_one_whole(old: Path) -> None:
    (old / "shared.ttl").unlink()
    releases.publish(replace(sample(), program_version="old"), old)
    assert version(old) == "old"


def test_two_renames_where_names_cannot_be_exchanged(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switch, "exchange", no_exchange)
    releases.publish(new(), old)
    assert version(old) == "new"
    assert beside(old) == []


@pytest.mark.parametrize("step", sorted(REAL))
@pytest.mark.parametrize("names_can_be_exchanged", [True, False])
def test_killed_at_any_step(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, names_can_be_exchanged: bool
) -> None:
    deaths = 0
    for at in range(1, 100):
        if not names_can_be_exchanged:
            monkeypatch.setattr(switch, "exchange", no_exchange)
        fatal = killer(REAL[step], at)
        monkeypatch.setattr(step, fatal)
        if step != "shutil.rmtree":
            monkeypatch.setattr("shutil.rmtree", lambda *_arguments, **_named: None)
        died = die_while_publishing(old, monkeypatch)
        switch.recover(old)
        assert version(old) in {"old", "new"}
        assert beside(old) == []
        deaths += died
        if not died:
            break
        releases.publish(replace(sample(), program_version="old"), old)
    assert deaths > 0 or (step == "os.rename" and names_can_be_exchanged)
    assert version(old) == "new"


def test_only_one_publisher_at_a_time(old: Path) -> None:
    with old.with_name(".published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(releases.PublisherBusyError, match="another fiscograph"):
            releases.publish(new(), old)
    assert version(old) == "old"
    releases.publish(new(), old)


def test_leftovers_of_the_dead_are_swept(old: Path) -> None:
    (old.parent / "published.tmp-1").mkdir()
    (old.parent / "published.old-1/filings").mkdir(parents=True)
    releases.publish(new(), old)
    assert beside(old) == []


@pytest.mark.parametrize("holds", ["notes.txt", "tables/x.csv"])
def test_a_folder_that_is_no_release_is_not_replaced(tmp_path: Path, holds: str) -> None:
    (tmp_path / "mine" / holds).parent.mkdir(parents=True)
    (tmp_path / "mine" / holds).write_text("precious")
    with pytest.raises(releases.NotAReleaseError):
        releases.publish(new(), tmp_path / "mine")
    assert (tmp_path / "mine" / holds).read_text() == "precious"


@pytest.mark.parametrize("holds", ["notes.txt", "tables/mine.csv"])
def test_nobody_elses_file_goes_with_an_old_release(old: Path, holds: str) -> None:
    (old / holds).write_text("precious")
    with pytest.raises(releases.ForeignFilesError, match=holds):
        releases.publish(new(), old)
    assert (old / holds).read_text() == "precious"


@pytest.mark.parametrize("manifest", ["", "{}", "[]", '{"program": {"name": "other"}}'])
def test_a_folder_with_another_programs_manifest_is_not_replaced(
    tmp_path: Path, manifest: str
) -> None:
    (tmp_path / "MANIFEST.json").write_text(manifest)
    (tmp_path / "precious").write_text("precious")
    with pytest.raises(releases.ManifestError, match=r"MANIFEST\.json"):
        releases.publish(new(), tmp_path)
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_full_disk_leaves_the_old_release(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        releases.publish(new(), old)
    assert version(old) == "old"
    assert beside(old) == []


def test_a_reader_keeps_the_release_it_has_open(old: Path) -> None:
    with (old / "shared.ttl").open("rb") as file:
        releases.publish(new(), old)
        assert file.read()
