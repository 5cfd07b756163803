"""The scripts' own tests run where there is a Node and the packages of ``web/`` are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "web"
NODE = shutil.which("node")


def major() -> int:
    if NODE is None or not (WEB / "node_modules").is_dir():
        return 0
    done = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True)
    found = re.match(r"v(\d+)", done.stdout)
    return int(found[1]) if found else 0


@pytest.mark.skipif(major() < 18, reason="no Node of version 18, or make web was not run")
def test_the_data_of_the_picture_is_prepared_without_loss() -> None:
    assert NODE is not None
    files = sorted(str(path.relative_to(WEB)) for path in (WEB / "test").glob("*.test.mjs"))
    done = subprocess.run(
        [NODE, "--test", *files], cwd=WEB, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "# fail 0" in done.stdout


def test_scripts_speak_to_no_other_host() -> None:
    for path in sorted((WEB / "src").glob("*.ts")):
        addresses = set(re.findall(r"https?://[^\"'`\s]+", path.read_text("utf-8")))
        assert addresses <= {"http://www.w3.org/2000/svg"}, path.name
