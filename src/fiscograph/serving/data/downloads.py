"""The release's own files and its dumps, and nothing else of the machine."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from fiscograph.release import DUMPS, Dump, ManifestError, dump
from fiscograph.release.context import Context
from fiscograph.vocabulary.jsonld_context import FILE_NAME, VERSION_KEY

_MEDIA_TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".trig": "application/trig",
    ".html": "text/html; charset=utf-8",
}
# CSV on the Web has a media type of its own (W3C Metadata Vocabulary for Tabular Data, IANA).
_BY_NAME = {"csv-metadata.json": "application/csvm+json"}
_NO_FILE = "the release has no such file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """What can be had of one release. A dump of the whole graph is made when it is first asked
    for, once, into ``made``: one at a time, for it reads the whole release.
    """

    release: Path
    made: Path
    _lock: Lock = field(default_factory=Lock)

    def answer(self, path: str) -> FileResponse:
        """A file of the release by its path below the release's folder, or a dump by its name.

        Raises:
            HTTPException: 404 where there is no such file, or it would lie outside.
        """
        for one in DUMPS.values():
            if path == one.file_name:
                return _response(self._dumped(one))
        try:
            file = (self.release / path).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            file = None
        if file is None or not file.is_relative_to(self.release.resolve()) or not file.is_file():
            raise HTTPException(404, _NO_FILE)
        return _response(file)

    def context(self, context: Context, version: str) -> FileResponse:
        """The JSON-LD context under its version, or under its major version alone.

        Raises:
            HTTPException: 404 where the release was written with another version.
        """
        known = context.remarks.get(VERSION_KEY, "")
        if version not in {known, known.partition(".")[0]}:
            raise HTTPException(404, f"the context of this release is version {known}")
        return self.answer(FILE_NAME)

    def _dumped(self, one: Dump) -> Path:
        """The file of a dump: complete, or not there."""
        target = self.made / one.file_name
        with self._lock:
            if not target.is_file():
                self.made.mkdir(parents=True, exist_ok=True)
                beside = target.with_name(f".tmp-{os.getpid()}-{target.name}")
                try:
                    with beside.open("wb") as out:
                        dump(self.release, one, out)
                    beside.replace(target)
                except ManifestError as error:
                    raise HTTPException(404, _NO_FILE) from error
                finally:
                    beside.unlink(missing_ok=True)
        return target


def _response(file: Path) -> FileResponse:
    known = _MEDIA_TYPES.get(file.suffix, "application/octet-stream")
    return FileResponse(file, media_type=_BY_NAME.get(file.name, known), filename=file.name)
