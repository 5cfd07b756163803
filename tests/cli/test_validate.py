"""``fiscograph validate``: what it prints, writes and returns."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from fiscograph import cli, resources

FAILS = resources.shapes() / "examples" / "fails"
BROKEN = FAILS / "printed-amount" / "line-minCount.ttl"
WHOLE = resources.shapes() / "examples" / "conforms" / "printed-amount.ttl"


def test_what_conforms_gives_0_and_what_does_not_gives_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["validate", str(WHOLE)]) == 0
    assert "符合全部约束 / conforms" in capsys.readouterr().out
    assert cli.run(["validate", str(BROKEN)]) == 1
    out = " ".join(capsys.readouterr().out.split())
    assert "PrintedAmount-line (1)" in out
    assert "4,144.00" in out, "the thing is called by what it prints"
    assert "没有给出 fg:line" in out
    assert "give exactly one fg:line" in out
    assert "fg:Table" not in out.split("未能核对")[0].split("PrintedAmount-line")[1]


def test_json_tells_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["validate", str(BROKEN), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["conforms"]
    (violation,) = told["violations"]
    assert violation["constraint"] == "MinCount"
    assert violation["path"] == "https://w3id.org/fiscograph#line"
    assert {tuple(one["classes"]) for one in told["not_checked"]} >= {
        ("https://w3id.org/fiscograph#Filing",)
    }


def test_the_page_stands_on_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.html"
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        BROKEN.read_text("utf-8").replace("4,144.00", "<script>alert(1)</script>"), "utf-8"
    )
    assert cli.run(["validate", str(bad), "--html", str(out)]) == 1
    page = out.read_text("utf-8")
    assert "PrintedAmount-line" in page
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page) == []
    assert capsys.readouterr().out == ""


def test_the_page_never_replaces_a_file_that_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(WHOLE.read_text("utf-8"), "utf-8")
    assert cli.run(["validate", str(path), "--html", str(path)]) == 2
    assert "the report cannot be written" in capsys.readouterr().err
    assert path.read_text("utf-8") == WHOLE.read_text("utf-8")


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(WHOLE.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert cli.run(["validate", "-", "--format", "turtle"]) == 0
    assert cli.run(["validate", "-"]) == 2
    assert "needs --format" in capsys.readouterr().err


def test_nothing_to_check_is_neither_fine_nor_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<a> <b> <c> .", "utf-8")
    assert cli.run(["validate", str(path)]) == 2
    assert "没有可核对的内容" in capsys.readouterr().err


def test_other_shapes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix fg: <https://w3id.org/fiscograph#> .\n"
        "@prefix own: <https://a.example/shapes#> . own:A a sh:NodeShape ;\n"
        "  sh:targetClass fg:PrintedAmount ; sh:property [ sh:path fg:table ; sh:class fg:Table ],\n"
        '  [ sh:path fg:rowCode ; sh:pattern "^9" ; sh:message "begin with 9" ] .',
        "utf-8",
    )
    assert cli.run(["validate", str(BROKEN), "--shapes", str(shapes), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["shape"], one["message_zh"]) for one in told["violations"]] == [
        ("https://a.example/shapes#A", "begin with 9")
    ], "a shape without a name goes by the one around it"
    assert [one["classes"] for one in told["not_checked"]] == [
        ["https://w3id.org/fiscograph#Table"]
    ]
