"""The street from end to end: same filings in, same release out, or the old one stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.golden.disclosed import NAMES, QIJIANG, QIJIANG_DATA, TONGCHUAN, text_of
from tests.pipeline.builds import built, digests, folder_with

from fiscograph import release
from fiscograph.errors import FilingError, UsageError
from fiscograph.pipeline import read_filing, show

SMALL = (QIJIANG_DATA, TONGCHUAN, QIJIANG)
CUT = 57  # In the middle of the functional table of the smallest filing.
CUT_OTHER = 366  # In the middle of the economic table of another.


def cut_short(folder: Path, name: str, line: int) -> None:
    lines = text_of(name).split("\n")
    (folder / f"filings/{name}.txt").write_text("\n".join(lines[:line]), "utf-8")


def test_the_same_bytes_in_another_folder_on_another_day_in_another_zone(tmp_path: Path) -> None:
    """Nor do the order of files, the seed of hashes, the locale, the times of the files or the
    number of processes leave a trace.
    """
    seen = []
    for seed, order, zone, days, processes in (
        ("1", SMALL, "UTC", 0, 1),
        ("4242", SMALL[::-1], "Asia/Shanghai", 400, 3),
    ):
        folder = folder_with(tmp_path / f"folder {seed}", order)
        for number, path in enumerate(sorted(folder.rglob("*.txt"))):
            os.utime(path, (days * 86_400 + number, days * 86_400 + number))
        given = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C" if days else "C.UTF-8"}
        subprocess.run(
            [sys.executable, "-m", "tests.pipeline.builds", str(folder), str(days), str(processes)],
            env={**os.environ, **given},
            cwd=Path(__file__).resolve().parents[2],
            check=True,
        )
        assert release.verify(folder / "published")["counts"]["filings"] == len(SMALL)
        seen.append(digests(folder))
    assert seen[0] == seen[1]
    assert sum(path.endswith(".html") for path in seen[0]) == len(SMALL)


def test_a_broken_filing_leaves_the_old_release_as_it_was(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, [QIJIANG_DATA])
    assert built(folder).filings == 1
    before = digests(folder)
    assert built(folder).filings == 1
    assert digests(folder) == before
    cut_short(folder, QIJIANG_DATA, CUT)
    with pytest.raises(FilingError) as caught:
        built(folder)
    assert (caught.value.file, caught.value.line) == (f"{QIJIANG_DATA}.txt", CUT)
    assert digests(folder) == before


def test_keeping_going_publishes_the_others_and_records_the_failure(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, [QIJIANG_DATA, TONGCHUAN])
    cut_short(folder, TONGCHUAN, CUT_OTHER)
    summary = built(folder, keep_going=True)
    assert summary.filings == 1
    (failure,) = summary.failures
    assert (failure.file, failure.line) == (f"{TONGCHUAN}.txt", CUT_OTHER)
    (recorded,) = release.verify(folder / "published")["failures"]
    assert recorded["file"] == f"{TONGCHUAN}.txt"
    assert recorded["reason"] == failure.reason


def test_two_filings_of_one_id_are_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, [QIJIANG_DATA])
    (folder / "filings/zz.txt").write_text(text_of(QIJIANG_DATA), "utf-8")
    with pytest.raises(FilingError, match="same id") as caught:
        built(folder)
    assert caught.value.file == "zz.txt"


def test_a_folder_without_filings_is_wrong_use(tmp_path: Path) -> None:
    for folder in (tmp_path / "nothing", folder_with(tmp_path / "empty", [])):
        with pytest.raises(UsageError):
            built(folder)
        assert not (folder / "published").exists()


def test_an_undeclared_filing_gets_the_id_that_is_declared_elsewhere(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, [QIJIANG_DATA])
    (folder / f"filings/{QIJIANG_DATA}.toml").unlink()
    assert built(folder).derived_ids == ("500110-212006-2023-unit-budget",)


@pytest.mark.parametrize("name", NAMES)
def test_each_filing_says_the_id_that_is_declared_beside_it(name: str, tmp_path: Path) -> None:
    alone = tmp_path / f"{name}.txt"
    alone.write_text(text_of(name), "utf-8")
    filing = read_filing(alone).filing
    declared = (folder_with(tmp_path, [name]) / f"filings/{name}.toml").read_text("utf-8")
    assert f'id = "{filing.id}"' in declared
    assert not filing.id_declared


def test_a_table_is_shown_by_its_number() -> None:
    path = folder_path(QIJIANG)
    every = show(path)
    assert [view.number for view in every] == list(range(1, len(every) + 1))
    assert [view.line for view in every] == sorted(view.line for view in every)
    assert show(path, 2) == [every[1]]
    for number in (0, len(every) + 1):
        with pytest.raises(UsageError, match=f"no table {number}"):
            show(path, number)


def folder_path(name: str) -> Path:
    return Path(__file__).resolve().parents[2] / f"filings/{name}.txt"
