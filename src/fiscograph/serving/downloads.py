"""The release's own files, and nothing else of the machine."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from fiscograph.release.context import Context
from fiscograph.vocabulary.jsonld_context import FILE_NAME, VERSION_KEY

_MEDIA_TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
}


def download(release: Path, path: str) -> FileResponse:
    """A file of the release by its path below the release's folder.

    Raises:
        HTTPException: 404 where there is no such file, or it would lie outside.
    """
    try:
        file = (release / path).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        file = None
    if file is None or not file.is_relative_to(release.resolve()) or not file.is_file():
        raise HTTPException(404, "the release has no such file")
    return FileResponse(
        file,
        media_type=_MEDIA_TYPES.get(file.suffix, "application/octet-stream"),
        filename=file.name,
    )


def context_file(release: Path, context: Context, version: str) -> FileResponse:
    """The JSON-LD context under its version, or under its major version alone.

    Raises:
        HTTPException: 404 where the release was written with another version.
    """
    known = context.remarks.get(VERSION_KEY, "")
    if version not in {known, known.partition(".")[0]}:
        raise HTTPException(404, f"the context of this release is version {known}")
    return download(release, FILE_NAME)
