"""The page of ``fiscograph verify``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fiscograph.release import Trouble, read_manifest
from fiscograph.terminal.console import print_json, results


def show(folder: Path, troubles: Sequence[Trouble], *, deep: bool, as_json: bool) -> None:
    """Print each trouble of a release on a line of its own, or that there is none."""
    manifest = read_manifest(folder)
    if as_json:
        print_json(_document(manifest, troubles, deep=deep))
        return
    out = results()
    for one in troubles:
        out.print(f"{one.zh} / {one.en}", soft_wrap=True)
    if troubles:
        out.print(f"{len(troubles)} 处不符 / troubles: {folder}")
        return
    counts: Mapping[str, int] = manifest["counts"]
    out.print(f"相符 / verified: {len(manifest['files'])} 个文件 / files")
    if deep:
        out.print(f"图与转储相符 / graphs and dumps verified: {len(manifest['graphs'])}")
    out.print(f"标识 / identity: {manifest['identity']}")
    out.print("  ".join(f"{name} {number:,}" for name, number in counts.items()))


def _document(
    manifest: Mapping[str, Any], troubles: Sequence[Trouble], *, deep: bool
) -> dict[str, object]:
    return {
        "verified": not troubles,
        "deep": deep,
        "identity": manifest.get("identity"),
        "counts": dict(manifest.get("counts", {})),
        "troubles": [
            {
                "flaw": one.flaw.name.lower(),
                "subject": one.subject,
                "expected": one.expected or None,
                "found": one.found or None,
                "zh": one.zh,
                "en": one.en,
            }
            for one in troubles
        ],
    }
