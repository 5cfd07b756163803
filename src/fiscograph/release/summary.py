"""What a build did, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fiscograph.budget import Bin, Placement
from fiscograph.release.contents import Failure, Release
from fiscograph.release.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSummary:
    """``placements``, ``checks`` and ``bins`` count by the values of their enums; ``derived_ids``
    are ids that no declaration gave; ``encodings`` names the files that are not UTF-8;
    ``peak_memory`` is in bytes, ``seconds`` wall time.
    """

    filings: int
    placements: Mapping[str, int]
    projects: int
    indicators: int
    citations: int
    policies: int
    checks: Mapping[str, int]
    findings: int
    bins: Mapping[str, int]
    triples: int
    seconds: float
    peak_memory: int
    derived_ids: tuple[str, ...]
    encodings: tuple[str, ...]
    failures: tuple[Failure, ...]
    out: Path

    @property
    def unread(self) -> int:
        return self.bins.get(Bin.UNREAD.value, 0)


def summarize(
    release: Release, manifest: Manifest, out: Path, *, seconds: float, peak_memory: int
) -> BuildSummary:
    """Count what a release holds; ``manifest`` is that of the release as it was written."""
    facts = release.sorted_facts
    placements = Counter(a.placement.value for one in facts for a in one.printed_amounts)
    return BuildSummary(
        filings=len(facts),
        placements={p.value: placements.get(p.value, 0) for p in Placement},
        projects=sum(len(one.projects) for one in facts),
        indicators=sum(len(one.indicators) for one in facts),
        citations=sum(len(one.citations) for one in facts),
        policies=len(release.shared.policies),
        checks=dict(sorted(Counter(c.outcome.value for f in facts for c in f.checks).items())),
        findings=sum(len(one.findings) for one in facts),
        bins=dict(sorted(Counter(row.bin.value for f in facts for row in f.ledger).items())),
        triples=manifest.counts["triples"],
        seconds=seconds,
        peak_memory=peak_memory,
        derived_ids=tuple(str(f.filing.id) for f in facts if not f.filing.id_declared),
        encodings=tuple(
            f"{source.name}: {source.encoding}"
            for one in facts
            for source in one.filing.sources
            if source.encoding != "UTF-8"
        ),
        failures=release.failures,
        out=out,
    )
