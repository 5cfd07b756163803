"""SKOS integrity and quality (the suite in ``skos-integrity/``) on every code list and a release."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.golden.disclosed import NAMES, facts_of
from tests.mapping.builder import IDS

from fiscograph import resources
from fiscograph.mapping import map_shared
from fiscograph.pipeline import _shared
from fiscograph.vocabulary import PREFIXES

SUITE = Path(__file__).with_name("skos-integrity")
CASES = json.loads((SUITE / "manifest.json").read_text("utf-8"))
QUERIES = sorted(path.stem for path in (SUITE / "queries").glob("*.rq"))
LISTS = sorted(path.name for path in resources.codelists().glob("*.ttl"))
RELEASE = "the release's graph of code lists"
# Classifications use one name for several codes (行政运行 under every 款; 城关区 in two cities), and
# one body issues under several 代字: for names, siblings are compared instead.
SAME_NAME = "q-same-preflabel-in-scheme"
SIBLINGS = """
SELECT ?a ?b ?label {
  ?a skos:prefLabel ?label ; skos:inScheme ?scheme .
  ?b skos:prefLabel ?label ; skos:inScheme ?scheme .
  FILTER (STR(?a) < STR(?b) && LANG(?label) = "zh" && !STRENDS(STR(?scheme), "/issuer"))
  OPTIONAL { ?a skos:broader ?over } OPTIONAL { ?b skos:broader ?other }
  OPTIONAL { ?a fg:edition ?edition } OPTIONAL { ?b fg:edition ?of }
  FILTER (COALESCE(?over, 0) = COALESCE(?other, 0) && COALESCE(?edition, 0) = COALESCE(?of, 0))
}
"""


def rows(store: ox.Store, query: str) -> list[str]:
    prefixes = "".join(f"PREFIX {name}: <{value}>\n" for name, value in PREFIXES.items())
    answer = store.query(prefixes + query)
    assert isinstance(answer, ox.QuerySolutions)
    return [str(row) for row in answer]


def query_of(name: str) -> str:
    return (SUITE / "queries" / f"{name}.rq").read_text("utf-8")


@cache
def store_of(name: str) -> ox.Store:
    store = ox.Store()
    if name == RELEASE:
        shared = map_shared(_shared([facts_of(name) for name in NAMES]), IDS)
        graph = ox.NamedNode(IDS.codelists_graph)
        store.extend(
            ox.Quad(quad.subject, quad.predicate, quad.object)
            for quad in shared
            if quad.graph_name == graph
        )
    else:
        store.bulk_load(path=resources.codelists() / name, format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['query']}-{'+'.join(case['load'])}"
)
def test_the_queries_find_what_is_wrong_and_nothing_else(case: dict[str, object]) -> None:
    store, files = ox.Store(), case["load"]
    assert isinstance(files, list)
    for file in files:
        store.load(path=SUITE / "data" / file, format=ox.RdfFormat.TURTLE)
    assert bool(rows(store, query_of(str(case["query"])))) == (case["rows"] != 0)


@pytest.mark.parametrize("query", [query for query in QUERIES if query != SAME_NAME])
@pytest.mark.parametrize("name", [*LISTS, RELEASE])
def test_a_code_list_is_sound(name: str, query: str) -> None:
    assert rows(store_of(name), query_of(query)) == []


@pytest.mark.parametrize("name", [*LISTS, RELEASE])
def test_siblings_have_different_names(name: str) -> None:
    assert rows(store_of(name), SIBLINGS) == []


def test_two_siblings_of_one_name_would_be_found() -> None:
    store = ox.Store()
    good = (SUITE / "data" / "good.ttl").read_text("utf-8")
    twins = "".join(
        f'ex:{name} a skos:Concept ; skos:inScheme ex:twins ; skos:prefLabel "同名"@zh .'
        for name in ("one", "other")
    )
    prefixes = "".join(line for line in good.splitlines(keepends=True) if "prefix" in line.lower())
    store.load(f"{prefixes}\n@prefix ex: <http://e/> .\n{twins}".encode(), ox.RdfFormat.TURTLE)
    assert len(rows(store, SIBLINGS)) == 1


@pytest.mark.parametrize("name", [*LISTS, RELEASE])
def test_relations_stand_both_ways(name: str) -> None:
    one_way = """
    SELECT ?a ?b {
      { ?a skos:broader ?b . FILTER NOT EXISTS { ?b skos:narrower ?a } }
      UNION { ?a skos:narrower ?b . FILTER NOT EXISTS { ?b skos:broader ?a } }
      UNION { ?a skos:topConceptOf ?b . FILTER NOT EXISTS { ?b skos:hasTopConcept ?a } }
      UNION { ?a skos:hasTopConcept ?b . FILTER NOT EXISTS { ?b skos:topConceptOf ?a } }
    }
    """
    assert rows(store_of(name), one_way) == []


@pytest.mark.parametrize("name", [*LISTS, RELEASE])
def test_every_concept_has_a_notation_a_support_and_a_scheme_without_edition(name: str) -> None:
    lacking = """
    SELECT ?concept {
      ?concept a skos:Concept .
      FILTER NOT EXISTS {
        ?concept skos:notation ?notation ; fg:support ?support ; skos:inScheme ?scheme .
        FILTER NOT EXISTS { ?scheme dcterms:isPartOf ?wider }
        FILTER (DATATYPE(?notation) = xsd:string)
      }
    }
    """
    assert rows(store_of(name), lacking) == []


def test_a_level_holds_the_concepts_of_its_depth() -> None:
    misplaced = """
    SELECT ?concept {
      ?level a xkos:ClassificationLevel ; xkos:depth ?depth ; skos:member ?concept .
      ?concept skos:broader ?wider .
      FILTER NOT EXISTS {
        ?above xkos:depth ?less ; skos:member ?wider ; dcterms:isPartOf ?scheme .
        ?level dcterms:isPartOf ?scheme .
        FILTER (?less < ?depth)
      }
    }
    """
    for name in LISTS:
        assert rows(store_of(name), misplaced) == [], name
    listed = "SELECT ?level { <X> xkos:levels/rdf:rest*/rdf:first ?level }"
    scheme = IDS.scheme("function")
    assert len(rows(store_of("function.ttl"), listed.replace("X", scheme))) == 3
