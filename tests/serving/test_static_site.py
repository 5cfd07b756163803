"""The site as files: every link leads to a file that is there, in both languages."""

from __future__ import annotations

import errno
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.serving.small_release import POLICY_PATH, PROJECT_PATH, UNIT_PATH

from fiscograph.serving import Site
from fiscograph.serving.static_site import NotASiteError, SiteUnwritableError, write_site
from fiscograph.serving.static_site.addresses import Address, address_of
from fiscograph.serving.static_site.checking import dead_links
from fiscograph.serving.static_site.rewriting import links_of, rewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """A folder with a site; ``pages`` are read once."""

    folder: Path
    pages: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> Files:
        found = sorted(folder.rglob("*.html"))
        pages = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}
        return cls(folder=folder, pages=pages)


@pytest.fixture(scope="module")
def files(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("static").resolve() / "site"
    write_site(site, folder)
    return Files.read(folder)


def test_no_link_is_dead(files: Files, site: Site) -> None:
    assert len(files.pages) > 20
    dead = dead_links(files.folder, site.paths.base)
    # The small release names places that its source does not have; test_source_pages.py asks for
    # those of real ones.
    assert [one for one in dead if not one.endswith("has no such place")] == []


def test_the_checker_finds_what_is_dead(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="x"><a href="b.html#y">1</a><a href="b.html#z">2</a><a href="#w">3</a>'
        '<a href="c.html">4</a><a href="../d.html">5</a><a href="https://e.example/">6</a>'
        '<figure data-flow="a~1.json">',
        "utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="y">', "utf-8")
    (tmp_path / "a~1.json").write_text(json.dumps({"href": "f.html"}), "utf-8")
    found = {one.partition(": ")[2] for one in dead_links(tmp_path, "https://here.example/")}
    assert found == {
        "b.html#z has no such place",
        "#w has no such place",
        "c.html leads nowhere",
        "../d.html leaves the site",
        "f.html leads nowhere",
    }


@pytest.mark.parametrize("path", [POLICY_PATH, PROJECT_PATH, UNIT_PATH, "index", "ontology"])
def test_every_page_is_there_in_both_languages(files: Files, path: str) -> None:
    path = path.removeprefix("/")
    assert '<html lang="zh-Hans">' in files.pages[f"{path}.html"]
    assert '<html lang="en">' in files.pages[f"{path}.en.html"]


def test_english_pages_lead_to_english_pages(files: Files) -> None:
    links = {urlsplit(one).path for one in links_of(files.pages["index.en.html"])}
    pages = {one for one in links if one.endswith(".html")}
    assert pages
    # The switch back.
    assert {one for one in pages if not one.endswith(".en.html")} <= {"index.html"}


def test_every_page_carries_the_policy_of_the_servers_header(files: Files) -> None:
    for name, text in files.pages.items():
        if not name.startswith("download/"):
            assert "default-src 'none'; script-src 'self'" in text.partition("<title>")[0], name


def test_data_stand_beside_their_page_and_share_one_context(files: Files) -> None:
    assert "a fg:PolicyDocument" in (files.folder / f"{POLICY_PATH}.ttl").read_text("utf-8")
    document = files.folder / f"{POLICY_PATH}.jsonld"
    context = document.parent / json.loads(document.read_text("utf-8"))["@context"]
    assert context.resolve() == files.folder / "download" / "context.jsonld"


def test_the_releases_own_files_are_as_the_manifest_says(files: Files) -> None:
    manifest = json.loads((files.folder / "download" / "MANIFEST.json").read_text("utf-8"))
    for told in manifest["files"]:
        file = files.folder / "download" / told["path"]
        if file.is_file():
            assert hashlib.sha256(file.read_bytes()).hexdigest() == told["sha256"], file


def test_what_is_typed_is_searched_for_without_a_server(files: Files, site: Site) -> None:
    if site.scripts.address("search.js") is None:
        pytest.skip("web/ was not built")
    for name, page in (("index.html", "search.html"), ("index.en.html", "search.en.html")):
        assert f'action="{page}" method="get"' in files.pages[name]
        assert 'data-search="search/"' in files.pages[page]
    forms = {one for text in files.pages.values() for one in re.findall(r'action="([^"]*)"', text)}
    assert {one.rpartition("/")[2] for one in forms} == {"search.html", "search.en.html"}
    entries = json.loads((files.folder / "search" / "e" / "0.json").read_text("utf-8"))
    assert any(unquote(one[0]) == f"{POLICY_PATH}.html".removeprefix("/") for one in entries)


def test_what_needs_a_server_is_left_out_or_leads_to_one(
    files: Files, site: Site, tmp_path: Path
) -> None:
    text = files.pages["index.html"]
    assert "sparql?" not in text
    assert "SELECT" in text  # the query of a figure can be read and copied
    led = tmp_path / "led"
    left = tmp_path / "led.tmp-1"  # of a run that was killed
    left.mkdir()
    write_site(site, led, server="https://data.example/")
    assert not left.exists()
    assert 'href="https://data.example/sparql?' in (led / "index.html").read_text("utf-8")
    plain = [path for path in led.rglob("*") if path.is_file() and path.suffix != ".html"]
    named = {path.relative_to(led) for path in plain} - {Path("site.json")}
    assert named == {
        path.relative_to(files.folder)
        for path in files.folder.rglob("*")
        if path.is_file() and path.suffix != ".html" and path.name != "site.json"
    }
    # Nothing but the pages tells of the server: the same release gives the same files.
    assert named
    assert all((led / one).read_bytes() == (files.folder / one).read_bytes() for one in named)


def test_a_site_is_replaced_and_nothing_else_is(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "diary.txt").write_text("dear diary", "utf-8")
    with pytest.raises(NotASiteError, match="mine"):
        write_site(site, folder)
    assert [path.name for path in folder.iterdir()] == ["diary.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


PATHS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120).map(
    lambda text: (
        "/"
        + text.replace("?", "").replace("#", "").replace("/", "").replace("\\", "").strip(".")
        + "x"
    )
)


@given(paths=st.lists(PATHS, min_size=2, max_size=2, unique=True))
def test_two_addresses_never_share_a_file(paths: list[str]) -> None:
    one, other = (Address(path=path, language="zh") for path in paths)
    assert one.file != other.file or {f"{one.path}.html", f"{other.path}.html"} & set(paths)


@given(path=PATHS)
def test_a_files_name_is_short_enough_for_every_file_system(path: str) -> None:
    name = Address(path=path * 4, language="en").file
    assert all(0 < len(part.encode()) <= 255 for part in name.split("/"))


@given(path=PATHS)
def test_an_address_is_found_again_behind_its_link(path: str) -> None:
    address = Address(path=path, language="en")
    led = address_of(address.target, Address(path="/a/b", language="zh"))
    assert led is not None
    assert led[0].path == path


def test_an_older_site_stays_whole_where_the_new_one_cannot_be_made(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.json").write_text("{}", "utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SiteUnwritableError, match="No space left"):
        write_site(site, folder)
    assert (folder / "site.json").read_text("utf-8") == "{}"
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.lock"}


def test_a_page_keeps_everything_but_what_has_no_place() -> None:
    page = (
        '<!doctype html><form action="/gone"><p>x</p></form><p title="a &amp; b">甲 &lt; 乙 '
        '<a href="/gone?x=1&amp;y=2">words <b>stay</b></a> <a href="/kept">k</a><br></p>'
        '<script src="/gone.js"></script><img src="/kept" alt="">'
        '<form action="/asked" method="get"><input name="q"></form><form action="/gone" class="q"><textarea name="query">SELECT *</textarea><button>'
        "</button></form>"
        '<form action="/old?x=1"><label>of <select name="scope"><option value="">all</option></select>'
        '</label><label>in <select name="when"><option value="1">one</option>'
        '<option value="2" selected>two</option></select></label></form>'
    )
    kept = {"/kept": "here.html", "/old": "one.html"}
    asked = {"/asked": "search.html"}
    assert rewritten(page, kept.get, asked.get, kept.get, "needs a server") == (
        '<!doctype html><p title="a &amp; b">甲 &lt; 乙 <span>words <b>stay</b></span> '
        '<a href="here.html">k</a><br></p><img src="here.html" alt="">'
        '<form action="search.html" method="get"><input name="q"></form>'
        '<div class="q"><textarea readonly name="query">SELECT *</textarea></div>'
        '<p class="choice">in <a href="one.html">one</a> · <strong>two</strong></p>\n'
        '<p class="needs-server">needs a server</p>'
    )
