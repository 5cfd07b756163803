"""The release of all filings, built once for all tests that ask the whole graph."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from fiscograph.pipeline import build
from fiscograph.settings import Settings

FILINGS = Path(__file__).resolve().parents[1] / "filings"


def published(folder: Path) -> Path:
    """A release of the repository's filings below a folder, made where it is not there yet."""
    out = folder / "published"
    if not out.is_dir():
        build(FILINGS, out, Settings.default(folder))
    return out


def dumps(release: Path, suffix: str) -> list[Path]:
    """The dumps of one format that together hold every graph."""
    return [*release.glob(f"shared{suffix}"), *sorted((release / "filings").glob(f"*{suffix}"))]


def loaded(release: Path, form: RdfFormat = RdfFormat.TURTLE) -> Store:
    """The dumps of a release, merged into one graph."""
    store = Store()
    for path in dumps(release, f".{form.file_extension}"):
        store.load(path=str(path), format=form)
    return store
