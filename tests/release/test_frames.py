"""The frames: over a real filing each gives the tree that it promises, and invents nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from fiscograph import release, resources
from fiscograph.release import frames, stored
from fiscograph.release.graphs import Graph
from fiscograph.release.text import Style
from fiscograph.vocabulary import RDF

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "published"
TREES = Path(__file__).with_name("trees")
BASE = str(release.read_manifest(PUBLISHED)["base"])
STYLE = Style.of(BASE)
FILING = "500109-401-2023-department-budget"
SOURCE = "source/c0d433f8839f13a4"
PART = f"{BASE}graph/filing/"
# For each frame: the class, and the thing whose tree is kept beside this file.
EXAMPLES = {
    "filing": ("fg:Filing", f"filing/{FILING}"),
    "indicator": ("fg:PerformanceIndicator", f"{SOURCE}/at/L885C3"),
    "organization": ("org:Organization", "organization/500109/401003"),
    "policy-document": ("fg:PolicyDocument", "policy/渝人社办/2019/249"),
    "project": ("fg:Project", "project/50010922T000000086717"),
}


# No frame reaches these, and framing takes as long as there are things.
BESIDE = {
    NamedNode(STYLE.prefixes[prefix] + name)
    for prefix, name in (
        ("fg", "Allocation"),
        ("fg", "IdentityCheck"),
        ("fg", "Line"),
        ("oa", "FragmentSelector"),
        ("oa", "TextPositionSelector"),
        ("oa", "TextQuoteSelector"),
    )
}


def refuse(url: str, _options: object) -> None:
    raise AssertionError(f"{url} was fetched")


@cache
def part() -> tuple[Any, frozenset[Triple]]:
    """One filing and all that filings share: expanded JSON-LD, and its triples."""
    nodes: list[str] = []
    triples: set[Triple] = set()
    for graph in stored.graphs(PUBLISHED):
        if graph.iri.startswith(PART) and graph.iri != PART + FILING:
            continue
        beside = {one[0] for one in graph.triples if one[1] == RDF.type and one[2] in BESIDE}
        kept = tuple(one for one in graph.triples if one[0] not in beside)
        nodes += STYLE.writer.nodes(Graph(iri=graph.iri, triples=kept))
        triples.update(Triple(*one) for one in kept)
    document = json.loads(STYLE.writer.opening() + ",\n".join(nodes) + "]}")
    return jsonld.expand(document, {"documentLoader": refuse}), frozenset(triples)


@cache
def framed(name: str) -> Mapping[str, Any]:
    files = dict(frames.files(STYLE.writer.context))
    frame = json.loads(files[f"frames/{name}.jsonld"])
    made = jsonld.frame(part()[0], frame, {"documentLoader": refuse})
    assert isinstance(made, dict)
    return made


def things(made: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    alone = {key: value for key, value in made.items() if key != "@context"}
    found: list[Mapping[str, Any]] = made.get("@graph", [alone])
    return found


def tree(name: str) -> Mapping[str, Any]:
    by_id = {thing["id"]: thing for thing in things(framed(name))}
    return by_id[BASE + EXAMPLES[name][1]]


def test_every_frame_has_its_example() -> None:
    assert set(frames.names()) == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_frame_gives_every_thing_of_its_class_and_nothing_that_the_graph_does_not_say(
    name: str,
) -> None:
    made = framed(name)
    found = parse(
        jsonld.to_rdf(made, {"format": "application/n-quads", "documentLoader": refuse}),
        RdfFormat.N_QUADS,
    )
    triples = {quad.triple for quad in found}
    assert triples <= part()[1]
    prefix, _, local = EXAMPLES[name][0].partition(":")
    kind = NamedNode(STYLE.prefixes[prefix] + local)
    of_class = {
        one.subject.value
        for one in part()[1]
        if isinstance(one.subject, NamedNode) and (one.predicate, one.object) == (RDF.type, kind)
    }
    assert {thing["id"] for thing in things(made)} == of_class
    assert of_class


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_tree_of_one_thing_is_as_it_was_checked(name: str) -> None:
    """``python -m tests.release.test_frames`` writes them anew: read what changed in them."""
    assert tree(name) == json.loads((TREES / f"{name}.json").read_text("utf-8"))


def levels(frame: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield frame
    for value in frame.values():
        if isinstance(value, dict):
            yield from levels(value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_frame_says_at_each_level_what_it_wants_so_that_its_tree_is_finite(name: str) -> None:
    path = resources.ontology() / frames.FOLDER / f"{name}.jsonld"
    for level in levels(json.loads(path.read_text("utf-8"))):
        wanted = level.keys() - {"type", "@explicit", "@embed", "@omitDefault"}
        assert level["@omitDefault"] is True
        if wanted:
            assert level["@explicit"] is True
            assert level["@embed"] == "@always"
        for key in wanted:
            known = STYLE.writer.context.document.get(key)
            assert ":" in key or isinstance(known, dict), key


def test_a_frame_of_the_release_needs_no_other_file() -> None:
    for _, data in frames.files(STYLE.writer.context):
        assert json.loads(data)["@context"] == STYLE.writer.context.document


if __name__ == "__main__":
    for each in EXAMPLES:
        text = json.dumps(tree(each), ensure_ascii=False, indent=2, sort_keys=True)
        (TREES / f"{each}.json").write_text(text + "\n", "utf-8")
