"""Writes a dump to a file or to stdout, or the tables in another format."""

from __future__ import annotations

import sys
from pathlib import Path

from fiscograph import release
from fiscograph.errors import UsageError
from fiscograph.release.tables import parquet, workbook
from fiscograph.terminal.console import messages
from fiscograph.terminal.whole import whole

_NQUADS, _NONE = "nquads", "none"
_PARQUET, _WORKBOOK = "parquet", "xlsx"


def write(folder: Path, form: str | None, out: Path | None, compress: str | None) -> None:
    """Write the dump; a file appears under its name only when it is whole.

    Args:
        folder: the release.
        form: the format; without one it is what the file's name says, else N-Quads.
        out: the file, stdout without one.
        compress: ``gz`` or ``xz``; without it what the file's name says, else nothing.

    Raises:
        UsageError: a format is not known, or does not go there.
        ReleaseError: the folder holds no release, or a damaged one.
    """
    if out is not None and not out.parent.is_dir():
        raise UsageError(f"--out {out}: there is no folder {out.parent}")
    chosen = form or _form_of(out)
    if chosen in {_PARQUET, _WORKBOOK}:
        _write_tables(folder, chosen, out, compress)
        return
    if chosen not in release.DUMPS:
        known = ", ".join((*release.DUMPS, _PARQUET, _WORKBOOK))
        raise UsageError(f"--format {chosen}: expected one of {known}")
    how = compress or _compression_of(out)
    if how not in release.COMPRESSIONS:
        raise UsageError(f"--compress {how}: expected one of {', '.join(release.COMPRESSIONS)}")
    if out is not None and out.is_dir():
        raise UsageError(f"--out {out}: it is a folder, and one file is written")
    dump, packed = release.DUMPS[chosen], release.COMPRESSIONS[how]
    if out is None:
        with packed(sys.stdout.buffer) as file:
            release.dump(folder, dump, file)
        return
    with whole(out) as beside:
        with beside.open("wb") as file, packed(file) as inner:
            release.dump(folder, dump, inner)
        size = beside.stat().st_size
    messages().print(f"{out}: {size:,} 字节 / bytes, {dump.media_type}")


def _write_tables(folder: Path, form: str, out: Path | None, compress: str | None) -> None:
    if out is None:
        raise UsageError(f"--format {form}: --out is needed")
    if compress not in {None, _NONE}:
        raise UsageError(f"--format {form}: it is compressed by itself, leave --compress out")
    release.verify(folder)
    if form == _WORKBOOK:
        with whole(out) as beside:
            workbook.write(folder, beside)
        messages().print(f"{out}: {out.stat().st_size:,} 字节 / bytes")
        return
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"--out {out}: for parquet, a folder that is new or empty")
    with whole(out) as beside:
        beside.mkdir()
        base = str(release.read_manifest(folder)["base"])
        written = list(parquet.write(folder, beside, base))
    messages().print(f"{out}: {len(written)} 个文件 / files")


def _form_of(out: Path | None) -> str:
    """The format that a file's name says, a compression left away."""
    suffixes = [suffix for suffix in out.suffixes if suffix[1:] not in _packed()] if out else []
    last = suffixes[-1] if suffixes else ""
    if last in {".parquet", ".xlsx"}:
        return last[1:]
    dump = release.of_suffix(last)
    return dump.name if dump else _NQUADS


def _compression_of(out: Path | None) -> str:
    last = out.suffix[1:] if out else ""
    return last if last in _packed() else _NONE


def _packed() -> set[str]:
    return set(release.COMPRESSIONS) - {_NONE}
