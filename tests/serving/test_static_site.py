"""The site as files: every link leads to a file that is there, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.serving.small_release import POLICY_PATH, PROJECT_PATH, UNIT_PATH

from fiscograph.serving import Site
from fiscograph.serving.static_site import NotASiteError, write_site
from fiscograph.serving.static_site.addresses import Address, address_of
from fiscograph.serving.static_site.rewriting import rewritten


class Read(HTMLParser):
    """The places of a page and what it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name == "id":
                self.places.add(value)
            elif name in {"href", "src", "action"} or (
                name.startswith("data-") and value.endswith(".json")
            ):
                self.links.append(value)
            elif tag == "html" and name == "lang":
                self.language = value


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """A folder with a site; ``pages`` are read once."""

    folder: Path
    pages: dict[Path, Read]

    @classmethod
    def read(cls, folder: Path) -> Files:
        pages = {}
        for path in sorted(folder.rglob("*.html")):
            reader = Read()
            reader.feed(path.read_text("utf-8"))
            pages[path] = reader
        return cls(folder=folder, pages=pages)

    def dead(self) -> Iterator[str]:
        """Links to files or places that are not there, and links that leave the folder.

        The small release names places that its source does not have; those of real ones are asked
        for in test_source_pages.py.
        """
        for path, page in self.pages.items():
            for link in page.links:
                split = urlsplit(link)
                if split.scheme in {"http", "https", "mailto"}:
                    continue
                target = (path.parent / unquote(split.path)).resolve() if split.path else path
                if link.startswith("/") or not target.is_relative_to(self.folder.resolve()):
                    yield f"{path}: {link} leaves the site"
                elif not target.is_file():
                    yield f"{path}: {link} leads nowhere"
                elif split.fragment and target.suffix == ".html" and "/source/" not in str(target):
                    places = self.pages[target].places
                    if unquote(split.fragment) not in places and split.fragment != "top":
                        yield f"{path}: {link} has no such place"


@pytest.fixture(scope="module")
def files(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("static").resolve() / "site"
    write_site(site, folder)
    return Files.read(folder)


def test_no_link_is_dead(files: Files) -> None:
    assert len(files.pages) > 20
    assert list(files.dead()) == []


@pytest.mark.parametrize("path", [POLICY_PATH, PROJECT_PATH, UNIT_PATH, "index", "ontology"])
def test_every_page_is_there_in_both_languages(files: Files, path: str) -> None:
    chinese, english = files.folder / f"{path}.html", files.folder / f"{path}.en.html"
    assert files.pages[chinese].language == "zh-Hans"
    assert files.pages[english].language == "en"


def test_english_pages_lead_to_english_pages(files: Files) -> None:
    start = files.folder / "index.en.html"
    links = [one for one in files.pages[start].links if urlsplit(one).path.endswith(".html")]
    others = [one for one in links if not urlsplit(one).path.endswith(".en.html")]
    assert links
    assert set(others) <= {"index.html"}  # the switch back


def test_data_stand_beside_their_page(files: Files) -> None:
    assert "a fg:PolicyDocument" in (files.folder / f"{POLICY_PATH}.ttl").read_text("utf-8")
    json.loads((files.folder / f"{POLICY_PATH}.jsonld").read_text("utf-8"))
    assert (files.folder / "download" / "context.jsonld").is_file()


def test_what_needs_a_server_is_left_out_or_leads_to_one(
    files: Files, site: Site, tmp_path: Path
) -> None:
    text = (files.folder / "index.html").read_text("utf-8")
    assert "sparql?" not in text
    led = tmp_path / "led"
    write_site(site, led, server="https://data.example/")
    assert 'href="https://data.example/sparql?' in (led / "index.html").read_text("utf-8")
    plain = [path for path in led.rglob("*") if path.is_file() and path.suffix != ".html"]
    named = {path.relative_to(led) for path in plain} - {Path("site.json")}
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


def test_a_page_keeps_everything_but_what_has_no_place() -> None:
    page = (
        '<!doctype html><form action="/gone"><p>x</p></form><p title="a &amp; b">甲 &lt; 乙 '
        '<a href="/gone?x=1&amp;y=2">words <b>stay</b></a> <a href="/kept">k</a><br></p>'
        '<script src="/gone.js"></script><img src="/kept" alt="">'
    )
    made = rewritten(page, lambda link: "here.html" if link == "/kept" else None)
    assert made == (
        '<!doctype html><p title="a &amp; b">甲 &lt; 乙 <span>words <b>stay</b></span> '
        '<a href="here.html">k</a><br></p><img src="here.html" alt="">'
    )
