"""A small release on disk: one filing with its source file, and everything that it shares.

Its graph is what the mapping makes of ``tests/mapping/builder.py``; only the hash of the source is
that of a file that is really there, so that the pages can show it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad
from tests.mapping.builder import FILING, IDS, SHA, filing_facts, shared_facts

from fiscograph import resources
from fiscograph.budget import FilingFacts, SharedFacts
from fiscograph.mapping import map_filing, map_shared
from fiscograph.release import FileEntry, Manifest, graphs
from fiscograph.release.manifest import FILE_NAME, identity
from fiscograph.release.text import GraphText, Style

BASE = IDS.base
FILING_PATH = f"filing/{FILING}"
PROJECT_PATH = f"{FILING_PATH}/project/50015223T000003175737"
POLICY_PATH = "policy/渝财社/2022/155"
UNIT_PATH = "organization/500152/426003"
NUMBER = "渝财社〔2022〕155号"
_AMOUNT_LINE = 12
_CONTACT_LINE = 42


def source_text() -> str:
    """The source file: the amount of line 12 and the contact of line 42 stand where the graph and
    the ledger say.
    """
    lines = [f"第 {number} 行" for number in range(1, 61)]
    lines[_AMOUNT_LINE - 1] = "2080799 其他就业补助支出".ljust(29) + "4,144.00"
    lines[_CONTACT_LINE - 1] = "联系人：张某某  联系方式：023-12345678"
    return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallRelease:
    """``published`` is the release, ``filings`` the folder of the source; ``key`` the first 16
    digits of its hash.
    """

    published: Path
    filings: Path
    key: str

    @property
    def amount_path(self) -> str:
        return f"source/{self.key}/at/L12C30"


def write(
    folder: Path, facts: FilingFacts | None = None, shared: SharedFacts | None = None
) -> SmallRelease:
    """Write the release and its source below a folder; other facts of the same filing may stand
    in for the builder's.
    """
    filings = folder / "filings"
    filings.mkdir(parents=True)
    content = source_text().encode()
    (filings / "500152-426-2023.txt").write_bytes(content)
    sha = hashlib.sha256(content).hexdigest()
    published = folder / "published"
    style = Style.of(BASE)
    filing = map_filing(facts or filing_facts(), IDS, program_version="0.0.0")
    _write(published / "filings" / f"{FILING}.ttl", _with_hash(filing, sha), style)
    _write(published / "shared.ttl", map_shared(shared or shared_facts(), IDS), style)
    context = resources.ontology() / "context.jsonld"
    (published / "context.jsonld").write_bytes(context.read_bytes())
    (published / "tables").mkdir()
    (published / "tables" / "ledger.csv").write_text(_ledger(sha[:16]), encoding="utf-8")
    _list(published)
    return SmallRelease(published=published, filings=filings, key=sha[:16])


def _list(published: Path) -> None:
    """Write the manifest of what stands in the folder."""
    files = tuple(
        FileEntry(
            path=path.relative_to(published).as_posix(),
            media_type="application/octet-stream",
            size=path.stat().st_size,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(published.rglob("*"))
        if path.is_file()
    )
    manifest = Manifest(
        program_version="0.0.0",
        base=BASE,
        identity=identity(files),
        inputs=(),
        files=files,
        graphs=(),
        dumps=(),
        counts={},
        failures=(),
    )
    (published / FILE_NAME).write_bytes(manifest.to_json())


def _write(path: Path, quads: Iterable[Quad], style: Style) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sections = [GraphText(graph=graph, style=style).turtle for graph in graphs.sort(quads)]
    path.write_bytes(style.header + b"".join(sections))


def _with_hash(quads: Iterable[Quad], sha: str) -> Iterable[Quad]:
    for quad in quads:
        value = quad.object
        if isinstance(value, NamedNode):
            value = NamedNode(value.value.replace(SHA[:16], sha[:16]))
        elif isinstance(value, Literal) and value.value == SHA:
            value = Literal(sha)
        subject = quad.subject
        if isinstance(subject, NamedNode):
            subject = NamedNode(subject.value.replace(SHA[:16], sha[:16]))
        yield Quad(subject, quad.predicate, value, quad.graph_name)


def _ledger(key: str) -> str:
    contact = source_text().splitlines()[_CONTACT_LINE - 1].index("023") + 1
    return (
        "filing,source,line,start,end,token,printed,bin\n"
        f"{FILING_PATH},source/{key},12,1,7,source/{key}/at/L12C1,2080799,label\n"
        f'{FILING_PATH},source/{key},12,30,37,source/{key}/at/L12C30,"4,144.00",printed-amount\n'
        f"{FILING_PATH},source/{key},42,{contact},{contact + 2},source/{key}/at/L42,,contact\n"
        f"{FILING_PATH},source/{key},42,{contact + 4},{contact + 11},source/{key}/at/L42,,contact\n"
    )
