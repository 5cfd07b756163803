"""The search of a site without a server answers as the server does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.web.test_scripts import NODE, WEB, major

from fiscograph.search import Entry, Kind, SearchIndex, export_static

_TYPED = (
    "渝财社[2022]155",
    "渝财社2022155",
    "渝财社〔2022〕999号",
    "就业补助",
    "就业补住资金",
    "社保 补贴",
    "水",
    "2080799",
    "50015223T0000",
    "employment",
    "4,144.00",
    "合 计",
    '"NEAR(就业 补助)"*',
    "Ｅｍｐｌｏｙ",
    "\u0000\u202e",
    "国务院令第709号",
    "constructor",
    "",
)
_ASK = """
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
const [folder] = process.argv.slice(1);
const made = await build({ stdin: { contents: 'export * from "./src/searching";', resolveDir: ".",
  loader: "ts" }, bundle: true, format: "esm", write: false });
const text = Buffer.from(made.outputFiles[0].text).toString("base64");
const { Searcher } = await import(`data:text/javascript;base64,${text}`);
const load = async (name) => {
  try { return JSON.parse(await readFile(`${folder}/${name}`, "utf8")); }
  catch (problem) { if (problem.code === "ENOENT") return null; throw problem; }
};
const typed = JSON.parse(await new Promise((done) => {
  let all = ""; process.stdin.on("data", (some) => (all += some)).on("end", () => done(all)); }));
const searcher = new Searcher(load);
const answers = [];
for (const one of typed) {
  const answer = await searcher.search(one);
  const shown = searcher.shown(answer, searcher.best(answer).slice(0, 30), await searcher.meta());
  answers.push({ terms: answer.terms, kinds: answer.kinds.map((k) => [k.key, k.count]), shown,
    near: answer.near });
}
console.log(JSON.stringify(answers));
"""


def address(kind: Kind, path: str) -> str:
    return f"{kind.value}:{path}"


@pytest.fixture(scope="module")
def exported(index: SearchIndex, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "search"
    export_static(index, folder, address)
    return folder


def _of_server(index: SearchIndex, typed: str) -> Mapping[str, Any]:
    answer = index.search(typed)

    def told(hits: Any) -> list[Mapping[str, Any]]:
        return [
            {
                "kind": hit.kind.value,
                "href": address(hit.kind, hit.path),
                "name": hit.name,
                "excerpt": hit.excerpt,
                "where": hit.where,
                "rank": hit.rank.name.lower(),
                "nameMarks": [list(mark) for mark in hit.name_marks],
                "excerptMarks": [list(mark) for mark in hit.excerpt_marks],
            }
            for hit in hits
        ]

    return {
        "terms": list(answer.asked.terms),
        "kinds": [[one.kind.value, one.count] for one in answer.kinds],
        "shown": told(answer.shown(answer.best[:30])),
        "near": told(answer.near),
    }


@pytest.mark.skipif(major() < 18, reason="no Node of version 18, or make web was not run")
def test_the_browser_finds_what_the_server_finds_in_the_same_order(
    index: SearchIndex, exported: Path, found: list[Entry]
) -> None:
    named = [one for one in found if one.name or one.text]
    drawn = named[:: len(named) // 25]
    typed = [*_TYPED, *((one.name or one.text)[:12] for one in drawn)]
    assert NODE is not None
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", _ASK, str(exported)],
        cwd=WEB,
        input=json.dumps(typed),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers = json.loads(done.stdout)
    for one, answer in zip(typed, answers, strict=True):
        assert answer == _of_server(index, one), one


def test_the_files_hold_every_entry_and_are_the_same_again(
    index: SearchIndex, exported: Path, found: list[Entry], tmp_path: Path
) -> None:
    held = [row for file in exported.glob("e/*.json") for row in json.loads(file.read_bytes())]
    assert sorted(row[0] for row in held) == sorted(address(one.kind, one.path) for one in found)
    again = export_static(index, tmp_path / "again", address)
    files = [path for path in exported.rglob("*.json") if path.is_file()]
    assert (again.files, again.size) == (len(files), sum(path.stat().st_size for path in files))
    for path in files:
        assert (tmp_path / "again" / path.relative_to(exported)).read_bytes() == path.read_bytes()
