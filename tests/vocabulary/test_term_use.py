"""Every word of a release is declared, every declared word is used or says what it waits for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from fiscograph import resources
from fiscograph.vocabulary import FG, OWL, PREFIXES, RDF, RDFS, SCHEMA, SKOS, external, generate
from fiscograph.vocabulary.ontology import ontology

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = frozenset(ontology())
NAMESPACE = PREFIXES["fg"]
HEADER = ox.NamedNode(NAMESPACE.removesuffix("#"))
TERMS = {
    ox.NamedNode(NAMESPACE + term.name): term for term in generate.declared(resources.ontology())
}
EXTERNAL = {
    term
    for namespace in vars(external).values()
    if isinstance(namespace, type)
    for term in vars(namespace).values()
    if isinstance(term, ox.NamedNode)
}
WRITTEN = sorted(
    (
        *resources.ontology().glob("*.ttl"),
        *resources.shapes().glob("*.ttl"),
        *(ROOT / "src").rglob("*.rq"),
        *(ROOT / "docs").rglob("*.md"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """A release without the ontology that it carries: its triples and each thing's classes."""

    triples: frozenset[ox.Triple]
    types: dict[object, set[ox.NamedNode]]


@pytest.fixture(scope="module")
def data(graph: ox.Store) -> Data:
    triples = frozenset(quad.triple for quad in graph) - ONTOLOGY
    types: dict[object, set[ox.NamedNode]] = {}
    for triple in triples:
        if triple.predicate == RDF.type and isinstance(triple.object, ox.NamedNode):
            types.setdefault(triple.subject, set()).add(triple.object)
    return Data(triples=triples, types=types)


def words(triples: Iterable[ox.Triple]) -> set[ox.NamedNode]:
    """What stands as a property or as a class."""
    found = set()
    for triple in triples:
        found.add(triple.predicate)
        if triple.predicate == RDF.type and isinstance(triple.object, ox.NamedNode):
            found.add(triple.object)
    return found


def said(subject: ox.NamedNode, *names: ox.NamedNode) -> set[ox.NamedNode]:
    return {
        triple.object
        for triple in ONTOLOGY
        if triple.subject == subject
        and triple.predicate in names
        and isinstance(triple.object, ox.NamedNode)
    }


DOMAINS = {term: said(term, SCHEMA.domainIncludes, RDFS.domain) for term in TERMS}
RANGES = {term: said(term, SCHEMA.rangeIncludes, RDFS.range) for term in TERMS}
PARENTS = {term: said(term, RDFS.subClassOf) for term in TERMS}


def with_parents(classes: Iterable[ox.NamedNode]) -> set[ox.NamedNode]:
    found = set(classes)
    for one in tuple(found):
        found |= with_parents(PARENTS.get(one, set()))
    return found


def test_every_word_of_a_release_is_declared(data: Data) -> None:
    used = words(data.triples) | words(ONTOLOGY)
    ours = {word for word in used if word.value.startswith(NAMESPACE)}
    assert ours <= TERMS.keys()
    assert used - ours <= EXTERNAL


def test_every_declared_term_is_used_or_says_what_it_waits_for(data: Data) -> None:
    unused = TERMS.keys() - words(data.triples)
    silent = {
        term.value
        for term in unused
        if {
            triple.object.language
            for triple in ONTOLOGY
            if triple.subject == term
            and triple.predicate == SKOS.editorialNote
            and isinstance(triple.object, ox.Literal)
        }
        != {"zh", "en"}
    }
    assert not silent


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_term_that_is_written_anywhere_is_declared(path: Path) -> None:
    names = set(re.findall(r"(?<![\w:/-])fg:([A-Za-z]\w*)", path.read_text("utf-8")))
    assert not {name for name in names if ox.NamedNode(NAMESPACE + name) not in TERMS}


