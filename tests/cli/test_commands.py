from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.release.sample import sample

from fiscograph import cli, release
from fiscograph.release import DUMPS


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with a published release and no settings file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    release.publish(sample(), tmp_path / "published")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["build", "--nope"], "No such option: --nope (see: fiscograph build --help)"),
        (["nope"], "No such command 'nope'"),
        (["serve", "--port", "x"], "valid int"),
        (["check"], "Missing argument"),
        (["check", "missing.txt"], "does not exist"),
        (["verify", "."], "MANIFEST.json is missing"),
        (["dump", "--format", "rar"], "--format rar: expected one of turtle, jsonld, nquads"),
        (["query", "ASK {}", "--format", "pdf"], "--format pdf: expected one of table"),
        (["trace"], "trace: name one thing, or one of --ranking"),
        (["trace", "x", "--ranking"], "trace: name one thing, or one of --ranking"),
        (["trace", "x", "--year", "2023"], "--year: it goes with one of --ranking"),
        (["trace", "x", "--format", "pdf"], "--format pdf: expected one of tree, table, json"),
        (["trace", "--shared", "--format", "tree"], "--format tree: expected one of table"),
        (["query", "nope.rq"], "nope.rq: No such file or directory"),
        (["query", "binary.rq"], "binary.rq: no query: byte 4 is not UTF-8"),
        (["query", "endless.rq"], "length in bytes"),
        (["build", "published", "--out", "binary.rq"], "binary.rq: no release here"),
        (["build", "published", "--out", "others"], "others: no release here"),
        (["serve", "--workers", "0"], "--workers"),
        (["--settings", "none.toml", "build"], "none.toml: cannot be read: No such file"),
    ],
)
def test_a_mistake_is_one_line_and_code_2(
    here: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    (here / "binary.rq").write_bytes(b"ASK\xff\xfe")
    (here / "endless.rq").symlink_to("/dev/zero")
    (here / "others").mkdir()
    (here / "others/mine").touch()
    before = {path.name for path in here.iterdir()}
    assert cli.run(arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert {path.name for path in here.iterdir()} == before
    assert says in err
    assert err.count("\n") == 1
    assert any("\u4e00" <= char <= "\u9fff" for char in err)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("bose = 1", "bose: unknown key (known: base, paths, publisher, queries)"),
        ("base = 1", "base: expected a text, found int"),
        ('base = "ftp://x/"', "base: 'ftp://x/' is no base IRI"),
        ('base = "https://x"', "is no base IRI"),
        ("paths = 1", "paths: expected a table"),
        ('[paths]\nvra = "x"', "paths.vra: unknown key (known: filings, published, var)"),
        ("queries.rows = true", "queries.rows: expected a whole number, found bool"),
        ("queries.workers = 0", "queries.workers: 0 is not from 1 to 256"),
        ("= 1", "is no TOML"),
    ],
)
def test_a_wrong_setting_names_file_and_key(
    here: Path, capfd: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    (here / "fiscograph.toml").write_text(text, "utf-8")
    assert cli.run(["verify"]) == 2
    err = capfd.readouterr().err
    assert "fiscograph.toml" in err
    assert says in err


def test_settings_are_found_in_a_folder_above(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "fiscograph.toml").write_text('[paths]\npublished = "elsewhere"', "utf-8")
    (here / "published").rename(here / "elsewhere")
    (here / "deep/er").mkdir(parents=True)
    monkeypatch.chdir(here / "deep/er")
    assert cli.run(["verify"]) == 0
    assert "相符" in capfd.readouterr().out


def test_verify_as_json(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    manifest = json.loads((here / "published/MANIFEST.json").read_text("utf-8"))
    assert found["identity"] == manifest["identity"]


def test_verify_fails_on_a_changed_file(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "published/shared.ttl").write_text("")
    assert cli.run(["verify"]) == 1
    out = capfd.readouterr().out
    assert "shared.ttl 内容被改动" in out
    assert "shared.ttl has another size" in out
    assert cli.run(["verify", "--json"]) == 1
    told = json.loads(capfd.readouterr().out)
    assert [one["flaw"] for one in told["troubles"]] == ["size", "altered"]


@pytest.mark.parametrize("form", sorted(DUMPS))
def test_dump_writes_a_whole_file_or_none(
    here: Path, capfd: pytest.CaptureFixture[str], form: str
) -> None:
    assert cli.run(["dump", "--format", form, "--out", "all"]) == 0
    sizes = {one["path"]: one["size"] for one in release.read_manifest(here / "published")["dumps"]}
    assert (here / "all").stat().st_size == sizes[DUMPS[form].file_name]
    assert str(here) not in capfd.readouterr().out
    (here / "published/shared.ttl").write_text("")
    (here / "all").unlink()
    assert cli.run(["dump", "--format", form, "--out", "all"]) == 2
    assert sorted(path.name for path in here.iterdir() if "all" in path.name) == []


def test_query_in_every_format(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?f a <https://w3id.org/fiscograph#Filing> }"
    assert cli.run(["query", text, "--format", "csv"]) == 0
    header, number = capfd.readouterr().out.split()
    assert header == "n"
    assert number == "2"
    assert cli.run(["query", text, "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["results"]["bindings"][0]["n"]["value"] == number
    (here / "q.rq").write_text(text, "utf-8")
    assert cli.run(["query", "q.rq"]) == 0
    assert "2" in capfd.readouterr().out
    assert cli.run(["query", "CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/title> ?o }"]) == 0
    assert "@zh" in capfd.readouterr().out


def test_a_graph_is_turtle_or_json_and_nothing_else(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert here.is_dir()
    graph = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 1"
    assert cli.run(["query", graph, "--json"]) == 0
    assert json.loads(capfd.readouterr().out)
    assert cli.run(["query", graph, "--format", "csv"]) == 2
    assert "--format csv: a graph is given as table or json" in capfd.readouterr().err
    assert cli.run(["query", "ASK {}"]) == 0
    assert capfd.readouterr().out == "true\n"


@pytest.mark.parametrize("damage", ["missing", "changed", "added"])
@pytest.mark.parametrize("command", [["query", "ASK {}"], ["trace", "渝财社〔2022〕155号"]])
def test_no_answer_from_half_a_release(
    here: Path, capfd: pytest.CaptureFixture[str], command: list[str], damage: str
) -> None:
    files = sorted(path for path in (here / "published").rglob("*") if path.is_file())
    for number, path in enumerate(files):
        before = path.read_bytes()
        if damage == "missing":
            path.unlink()
        elif damage == "changed":
            path.write_bytes(before[: len(before) // 2])
        else:
            path.with_name(f"added-{number}").write_bytes(before)
        assert cli.run(command) == 2
        out, err = capfd.readouterr()
        assert out == ""
        assert "published" in err
        path.write_bytes(before)
        path.with_name(f"added-{number}").unlink(missing_ok=True)


def test_a_folder_that_cannot_be_written_is_named_with_the_way_out(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "var").write_text("a file in the way")
    assert cli.run(["query", "ASK {}"]) == 2
    err = capfd.readouterr().err
    assert f"{here / 'var'}: the store goes here" in err
    assert "[paths] var" in err


def test_a_wrong_query_is_one_line(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert (here / "published").is_dir()
    assert cli.run(["query", "SELECT nonsense"]) == 2
    err = capfd.readouterr().err
    assert err.startswith("查询语法有误 / ")
    assert err.count("\n") == 1


def test_help_is_quick_and_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "fiscograph", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    for room in ("pyshacl", "rdflib", "fastapi", "networkx"):
        assert f" {room}\n" not in done.stderr


def test_a_closed_pipe_ends_quietly(here: Path) -> None:
    done = subprocess.run(  # noqa: S602  a pipe is what is tested
        f"{sys.executable} -m fiscograph dump | head -c 1",
        shell=True,
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_what_is_no_file_is_written_and_stays_what_it_is(
    here: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (here / "link.nq").symlink_to("whole.nq")
    assert cli.run(["dump", "--out", "link.nq"]) == 0
    assert (here / "link.nq").is_symlink()
    assert cli.run(["dump", "--format", "nquads", "--out", "/dev/stdout"]) == 0
    assert Path("/dev/stdout").exists()
    assert capfd.readouterr().out.encode() == (here / "whole.nq").read_bytes()
