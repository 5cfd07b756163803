"""The page of ``fiscograph verify``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fiscograph.terminal.console import print_json, results


def show(manifest: Mapping[str, Any], *, as_json: bool) -> None:
    """Print what the verified manifest says of the release."""
    counts: Mapping[str, int] = manifest["counts"]
    if as_json:
        print_json({"identity": manifest["identity"], "counts": dict(counts)})
        return
    out = results()
    out.print(f"相符 / verified: {len(manifest['files'])} 个文件 / files")
    out.print(f"标识 / identity: {manifest['identity']}")
    out.print("  ".join(f"{name} {number:,}" for name, number in counts.items()))
