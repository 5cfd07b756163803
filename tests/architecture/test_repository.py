"""What is committed runs anywhere: no path of one machine, no registry."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from tests.order import LONGEST

ROOT = Path(__file__).resolve().parents[2]
# Written in pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(
    r"(?<![\w.~/}>)-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me")) + r")/\w"
)
REGISTRY = re.compile("|".join(("index" + "-url", "find" + "-links", "trusted" + "-host")))
AS_DISCLOSED = ("filings/", "published/")
LOCKS = ("requirements/run.txt", "requirements/dev.txt")
NODE_LOCK = "requirements/node.txt"


def tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(name: str) -> str:
    return (ROOT / name).read_bytes().decode("utf-8", "replace")


def test_no_path_of_one_machine_and_no_registry() -> None:
    found = {
        f"{name}: {match[0]}"
        for name in tracked()
        if not name.startswith(AS_DISCLOSED)
        for pattern in (MACHINE_PATH, REGISTRY)
        if (match := pattern.search(text_of(name)))
    }
    assert not found


@pytest.mark.parametrize("name", [*LOCKS, NODE_LOCK])
def test_locks_name_packages_and_hashes_only(name: str) -> None:
    line = re.compile(
        r"[a-z0-9-]+==[\w.!+-]+(?: ; [\w.' <>=!()]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?"
    )
    assert not [text for text in text_of(name).splitlines() if not line.fullmatch(text)]


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_what_the_project_needs(name: str) -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    needs = [*project["project"]["dependencies"], *project["build-system"]["requires"], "editables"]
    if name == "requirements/dev.txt":
        needs += project["project"]["optional-dependencies"]["dev"]
    locked = {text.partition("==")[0] for text in text_of(name).splitlines()}
    wanted = {re.split(r"[<>=!~ ]", need)[0].lower() for need in needs}
    assert wanted <= locked


def test_both_locks_agree() -> None:
    run, dev = ({line for line in text_of(name).splitlines() if "==" in line} for name in LOCKS)
    assert run <= dev


def test_the_lock_of_the_scripts_names_versions_and_hashes_and_no_address() -> None:
    lock = json.loads(text_of("web/package-lock.json"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert all(one["version"] and one["integrity"].startswith("sha") for one in packages.values())


def test_what_is_built_is_not_committed() -> None:
    assert not [name for name in tracked() if "/built/" in name or "node_modules/" in name]


def test_the_files_that_begin_first_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []
