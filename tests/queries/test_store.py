from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from fiscograph.queries import ReleaseUnreadable, base_of, build_store

BASE = "https://a.example/"
HEAD = f"@base <{BASE}> .\n@prefix a: <{BASE}term/> .\n"
FILING = HEAD + f"\n# graph <{BASE}graph/filing/1>\n<filing/1> a:title '中文' .\n"
SHARED = (
    HEAD
    + f"\n# graph <{BASE}graph/organizations>\n<organization/1> a:name '局' .\n"
    + f"\n# graph <{BASE}graph/policies>\n<policy/渝财社/2022/155> a:number 155 .\n"
)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    (folder / "filings").mkdir(parents=True)
    (folder / "filings" / "1.ttl").write_text(FILING)
    (folder / "shared.ttl").write_text(SHARED)
    return folder


def test_every_triple_stands_in_its_own_graph(release: Path, tmp_path: Path) -> None:
    built = build_store(release, tmp_path / "var")
    assert built.base == base_of(release) == BASE
    store = Store.read_only(str(built.path))
    assert {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)} == {
        f"{BASE}graph/filing/1",
        f"{BASE}graph/organizations",
        f"{BASE}graph/policies",
    }
    quads = store.quads_for_pattern(NamedNode(f"{BASE}policy/渝财社/2022/155"), None, None)
    assert [quad.graph_name for quad in quads] == [NamedNode(f"{BASE}graph/policies")]


def test_a_store_is_built_once_and_current_points_at_it(release: Path, tmp_path: Path) -> None:
    var = tmp_path / "var"
    first = build_store(release, var)
    made = first.path.stat().st_mtime_ns
    assert build_store(release, var) == first
    assert first.path.stat().st_mtime_ns == made
    assert (var / "releases" / "current").resolve() == first.path.parent.resolve()


def test_another_release_gets_another_store_and_the_old_one_stays(
    release: Path, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    first = build_store(release, var)
    (release / "shared.ttl").write_text(SHARED.replace("局", "部"))
    second = build_store(release, var)
    assert second.path != first.path
    assert first.path.is_dir()
    assert (var / "releases" / "current").resolve() == second.path.parent.resolve()


def test_what_a_killed_build_left_is_swept(release: Path, tmp_path: Path) -> None:
    var = tmp_path / "var"
    left = var / "releases" / ".tmp-left"
    left.mkdir(parents=True)
    build_store(release, var)
    assert not left.exists()


def test_a_damaged_release_leaves_no_store(release: Path, tmp_path: Path) -> None:
    (release / "shared.ttl").write_text(SHARED + "<broken> a:b ")
    with pytest.raises(ReleaseUnreadable, match=r"shared\.ttl"):
        build_store(release, tmp_path / "var")
    assert [path.name for path in (tmp_path / "var" / "releases").iterdir()] == [".lock"]


@pytest.mark.parametrize("content", [None, "no base\n"])
def test_a_folder_that_is_no_release_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "shared.ttl").write_text(content)
    with pytest.raises(ReleaseUnreadable, match=str(tmp_path)):
        build_store(tmp_path, tmp_path / "var")


def test_the_served_copy_outlives_the_release(release: Path, tmp_path: Path) -> None:
    built = build_store(release, tmp_path / "var")
    (release / "shared.ttl").write_text("gone")
    assert (built.release / "shared.ttl").read_text() == SHARED
