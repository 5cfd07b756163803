"""The page on JSON-LD: its example runs as printed, in the folder of a release."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.release.readers import refuse

from fiscograph import release
from fiscograph.release import folder as folders
from fiscograph.release import frames, stored
from fiscograph.release.text import GraphText, Style

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/reference/jsonld.md").read_text("utf-8")
PUBLISHED = ROOT / "published"
FILING = "500110-212006-2023-unit-budget"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One filing of the published release and what all share, written anew."""
    style = Style.of(str(release.read_manifest(PUBLISHED)["base"]))
    made = folders.Folder(path=tmp_path)
    texts = [GraphText(graph=graph, style=style) for graph in stored.graphs(PUBLISHED)]
    own = [text for text in texts if text.graph.iri.endswith(f"/graph/filing/{FILING}")]
    shared = [text for text in texts if "/graph/filing/" not in text.graph.iri]
    folders.put_both(f"filings/{FILING}", own, made, style)
    folders.put_both("shared", shared, made, style)
    for name, frame in frames.files(style.writer.context):
        made.put(name, frame, folders.JSONLD)
    return tmp_path


def test_the_example_in_python_names_project_amount_unit_and_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(folder)
    monkeypatch.setattr("pyld.jsonld._default_document_loader", refuse)
    exec(compile(program, "jsonld.md", "exec"), {})  # noqa: S102  the page's own program
    unit = "重庆市綦江区人力资源和社会保障信息中心"
    assert capsys.readouterr().out == f"2023年运转性项目-人员补丁 85000 {unit} [475]\n"


def test_every_frame_and_the_version_are_on_the_page() -> None:
    for name in frames.names():
        assert f"| `{name}` |" in PAGE
    remarks = Style.of("https://a.example/").writer.context.remarks
    assert f'"contextVersion": "{remarks["contextVersion"]}"' in PAGE
    assert f"/context/{remarks['contextVersion']}" in PAGE
