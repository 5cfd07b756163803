from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyld import jsonld
from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph
from tests.release.sample import BASE, IDS, filing_id, sample, shuffled

from fiscograph import release as releases

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "published"
    releases.publish(sample(), folder)
    return folder


def every_quad(published: Path) -> set[Quad]:
    """What was handed over, and the catalog, which the release makes of its own files."""
    made = sample()
    graph = NamedNode(IDS.catalog_graph)
    catalog = parse(path=published / "catalog.ttl", format=RdfFormat.TURTLE)
    described = {Quad(one.subject, one.predicate, one.object, graph) for one in catalog}
    return described.union(made.shared_quads, *made.filing_quads.values())


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_folder_holds_what_the_design_says(published: Path) -> None:
    tables = "filings printed_amounts allocations projects indicators policies citations funding"
    tables += " statements checks findings ledger organizations"
    names = {f"tables/{name}.csv" for name in tables.split()}
    names |= {
        f"filings/{filing_id(body)}.{kind}"
        for body in ("426", "401")
        for kind in ("ttl", "jsonld", "html")
    }
    frames = "filing indicator organization policy-document project"
    names |= {f"frames/{name}.jsonld" for name in frames.split()}
    names |= {"tables/datapackage.json", "tables/csv-metadata.json"}
    names |= {f"{name}.{kind}" for name in ("shared", "catalog") for kind in ("ttl", "jsonld")}
    assert set(contents(published)) == names | {"context.jsonld", "MANIFEST.json"}


def test_same_bytes_for_any_order_and_hash_seed(published: Path, tmp_path: Path) -> None:
    for seed in ("1", "4711"):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "tests.release.sample", str(out), seed],
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC-{seed[0]}"},
        )
        assert contents(out) == contents(published)


def test_shuffling_is_a_test_at_all() -> None:
    assert shuffled(sample(), 1).filing_quads != sample().filing_quads


def test_the_quads_come_back(published: Path) -> None:
    assert set(releases.quads(published)) == every_quad(published)


@pytest.mark.parametrize("body", ["426", "401"])
def test_turtle_and_jsonld_of_a_filing_say_the_same(
    published: Path, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rdflib.NORMALIZE_LITERALS", False)  # else rdflib rewrites "1"^^xsd:boolean
    filing = filing_id(body)
    expected = {quad.triple for quad in sample().filing_quads[filing]}
    turtle = published / f"filings/{filing}.ttl"
    assert {quad.triple for quad in parse(path=turtle, format=RdfFormat.TURTLE)} == expected
    document = json.loads((published / f"filings/{filing}.jsonld").read_text("utf-8"))
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert {quad.triple for quad in parse(lines, format=RdfFormat.N_QUADS)} == expected
    assert len(Graph().parse(turtle)) == len(expected) - 1  # it reads 012 as 12


def test_what_filings_share_is_there_as_json_ld_too(published: Path) -> None:
    document = json.loads((published / "shared.jsonld").read_text("utf-8"))
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    found = {quad.triple for quad in parse(lines, format=RdfFormat.N_QUADS)}
    assert found == {quad.triple for quad in sample().shared_quads}


def test_turtle_keeps_chinese_and_is_short(published: Path) -> None:
    text = (published / "shared.ttl").read_text("utf-8")
    assert text.startswith(f"@base <{BASE}> .\n")
    assert "<policy/渝财社/2022/155> dcterms:title" in text
    assert f"\n# graph <{IDS.policies_graph}>\n" in text
    assert "%" not in text
    filing = (published / f"filings/{filing_id('426')}.ttl").read_text("utf-8")
    assert " <https://example.org/y>" in filing
    assert "\\n <//资金" in filing
    source = "a" * 16
    assert f"@prefix at: <{BASE}source/{source}/at/> .\n" in filing
    assert f"<source/{source}" not in filing


def test_every_document_carries_our_context(published: Path) -> None:
    ours = json.loads((published / "context.jsonld").read_text("utf-8"))
    document = json.loads((published / f"filings/{filing_id('426')}.jsonld").read_text("utf-8"))
    assert document["@context"] == ours["@context"]
    assert document["contextVersion"] == ours["contextVersion"]


def test_every_thing_stands_with_its_whole_iri(published: Path) -> None:
    document = json.loads((published / f"filings/{filing_id('426')}.jsonld").read_text("utf-8"))
    named = {node["id"] for node in document["@graph"]} | {
        node["filing"] for node in document["@graph"] if "filing" in node
    }
    assert f"{BASE}filing/{filing_id('426')}" in named
    assert all(name.startswith(("https://", "http://")) for name in named)


@pytest.mark.parametrize("name", sorted(releases.DUMPS))
def test_dumps_hold_the_whole_graph_and_match_the_manifest(published: Path, name: str) -> None:
    out = io.BytesIO()
    releases.dump(published, releases.DUMPS[name], out)
    named = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
    merged = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}
    if name in named:
        assert set(parse(out.getvalue(), format=named[name])) == every_quad(published)
    elif name in merged:
        found = {quad.triple for quad in parse(out.getvalue(), format=merged[name])}
        assert found == {quad.triple for quad in every_quad(published)}
    else:
        lines = jsonld.to_rdf(json.loads(out.getvalue()), {"format": "application/n-quads"})
        assert Dataset(parse(lines, format=RdfFormat.N_QUADS)) == Dataset(every_quad(published))


