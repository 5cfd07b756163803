"""The commands that read filings, on the smallest one."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from fiscograph import cli, release

NAME = "500110-212006-2023"


@pytest.fixture
def here(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one filing in ``filings/``, declared, and nothing else."""
    (tmp_path / "filings").mkdir()
    for kind in ("txt", "toml"):
        shutil.copy(root / f"filings/{NAME}.{kind}", tmp_path / "filings")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_build_says_what_it_did(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--json"]) == 0
    out, err = capfd.readouterr()
    summary = json.loads(out)
    assert summary["filings"] == 1
    assert summary["triples"] == release.verify(here / "published")["counts"]["triples"]
    assert err == ""
    assert cli.run(["build"]) == 0
    out, _ = capfd.readouterr()
    for word in ("filings", "printed amounts", "projects", "indicators", "citations"):
        assert word in out
    for word in ("policy documents", "checks", "findings", "unread", "triples", "秒", "MB"):
        assert word in out


def test_a_filing_without_declaration_is_built_and_reported(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / f"filings/{NAME}.toml").unlink()
    assert cli.run(["build"]) == 0
    assert "id derived from the filing: 500110-212006-2023-unit-budget" in capfd.readouterr().err


def test_a_broken_filing_is_named_and_stops_the_release(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["build", "--json"]) == 0
    before = (here / "published/MANIFEST.json").read_bytes()
    capfd.readouterr()
    broken = {"binary": bytes(range(256)) * 9, "empty": b"", "no-table": "无表".encode()}
    for name, data in broken.items():
        path = here / f"filings/{name}.txt"
        path.write_bytes(data)
        assert cli.run(["build"]) == 2
        out, err = capfd.readouterr()
        assert out == ""
        assert path.name in err
        assert err.count("\n") == 1
        assert (here / "published/MANIFEST.json").read_bytes() == before
        path.unlink()

    for name, data in broken.items():
        (here / f"filings/{name}.txt").write_bytes(data)
    assert cli.run(["build", "--keep-going"]) == 1
    told = capfd.readouterr().err
    assert all(f"{name}.txt" in told for name in broken)
    manifest = release.verify(here / "published")
    assert [one["file"] for one in manifest["failures"]] == [f"{name}.txt" for name in broken]
    assert manifest["counts"]["filings"] == 1


def test_every_broken_filing_is_named(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "filings/absent.txt").symlink_to(here / "nowhere")
    (here / "filings/empty.txt").write_bytes(b"")
    (here / "filings/folder.txt").mkdir()
    os.mkfifo(here / "filings/pipe.txt")
    broken = ["absent.txt", "empty.txt", "folder.txt", "pipe.txt"]
    assert cli.run(["build"]) == 2
    lines = capfd.readouterr().err.splitlines()
    assert [one for one, line in zip(broken, lines, strict=True) if one in line] == broken
    assert cli.run(["build", "--keep-going"]) == 1
    failures = release.verify(here / "published")["failures"]
    assert [one["file"] for one in failures] == broken


@pytest.mark.parametrize("twin", ["copy.txt", "1.txt"])
def test_of_two_files_with_one_id_the_declared_one_is_published(
    here: Path, capfd: pytest.CaptureFixture[str], twin: str
) -> None:
    shutil.copy(here / f"filings/{NAME}.txt", here / f"filings/{twin}")
    (here / f"filings/{NAME}.toml").write_text('id = "500110-212006-2023-unit-budget"\n')
    assert cli.run(["build"]) == 2
    assert f"{twin}: it has the same id as {NAME}.txt" in capfd.readouterr().err
    assert cli.run(["build", "--keep-going"]) == 1
    manifest = release.verify(here / "published")
    assert [one["file"] for one in manifest["failures"]] == [twin]
    assert manifest["counts"]["filings"] == 1


def test_check_fails_only_when_asked_to(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    filing = str(here / f"filings/{NAME}.txt")
    assert cli.run(["check", filing, "--json"]) == 0
    (found,) = json.loads(capfd.readouterr().out)
    assert found["totals_cny"]["expenditure-by-function"] == "712100"
    clean = not found["unread"] and not found["findings"]
    assert cli.run(["check", filing, "--strict"]) == (0 if clean else 1)


def test_show_prints_cells_with_placements(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    filing = str(here / f"filings/{NAME}.txt")
    assert cli.run(["show", filing, "--json"]) == 0
    tables = json.loads(capfd.readouterr().out)
    assert [table["number"] for table in tables] == list(range(1, len(tables) + 1))
    assert cli.run(["show", filing, "--table", "2"]) == 0
    out = capfd.readouterr().out
    assert tables[1]["title"] in out
    assert tables[1]["rows"][0]["cells"][0]["text"] in out
    assert cli.run(["show", filing, "--table", "999"]) == 2
    assert "there is no table 999" in capfd.readouterr().err
