"""A release is what its manifest says, or each trouble is told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad
from tests.release.sample import BASE, IDS, filing_id, sample

from fiscograph import release as releases
from fiscograph.release import graphs
from fiscograph.release.text import GraphText, Style
from fiscograph.release.verification import Flaw, Trouble

TURTLE = f"filings/{filing_id('426')}.ttl"
GRAPH = IDS.filing_graph(filing_id("426"))
TABLE = "tables/funding.csv"


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    releases.write(sample(), tmp_path / "release")
    return tmp_path / "release"


def manifest(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "MANIFEST.json").read_text("utf-8"))
    return document


def put(folder: Path, document: dict[str, Any]) -> None:
    (folder / "MANIFEST.json").write_text(json.dumps(document), "utf-8")


def forge(folder: Path, path: str, edit: Callable[[bytes], bytes]) -> None:
    """Change a file and make the manifest agree, as one who wants to deceive would."""
    data = edit((folder / path).read_bytes())
    (folder / path).write_bytes(data)
    document = manifest(folder)
    (entry,) = (one for one in document["files"] if one["path"] == path)
    entry["size"], entry["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    lines = sorted(document["files"], key=lambda one: str(one["path"]))
    told = "".join(f"{one['sha256']}  {one['path']}\n" for one in lines)
    document["identity"] = hashlib.sha256(told.encode()).hexdigest()
    put(folder, document)


def told(folder: Path, *, deep: bool = False) -> list[tuple[Flaw, str]]:
    return [(one.flaw, one.subject) for one in releases.examine(folder, deep=deep)]


def test_a_release_as_it_was_written_has_no_trouble_at_any_depth(whole: Path) -> None:
    assert told(whole, deep=True) == []


def test_every_trouble_is_told_each_with_its_file(whole: Path) -> None:
    (whole / TABLE).unlink()
    (whole / "tables/more.csv").write_text("x")
    (whole / "tables/link.csv").symlink_to("more.csv")
    data = (whole / TURTLE).read_bytes()
    (whole / TURTLE).write_bytes(data[:-1] + b"\t")
    (whole / "shared.ttl").write_bytes(b"")
    assert told(whole) == [
        (Flaw.ALTERED, TURTLE),
        (Flaw.SIZE, "shared.ttl"),
        (Flaw.ALTERED, "shared.ttl"),
        (Flaw.MISSING, TABLE),
        (Flaw.EXTRA, "tables/link.csv"),
        (Flaw.EXTRA, "tables/more.csv"),
    ]
    with pytest.raises(releases.ManifestError) as caught:
        releases.verify(whole)
    assert len(caught.value.problems) == 6


def test_an_identity_that_does_not_follow_is_told(whole: Path) -> None:
    put(whole, {**manifest(whole), "identity": "0" * 64})
    assert told(whole) == [(Flaw.IDENTITY, "MANIFEST.json")]


def test_counts_that_are_not_those_of_the_files_are_told(whole: Path) -> None:
    document = manifest(whole)
    (entry,) = (one for one in document["files"] if one["path"] == TABLE)
    entry["rows"] += 1
    document["counts"] |= {"filings": 3, "triples": 1, "checks": 99, "dragons": 1}
    put(whole, document)
    assert told(whole) == [
        (Flaw.COUNT, TABLE),
        (Flaw.COUNT, "counts.checks"),
        (Flaw.COUNT, "counts.dragons"),
        (Flaw.COUNT, "counts.filings"),
        (Flaw.COUNT, "counts.triples"),
    ]


def test_a_forged_graph_is_found_by_its_own_hash(whole: Path) -> None:
    forge(whole, TURTLE, lambda data: data.replace(b"012", b"013", 1))
    assert told(whole) == []
    beside = TURTLE.replace(".ttl", ".jsonld")
    dumps = [(Flaw.DUMP, dump.file_name) for dump in releases.DUMPS.values()]
    found = told(whole, deep=True)
    assert found[:2] == [(Flaw.GRAPH, GRAPH), (Flaw.GRAPH, beside)]
    assert set(found[2:]) == set(dumps)


def test_json_ld_that_says_something_else_than_turtle_is_found(whole: Path) -> None:
    path = TURTLE.replace(".ttl", ".jsonld")
    forge(whole, path, lambda data: data.replace(b"012", b"013", 1))
    assert told(whole, deep=True) == [(Flaw.GRAPH, path)]


@pytest.mark.parametrize(
    "entry", [{}, {"path": "../out", "media_type": "", "size": 1, "sha256": ""}, 7]
)
def test_a_manifest_that_is_none_is_refused(whole: Path, entry: object) -> None:
    put(whole, {**manifest(whole), "files": [entry]})
    with pytest.raises(releases.ManifestError, match=r"MANIFEST\.json"):
        releases.examine(whole)


def test_a_trouble_speaks_both_languages() -> None:
    one = Trouble(flaw=Flaw.COUNT, subject="a.csv", expected="2", found="3")
    assert one.zh == "a.csv 数目不符：清单为 2，实为 3"
    assert one.en == "a.csv has another count: 2 in the manifest, 3 found"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)


@given(st.lists(st.tuples(st.sampled_from("ab"), TEXTS, st.booleans()), max_size=6))
@settings(max_examples=60)
def test_the_hash_of_a_graph_is_that_of_rdfc_1_0(said: list[tuple[str, str, bool]]) -> None:
    graph = NamedNode(f"{BASE}graph/x")
    quads = [
        Quad(
            NamedNode(f"{BASE}{subject}"),
            NamedNode(f"{BASE}p"),
            Literal(text, language="zh") if tagged else Literal(text),
            graph,
        )
        for subject, text, tagged in said
    ]
    if not quads:
        return
    (sorted_graph,) = graphs.sort(quads)
    ours = GraphText(graph=sorted_graph, style=Style.of(BASE)).canonical_hash
    dataset = Dataset(Quad(*triple) for triple in sorted_graph.triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    assert ours == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_hash_of_a_graph_is_that_of_another_implementation(whole: Path) -> None:
    document = json.loads((whole / TURTLE.replace(".ttl", ".jsonld")).read_text("utf-8"))
    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    text = jsonld.normalize(document, options)
    (entry,) = (one for one in manifest(whole)["graphs"] if one["iri"] == GRAPH)
    assert entry["rdfc10_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert entry["triples"] == text.count("\n")
