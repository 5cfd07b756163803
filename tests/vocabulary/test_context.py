"""The JSON-LD context: each word of the graph has one key, and a key keeps its promise."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld
from tests.mapping.builder import IDS, filing_facts, shared_facts

from fiscograph import release, resources
from fiscograph.mapping import map_filing, map_shared
from fiscograph.vocabulary import PREFIXES, RDF, generate, jsonld_context
from fiscograph.vocabulary.jsonld_context import ContextData

ROOT = Path(__file__).resolve().parents[2]
FILE = json.loads((resources.ontology() / "context.jsonld").read_text("utf-8"))
CONTEXT = FILE["@context"]
DATA = ContextData.read(resources.ontology() / "context.toml")
FIRST = json.loads(Path(__file__).with_name("context-1.0.json").read_text("utf-8"))
SH = "http://www.w3.org/ns/shacl#"
BUILT = {
    "filing": map_filing(filing_facts(), IDS, program_version="0.1.0"),
    "shared": map_shared(shared_facts(), IDS),
}


@cache
def wholes() -> tuple[tuple[ox.Quad, ...], ...]:
    """The published release, and a small one that also holds what filings so far do not."""
    return (
        tuple(release.quads(ROOT / "published")),
        (*BUILT["filing"], *BUILT["shared"]),
    )


def expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def keys() -> dict[str, str]:
    """The keys that lead forwards, with their properties or classes."""
    found = {
        name: value if isinstance(value, str) else value.get("@id")
        for name, value in CONTEXT.items()
        if value is not None and name not in {"@version", "id", "type", *PREFIXES}
    }
    return {name: expanded(value) for name, value in found.items() if value is not None}


def test_every_property_and_every_class_of_the_graph_has_exactly_one_key() -> None:
    known = Counter(keys().values())
    assert [word for word, times in known.items() if times > 1] == []
    graph = [quad for whole in wholes() for quad in whole]
    used = {quad.predicate.value for quad in graph} - {RDF.type.value}
    kinds = {
        quad.object.value
        for quad in graph
        if quad.predicate == RDF.type and isinstance(quad.object, ox.NamedNode)
    }
    without = sorted((used | kinds) - known.keys())
    assert without == [], "give each a key in ontology/context.toml"


def test_a_key_is_a_plain_name_and_ours_is_that_of_the_ontology() -> None:
    for name, word in keys().items():
        assert name.isascii(), name
        assert name.isalnum(), name
        if word.startswith(PREFIXES["fg"]):
            assert name == word.removeprefix(PREFIXES["fg"])


def is_list(definition: object) -> bool:
    containers = definition.get("@container", []) if isinstance(definition, dict) else []
    return "@set" in ([containers] if isinstance(containers, str) else containers)


def test_what_is_no_list_has_one_value_for_each_thing_and_language() -> None:
    by_word = {word: name for name, word in keys().items()}
    counted: Counter[tuple[int, object, str, str]] = Counter()
    for number, whole in enumerate(wholes()):
        for quad in {quad.triple for quad in whole}:
            language = quad.object.language if isinstance(quad.object, ox.Literal) else None
            counted[number, quad.subject, quad.predicate.value, language or ""] += 1
    repeated = {word for (*_, word, _), times in counted.items() if times > 1} - {RDF.type.value}
    wrong = sorted(by_word[word] for word in repeated if not is_list(CONTEXT[by_word[word]]))
    assert wrong == [], "name them in `lists` of ontology/context.toml"


def bounds() -> dict[str, set[str | None]]:
    """For each property that a shape speaks of, every ``sh:maxCount`` that it is given."""
    found: dict[str, set[str | None]] = {}
    for file in sorted(resources.shapes().glob("*.ttl")):
        said: dict[object, dict[str, ox.Triple]] = {}
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            if quad.predicate.value in {SH + "path", SH + "maxCount"}:
                said.setdefault(quad.subject, {})[quad.predicate.value] = quad.triple
        for one in said.values():
            path, most = one.get(SH + "path"), one.get(SH + "maxCount")
            if path is not None and isinstance(path.object, ox.NamedNode):
                bound = most.object.value if most and isinstance(most.object, ox.Literal) else None
                found.setdefault(path.object.value, set()).add(bound)
    return found


def test_lists_are_those_that_the_shapes_let_repeat() -> None:
    """A text may repeat in another language, which a language map holds without a list."""
    allowed = bounds()
    assert len(allowed) > 50
    for name, word in keys().items():
        definition = CONTEXT[name]
        if word not in allowed or not isinstance(definition, dict):
            continue
        if is_list(definition):
            assert allowed[word] != {"1"}, f"{name}: no shape lets it repeat"
        elif "@language" not in str(definition.get("@container")):
            assert allowed[word] == {"1"}, f"{name}: a shape lets it repeat, so it is a list"


def test_a_name_that_is_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="already a key: title"):
        jsonld_context.document(["Filing"], {"title": None}, DATA)
    with pytest.raises(ValueError, match="already a key: Concept"):
        jsonld_context.document(["Concept"], {}, DATA)
    with pytest.raises(ValueError, match="names no key: "):
        jsonld_context.document(["Filing"], {}, DATA)


def test_the_version_stands_in_the_file_and_means_nothing_to_a_reader_of_data() -> None:
    assert FILE["contextVersion"] == DATA.version
    assert FILE["id"] == DATA.iri + DATA.version
    assert CONTEXT["contextVersion"] is None


def test_a_key_keeps_its_meaning_while_the_major_version_stands() -> None:
    """``context-1.0.json`` is the context as first published."""
    if DATA.version.partition(".")[0] != FIRST["contextVersion"].partition(".")[0]:
        return
    changed = sorted(
        name
        for name, definition in FIRST["@context"].items()
        if name not in CONTEXT or CONTEXT[name] != definition
    )
    assert changed == [], "raise the major version in ontology/context.toml"


def test_amounts_are_exact_and_years_are_years() -> None:
    for term in generate.declared(resources.ontology()):
        if term.range == PREFIXES["xsd"] + "decimal":
            assert CONTEXT[term.name]["@type"] == "xsd:decimal"
    assert CONTEXT["amount"]["@type"] == "xsd:decimal"
    assert CONTEXT["fiscalYear"]["@type"] == "xsd:gYear"


@pytest.mark.parametrize("graph", BUILT)
def test_a_graph_comes_back_from_its_compact_form(graph: str) -> None:
    data = ox.serialize(
        (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in BUILT[graph]),
        format=ox.RdfFormat.N_TRIPLES,
    )
    assert data is not None
    there = jsonld.from_rdf(data.decode("utf-8"), {"format": "application/n-quads"})
    compact = jsonld.compact(there, FILE)
    assert "columnHeader" in json.dumps(compact)
    back = jsonld.to_rdf(compact, {"format": "application/n-quads"})
    assert isinstance(back, str)
    assert set(ox.parse(back, ox.RdfFormat.N_TRIPLES)) == set(
        ox.parse(data, ox.RdfFormat.N_TRIPLES)
    )
