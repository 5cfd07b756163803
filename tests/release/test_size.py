"""What the committed release may weigh, and that its reports stand on their own."""

from __future__ import annotations

import json
import re
from pathlib import Path

LIMIT = 12_000_000
REPORT_LIMIT = 200_000
# What a page could fetch or run; an IRI that is only printed is neither.
OUTSIDE = re.compile(r"<script|<link|<img|<iframe|\bsrc=|href=\"(?!#)|url\(|@import")


def test_the_release_fits_into_the_repository(release: Path) -> None:
    sizes = {path: path.stat().st_size for path in release.rglob("*") if path.is_file()}
    assert 0 < sum(sizes.values()) < LIMIT


def test_every_filing_has_a_report_that_needs_nothing_else(release: Path) -> None:
    manifest = json.loads((release / "MANIFEST.json").read_text("utf-8"))
    listed = {one["path"]: one for one in manifest["files"]}
    filings = {path for path in listed if path.startswith("filings/") and path.endswith(".ttl")}
    assert len(filings) == manifest["counts"]["filings"]
    for path in filings:
        report = path.replace(".ttl", ".html")
        assert listed[report]["media_type"] == "text/html"
        text = (release / report).read_text("utf-8")
        assert not OUTSIDE.search(text)
        assert Path(path).stem in text
        assert len(text.encode()) < REPORT_LIMIT
