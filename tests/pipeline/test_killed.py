"""A build that is killed, fills the disk or meets another one: the old release stays whole."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.release.sample import sample

from fiscograph import release as releases
from fiscograph.release import switch

ROOT = Path(__file__).resolve().parents[2]
# Publishes the new release and kills itself, as nothing can prevent, at its call number N that
# touches the disk.
PUBLISHER = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from tests.release.sample import sample
from fiscograph import release

target, at, left = Path(sys.argv[1]), int(sys.argv[2]), [0]

def watch(event, arguments):
    if event in {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "ctypes.call_function"}:
        if str(target.parent) not in repr(arguments) and event != "ctypes.call_function":
            return
        left[0] += 1
        if left[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)

made = replace(sample(), program_version="new")
sys.addaudithook(watch)
release.publish(made, target)
print(left[0])
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    releases.publish(replace(sample(), program_version="old"), tmp_path / "published")
    return tmp_path / "published"


def version(folder: Path) -> str:
    """The version of a release that is whole, at every depth."""
    assert releases.examine(folder) == ()
    return str(releases.verify(folder)["program"]["version"])


def publisher(folder: Path, at: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(folder), str(at)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    )


def died(process: subprocess.Popen[bytes]) -> tuple[bool, bytes]:
    out, _ = process.communicate(timeout=60)
    assert process.returncode in {0, -signal.SIGKILL}
    return process.returncode != 0, out


def test_killed_by_the_system_at_points_through_a_whole_publication(old: Path) -> None:
    killed, out = died(publisher(old, 0))
    assert not killed
    steps = int(out)
    assert steps > 50
    seen = set()
    for at in (steps // 2, steps - 8, steps - 1):
        releases.publish(replace(sample(), program_version="old"), old)
        assert died(publisher(old, at))[0]
        seen.add(version(old))
    assert seen == {"old", "new"}
    releases.publish(replace(sample(), program_version="next"), old)
    assert version(old) == "next"
    assert sorted(path.name for path in old.parent.iterdir()) == [".published.lock", "published"]


def test_of_two_builds_at_once_each_is_whole_or_refused(old: Path) -> None:
    both = [publisher(old, 0) for _ in range(2)]
    for process in both:
        process.communicate(timeout=60)
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 1])
    assert version(old) == "new"
    assert not list(old.parent.glob("published.tmp-*"))


def failing(real: Callable[..., object], at: int, seen: list[int]) -> Callable[..., object]:
    """``real``, whose call number ``at`` finds the disk full; ``seen`` counts the calls."""

    def call(*arguments: object, **named: object) -> object:
        seen[0] += 1
        if seen[0] == at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **named)

    return call


@pytest.mark.parametrize(
    ("owner", "name"),
    [(Path, "write_bytes"), (Path, "mkdir"), (os, "fsync"), (switch, "exchange")],
    ids=("write", "mkdir", "fsync", "exchange"),
)
def test_a_disk_that_is_full_at_any_step_leaves_the_old_release(
    old: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    real, failures = getattr(owner, name), 0
    # The syncs after the switch may fail: the new release is then in place, and whole.
    for at in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89):
        seen = [0]
        monkeypatch.setattr(owner, name, failing(real, at, seen))
        try:
            releases.publish(replace(sample(), program_version=f"new-{at}"), old)
        except OSError:
            failures += 1
        finally:
            monkeypatch.setattr(owner, name, real)
        assert version(old)
        assert not list(old.parent.glob("published.tmp-*"))
        if seen[0] < at:
            break
    assert failures > 0
    releases.publish(replace(sample(), program_version="next"), old)
    assert version(old) == "next"
