"""The five filings as they were disclosed, each read once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fiscograph.budget import FilingFacts
from fiscograph.forms import Grid, Sheet
from fiscograph.pipeline import Reading, read_filing, read_source

FILINGS = Path(__file__).resolve().parents[2] / "filings"
BEIBEI = "500109-401-2023"
QIJIANG = "500110-212002-2023"
QIJIANG_DATA = "500110-212006-2023"
TONGNAN = "500152-426-2023"
TONGCHUAN = "511702-189001-2023"
NAMES = (BEIBEI, QIJIANG, QIJIANG_DATA, TONGNAN, TONGCHUAN)


def path_of(name: str) -> Path:
    return FILINGS / f"{name}.txt"


@cache
def text_of(name: str) -> str:
    return path_of(name).read_text("utf-8")


@cache
def lines_of(name: str) -> tuple[str, ...]:
    return tuple(text_of(name).split("\n"))


@cache
def facts_of(name: str) -> FilingFacts:
    return read_filing(path_of(name))


@cache
def reading_of(name: str) -> Reading:
    return read_source(path_of(name))


def grids_of(name: str, form: str) -> list[Grid]:
    """The tables of one form, in reading order."""
    return [grid for grid in reading_of(name).layout.grids if grid.form.id == form]


def sheets_of(name: str, form: str = "project-targets") -> list[Sheet]:
    """The target sheets of one form, in reading order."""
    return [sheet for sheet in reading_of(name).layout.sheets if sheet.form.id == form]


def written(folder: Path, text: str, name: str = TONGNAN, *, declared: bool = True) -> Path:
    """A changed text of a filing in a folder, with the filing's own declaration beside it."""
    path = folder / f"{name}.txt"
    path.write_text(text, "utf-8", newline="")
    if declared:
        declaration = path_of(name).with_suffix(".toml")
        path.with_suffix(".toml").write_bytes(declaration.read_bytes())
    return path