def test_the_manifest_counts_and_names_failures(published: Path) -> None:
    manifest = releases.verify(published)
    assert manifest["counts"]["filings"] == 2
    assert manifest["counts"]["triples"] == len(every_quad(published))
    assert manifest["counts"]["ledger"] == 6
    assert manifest["failures"] == [{"file": "broken.txt", "line": None, "reason": "is empty"}]
    assert [one["file"] for one in manifest["inputs"]] == ["401.txt", "426.txt"]
    assert len(manifest["identity"]) == 64


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "was changed"),
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.with_name("more.csv").write_text("x"), "is not listed"),
    ],
)
def test_verify_finds_damage(tmp_path: Path, damage: object, says: str) -> None:
    releases.write(sample(), tmp_path / "release")
    assert callable(damage)
    damage(tmp_path / "release/tables/funding.csv")
    with pytest.raises(releases.ManifestError, match=says):
        releases.verify(tmp_path / "release")


def test_verify_needs_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(releases.NotAReleaseError, match="MANIFEST"):
        releases.verify(tmp_path)


def test_a_blank_node_is_refused(tmp_path: Path) -> None:
    made = sample()
    bad = Quad(
        NamedNode(f"{BASE}x"), NamedNode(f"{BASE}p"), BlankNode(), NamedNode(IDS.policies_graph)
    )
    with pytest.raises(releases.BlankNodeError, match="blank node"):
        releases.write(_with_shared(made, bad), tmp_path / "release")


def test_a_quad_of_another_graph_is_refused(tmp_path: Path) -> None:
    made = sample()
    foreign = Quad(
        NamedNode(f"{BASE}x"), NamedNode(f"{BASE}p"), Literal("x"), NamedNode(IDS.policies_graph)
    )
    filings = {**made.filing_quads, filing_id("426"): (foreign,)}
    with pytest.raises(releases.ForeignQuadError, match="another graph"):
        releases.write(
            releases.Release(
                facts=made.facts,
                shared=made.shared,
                filing_quads=filings,
                shared_quads=(),
                ids=made.ids,
                program_version="0",
                inputs=(),
            ),
            tmp_path / "release",
        )


def _with_shared(made: releases.Release, quad: Quad) -> releases.Release:
    return releases.Release(
        facts=made.facts,
        shared=made.shared,
        filing_quads=made.filing_quads,
        shared_quads=(quad,),
        ids=made.ids,
        program_version="0",
        inputs=(),
    )


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_funding_leads_from_document_to_unit_and_money(published: Path) -> None:
    found = rows(published, "funding")
    assert len(found) == 2
    assert found[1] == {
        "policy": "policy/渝财社/2022/155",
        "number": "渝财社〔2022〕155号",
        "title": "关于提前下达",
        "project_budget": f"filing/{filing_id('426')}/project/50011023T000003175737",
        "project_code": "50011023T000003175737",
        "project_name": "渝财社〔2022〕155号 就业补助资金",
        "unit": "重庆市潼南区就业和人才中心",
        "department": "人社局",
        "fiscal_year": "2023",
        "amount_cny": "41440000",
        "via": "项目名称",
    }


def test_a_contact_is_in_the_ledger_without_its_text(published: Path) -> None:
    bins = {row["bin"]: row["printed"] for row in rows(published, "ledger")}
    assert bins == {"contact": "", "printed-amount": "4,144.00", "unread": "7"}
    assert not any(b"023-44555" in data for data in contents(published).values())


def test_cells_are_written_as_the_design_says(published: Path) -> None:
    amount = rows(published, "printed_amounts")[0]
    assert amount["value"] == "4144.00"
    assert amount["unit"] == "万元"
    assert amount["amount_cny"] == "41440000"
    assert amount["column"] == "支出/项目支出/合计"
    assert amount["rivals"] == "支出/基本支出|收入"
    assert amount["is_aggregate"] == "true"
    assert rows(published, "checks")[0]["lines"] == "9|12"
    assert rows(published, "indicators")[1]["of"] == "整体"
