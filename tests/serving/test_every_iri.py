"""Every IRI of a real release can be read: all of them by what answers, some of each kind by HTTP."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from pyoxigraph import Literal, NamedNode, QueryTriples, RdfFormat, Store, parse
from tests.serving.conftest import Client

from fiscograph.serving import Site, create_app
from fiscograph.serving.data.describe import MOST_INCOMING, MOST_OUTGOING, describe
from fiscograph.serving.data.prepared import MOST_AT_ONCE, prepare
from fiscograph.serving.data.ready import Ready
from fiscograph.serving.sparql.admission import Quotas
from fiscograph.vocabulary import RDFS

FORMATS = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
}
# What is a page or a file itself: it answers 200 where it is, as the pages of the site do.
PAGES = {"", "download", "sparql", "context"}
ABSURD = [
    "*/*",
    "*",
    "text/*;q=0.1, */*;q=0.01",
    ", ,;;;=,/",
    "text/turtle;q=1.0000000000000000001",
    ",".join(f"application/x-{number}" for number in range(5000)) + ",*/*",
    "application/n-triples;q=0.9999,*/*;q=\ufffd".encode("latin-1", "replace").decode("latin-1"),
]


@pytest.fixture(scope="module")
def served(two_filings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site.open(
        two_filings,
        filings=two_filings.parent / "filings",
        var=tmp_path_factory.mktemp("every"),
        quotas=Quotas(at_once=100, seconds=10_000, errors=10_000),
    ) as site:
        yield site


@pytest.fixture(scope="module")
def reader(served: Site) -> Client:
    return Client(app=create_app(served))


@cache
def named(folder: Path) -> tuple[str, ...]:
    """Every IRI below the base, in whatever place of a quad, and our own terms."""
    found = set()
    for quad in Store.read_only(str(folder)):
        found |= {
            term.value
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
            if isinstance(term, NamedNode)
        }
    return tuple(sorted(found))


def of_release(site: Site) -> list[str]:
    return [iri for iri in named(site.store) if iri.startswith(site.paths.base)]


def some_of_each_kind(site: Site) -> list[str]:
    """For each shape of a path (its words without the keys) the first and the last IRI."""
    shapes: dict[str, list[str]] = {}
    for iri in of_release(site):
        path = iri.removeprefix(site.paths.base)
        if path.partition("/")[0] in PAGES:
            continue
        words = [part for part in path.split("/") if re.fullmatch(r"[a-z-]+", part)]
        shapes.setdefault("/".join(words), []).append(path)
    return sorted({path for paths in shapes.values() for path in (paths[0], paths[-1])})


def test_every_iri_of_the_release_is_known_and_described(served: Site) -> None:
    every = of_release(served)
    assert len(every) > 1000
    for iri in every:
        assert served.lookup.knows(NamedNode(iri)), iri
        assert describe(served.lookup, iri) is not None, iri


def test_some_of_each_kind_lead_to_every_format(served: Site, reader: Client) -> None:
    some = some_of_each_kind(served)
    kinds = {path.partition("/")[0] for path in some}
    assert kinds >= {
        "filing", "source", "organization", "project", "policy", "code", "cube", "region", "graph",
    }  # fmt: skip
    for path in some:
        for accept, suffix in FORMATS.items():
            answer = reader.get(f"/{quote(path)}", accept)
            assert answer.status_code == 303, path
            assert unquote(answer.headers["location"]) == f"/{path}{suffix}"
            document = reader.get(answer.headers["location"])
            assert document.status_code == 200, path
            assert document.headers["content-type"].partition(";")[0] == accept
            assert document.headers["link"].count('rel="alternate"') == len(FORMATS)


def test_what_is_a_page_or_a_file_itself_answers_where_it_is(served: Site, reader: Client) -> None:
    base = served.paths.base
    pages = [iri.removeprefix(base) for iri in of_release(served)]
    own = [path for path in pages if path.partition("/")[0] in PAGES]
    assert own
    for path in own[::7]:
        assert reader.ask("HEAD", f"/{quote(path)}").status_code == 200, path


def test_raw_and_escaped_chinese_are_one_address(served: Site, reader: Client) -> None:
    chinese = [path for path in some_of_each_kind(served) if not path.isascii()]
    assert chinese
    for path in chinese:
        answers = {
            reader.get(f"/{written}.nt").content
            for written in (path, quote(path), quote(path, safe=""), quote(path).lower())
        }
        assert len(answers) == 1
        assert reader.get("/" + quote(quote(path))).status_code == 404


def test_descriptions_name_what_they_point_at_and_are_bounded(served: Site, reader: Client) -> None:
    for path in some_of_each_kind(served):
        triples = [one.triple for one in parse(reader.get(f"/{path}.nt").text, RdfFormat.N_TRIPLES)]
        thing = NamedNode(served.paths.base + path)
        own = [one for one in triples if one.subject == thing]
        assert len(own) <= MOST_OUTGOING
        told = {one.subject for one in triples if isinstance(one.object, Literal)}
        for one in own:
            if isinstance(one.object, NamedNode) and next(
                served.lookup.values(one.object, RDFS.label), None
            ):
                assert one.object in told, f"{path} does not say what {one.object} is"


def test_a_description_that_is_cut_says_where(served: Site, reader: Client) -> None:
    crowded = next(
        iri
        for iri in of_release(served)
        if len(served.lookup.leading_to(NamedNode(iri), MOST_INCOMING + 1)) > MOST_INCOMING
    )
    path = crowded.removeprefix(served.paths.base)
    assert f"{MOST_INCOMING}" in reader.get(f"/{path}.html").text
    comments = [
        one.object.value
        for one in parse(reader.get(f"/{path}.nt").text, RdfFormat.N_TRIPLES)
        if one.predicate.value.endswith("#comment") and isinstance(one.object, Literal)
    ]
    assert any("截短" in text for text in comments)
    assert any("Cut: at most" in text for text in comments)


@pytest.mark.parametrize("suffix", [".ttl", ".jsonld", ".nt"])
def test_data_is_known_again_and_head_is_its_head(
    served: Site, reader: Client, suffix: str
) -> None:
    path = "/" + some_of_each_kind(served)[0] + suffix
    first = reader.get(path)
    tag = first.headers["etag"]
    for _ in range(2):  # the second time it is a kept one
        again = reader.ask("GET", path, headers={"If-None-Match": f'"x", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        head = reader.ask("HEAD", path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == first.headers["content-length"]
        assert reader.get(path).content == first.content
    tags = {
        reader.get(path.removesuffix(suffix) + other).headers.get("etag")
        for other in FORMATS.values()
    }
    assert len(tags - {None}) == 3


@pytest.mark.parametrize("accept", ABSURD)
def test_an_absurd_accept_has_an_answer(served: Site, reader: Client, accept: str) -> None:
    path = some_of_each_kind(served)[0]
    assert reader.get(f"/{path}", accept).status_code in {303, 406}
    assert reader.get(f"/{path}.nt", accept).status_code == 200
    iri = f"{served.paths.base}{path}"
    assert reader.get("/describe", accept, iri=iri).status_code in {200, 406}


def test_a_slash_too_many_leads_on_and_an_unknown_suffix_says_what_is_near(
    served: Site, reader: Client
) -> None:
    path = next(path for path in some_of_each_kind(served) if path.startswith("policy/"))
    answer = reader.get(f"/{path}/")
    assert (answer.status_code, unquote(answer.headers["location"])) == (301, f"/{path}")
    unknown = reader.get(f"/{path}.xml", "application/json")
    assert unknown.status_code == 404
    assert f"/{path}" in unknown.json()["nearest"]
    other = reader.get("//other.example/policy/").headers.get("location", "/")
    assert other.startswith("/")
    assert not other.startswith("//")


@pytest.mark.parametrize("accept", ["application/n-triples", "text/turtle", "*/*"])
def test_describe_gives_what_is_said_of_an_iri_and_nothing_else(
    served: Site, reader: Client, accept: str
) -> None:
    for path in some_of_each_kind(served)[::5]:
        iri = served.paths.base + path
        wanted = set(served.lookup.about(NamedNode(iri), 100_000))
        for _ in range(2):  # the second time it is a kept one
            answer = reader.get("/describe", accept, iri=iri)
            if not wanted:
                assert answer.status_code == 404
                continue
            kind = answer.headers["content-type"].partition(";")[0]
            found = parse(answer.text, RdfFormat.from_media_type(kind))
            assert {one.triple for one in found} == wanted
            assert answer.headers["access-control-allow-origin"] == "*"
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_prepared_and_ready_is_what_a_query_describes(served: Site, tmp_path: Path) -> None:
    store = Store.read_only(str(served.store))
    filing = next(one for one in store.named_graphs() if "/graph/filing/" in one.value)
    quads = store.quads_for_pattern(None, None, None, filing)
    subjects = {one.subject.value for one in quads if isinstance(one.subject, NamedNode)}
    file = tmp_path / "descriptions.sqlite"
    with closing(prepare(served.lookup, file)) as made:
        ready = Ready(served.lookup, prepared=made, identity="a", most=0)
        read = Ready(served.lookup, identity="a", most=0)
        seen = 0
        for iri in [*subjects, served.paths.base, "https://other.example/"]:
            query = f"DESCRIBE <{iri}>"
            told = store.query(query, use_default_graph_as_union=True)
            assert isinstance(told, QueryTriples)
            wanted = sorted({f"{triple} .".encode() for triple in told})
            found = made.get(iri)
            target = b"/describe?iri=" + quote(iri, safe=":/").encode()
            answers = [one.get(target, packed=False) for one in (ready, read)]
            if not wanted or len(wanted) > MOST_AT_ONCE:
                assert found is None
                assert answers == [None, None]
                continue
            assert found is not None
            assert sorted(found[0].splitlines()) == wanted
            assert gzip.decompress(found[1]) == found[0]
            assert [one and one.body for one in answers] == [found[0], found[0]]
            seen += 1
    assert seen > 500
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with closing(prepare(served.lookup, file)) as damaged:
        assert {damaged.get(iri) for iri in subjects} == {None}


@pytest.mark.parametrize("iri", ["", "no iri", "x:y", "https://fiscograph.example/nothing", "%00"])
def test_describe_says_where_nothing_is_said(reader: Client, iri: str) -> None:
    answer = reader.get("/describe", "application/n-triples", iri=iri)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_describe_is_known_again_by_its_format(served: Site, reader: Client) -> None:
    iri = of_release(served)[0]
    tags = {
        accept: reader.get("/describe", accept, iri=iri).headers["etag"]
        for accept in ("application/n-triples", "text/turtle", "application/ld+json")
    }
    assert len(set(tags.values())) == 3
    for accept, tag in tags.items():
        again = reader.ask(
            "GET", "/describe", accept=accept, params={"iri": iri}, headers={"If-None-Match": tag}
        )
        assert again.status_code == 304