def test_every_property_says_where_it_is_used_and_what_its_values_are() -> None:
    properties = {term for term, known in TERMS.items() if not known.is_class}
    assert not {term.value for term in properties if not DOMAINS[term]}
    assert not {term.value for term in properties if not RANGES[term]}


def test_a_release_keeps_to_the_domains_and_ranges_that_are_told(data: Data) -> None:
    strays = set()
    for triple in data.triples:
        name, value = triple.predicate, triple.object
        if name not in TERMS:
            continue
        if not DOMAINS[name] & with_parents(data.types.get(triple.subject, set())):
            strays.add((name.value, "on", str(triple.subject)))
        kinds = (
            {value.datatype}
            if isinstance(value, ox.Literal)
            else with_parents(data.types.get(value, set()))
        )
        # Things of other publishers, such as currencies, are of no class here.
        if kinds and not RANGES[name] & kinds:
            strays.add((name.value, "has", str(value)))
    assert not strays


def test_no_range_or_domain_types_a_thing_as_what_it_is_not(data: Data) -> None:
    """RDFS entailment (rdfs2, rdfs3) adds no class of ours that the data do not state."""
    domains = {term: said(term, RDFS.domain) for term in TERMS}
    ranges = {term: said(term, RDFS.range) for term in TERMS}
    wrong = set()
    for triple in data.triples:
        for thing, kinds in ((triple.subject, domains), (triple.object, ranges)):
            entailed = kinds.get(triple.predicate, set()) & TERMS.keys()
            if entailed - with_parents(data.types.get(thing, set())):
                wrong.add((triple.predicate.value, str(thing)))
    assert not wrong


def test_names_follow_the_conventions() -> None:
    for term in TERMS.values():
        pattern = r"([A-Z][a-z0-9]*)+" if term.is_class else r"[a-z]+[0-9]*([A-Z]*[a-z0-9]+)*"
        assert re.fullmatch(pattern, term.name), term.name
    # One label never stands for two classes or for two properties.
    for kind in (True, False):
        for language in ("zh", "en"):
            labels = [
                triple.object.value
                for triple in ONTOLOGY
                if triple.predicate == RDFS.label
                and isinstance(triple.object, ox.Literal)
                and triple.object.language == language
                and isinstance(triple.subject, ox.NamedNode)
                and triple.subject in TERMS
                and TERMS[triple.subject].is_class is kind
            ]
            assert len(labels) == len(set(labels))


def test_the_version_has_an_iri_of_its_own() -> None:
    (version,) = [
        triple.object.value
        for triple in ONTOLOGY
        if triple.subject == HEADER
        and triple.predicate == OWL.versionInfo
        and isinstance(triple.object, ox.Literal)
    ]
    assert said(HEADER, OWL.versionIRI) == {ox.NamedNode(f"{HEADER.value}/{version}")}
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_terms_of_ours_are_special_cases_of_no_term_of_the_wrong_kind() -> None:
    """A class stands below classes alone and a property below properties, as the names say it."""
    for term, known in TERMS.items():
        for name in (RDFS.subClassOf, RDFS.subPropertyOf):
            for parent in said(term, name):
                assert known.is_class is (name == RDFS.subClassOf)
                local = re.split(r"[#/]", parent.value)[-1]
                assert local[0].isupper() is known.is_class, (term, parent)
    assert FG.term in TERMS
    assert not said(FG.term, RDFS.range)


def test_every_iri_of_a_release_is_raw_and_normalized(graph: ox.Store) -> None:
    """No percent escape, and NFC (RFC 3987, section 5.3.2.2): one name has one spelling."""
    iris = {
        node.value
        for quad in graph
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, ox.NamedNode)
    }
    assert not {iri for iri in iris if re.search("%[0-9A-Fa-f]{2}", iri)}
    assert not {iri for iri in iris if not unicodedata.is_normalized("NFC", iri)}
    assert not {iri for iri in iris if re.search(r"[\s<>\"{}|\\^`]", iri)}
    assert any(not iri.isascii() for iri in iris)
