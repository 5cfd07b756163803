"""The code lists of a release: money by COFOG division, local codes, names, levels."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from tests.golden.disclosed import NAMES, QIJIANG, TONGCHUAN, facts_of
from tests.mapping.builder import IDS

from fiscograph.budget import Cube, FilingFacts
from fiscograph.mapping import map_filing, map_shared
from fiscograph.pipeline import _shared
from fiscograph.vocabulary import PREFIXES

EMPLOYER = ("2080505", "2080506", "2101101", "2101102", "2101103", "2210201")


@cache
def store() -> Store:
    facts = [facts_of(name) for name in NAMES]
    made = Store()
    for quads in (
        map_shared(_shared(facts), IDS),
        *(map_filing(one, IDS, program_version="0") for one in facts),
    ):
        made.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return made


def ask(query: str) -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {name}: <{value}>\n" for name, value in PREFIXES.items())
    answer = store().query(prefixes + query)
    assert isinstance(answer, QuerySolutions)
    return [
        tuple(
            term.value if isinstance(term, (Literal, NamedNode)) else ""
            for term in (row[at] for at in range(len(answer.variables)))
        )
        for row in answer
    ]


def pairs(rows: list[tuple[str, ...]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def spent(facts: FilingFacts) -> list[tuple[str, Decimal]]:
    return [
        (one.classification.notation, one.amount)
        for one in facts.allocations
        if one.cube is Cube.FUNCTION and one.classification is not None
    ]


def test_spending_by_division_has_the_doubtful_part_apart_and_loses_nothing() -> None:
    rows = ask(
        f"SELECT ?division (SUM(?yuan) AS ?sum) {{ ?a qb:dataSet <{IDS.cube(Cube.FUNCTION)}> ;"
        " fg:functionalClassification ?concept ; fg:amount ?yuan ."
        " OPTIONAL { ?concept fg:cofogDivision/skos:notation ?division } } GROUP BY ?division"
    )
    by_division = {division: Decimal(total) for division, total in rows}
    money = [pair for name in NAMES for pair in spent(facts_of(name))]
    assert sum(by_division.values()) == sum(amount for _, amount in money)
    employer = sum(amount for code, amount in money if code in EMPLOYER)
    assert by_division[""] >= employer > 0
    assert {"04", "10"} <= set(by_division)


def test_no_link_leads_employer_contributions_to_a_division() -> None:
    rows = ask(
        "SELECT ?code ?link ?caveat { ?concept skos:inScheme <" + IDS.scheme("function") + "> ;"
        " skos:notation ?code . ?m fg:mappingSource ?concept ; fg:mappingCaveat ?caveat ."
        " OPTIONAL { ?concept fg:cofogDivision|skos:closeMatch|skos:broadMatch ?link } }"
    )
    assert set(EMPLOYER) & {code for code, _, _ in rows}
    assert {link for _, link, _ in rows} == {""}


def test_every_plain_link_has_its_node_and_none_is_exact() -> None:
    bare = (
        "SELECT ?a ?b { ?a skos:closeMatch|skos:broadMatch ?b . FILTER NOT EXISTS {"
        ' ?m a fg:ConceptMapping ; fg:mappingSource ?a ; fg:mappingTarget ?b ; fg:mappingRank "primary" ;'
        " dcterms:source ?basis ; fg:mappingConfidence ?how ; fg:mappingRelation ?relation ."
        " ?a ?relation ?b } }"
    )
    assert ask(bare) == []
    assert (
        ask("SELECT ?a { ?m fg:mappingSource ?a ; fg:mappingTarget ?b . ?a skos:exactMatch ?b }")
        == []
    )
    two = (
        'SELECT ?a { ?a ^fg:mappingSource ?m, ?n . ?m fg:mappingRank "primary" .'
        ' ?n fg:mappingRank "primary" . FILTER (?m != ?n) }'
    )
    assert ask(two) == []


def test_local_codes_hang_under_national_ones_in_their_regions_scheme() -> None:
    rows = ask(
        "SELECT ?region ?code ?wider { ?scheme dcterms:isPartOf ?whole ; a skos:ConceptScheme ;"
        " fg:region/skos:notation ?region . ?concept skos:inScheme ?scheme, ?whole ;"
        " skos:notation ?code ; skos:broader/skos:notation ?wider ; fg:support 'local' }"
    )
    assert {("500110", "30223", "302"), ("511702", "3011201", "30112")} <= set(rows)
    assert all(code.startswith(wider) for _, code, wider in rows)


def test_allocations_lead_to_the_local_concept_of_their_region() -> None:
    used = {
        one.classification.region
        for one in facts_of(TONGCHUAN).allocations
        if one.classification is not None and one.classification.notation == "3011201"
    }
    assert used == {"511702"}
    keys = {one.key for one in facts_of(QIJIANG).concepts if one.key.notation == "30223"}
    assert {key.region for key in keys} == {"500110"}


def test_what_a_filing_prints_is_told_from_what_the_list_says() -> None:
    assert ask("SELECT ?c { ?c fg:listedName ?n ; skos:prefLabel ?n }") == []
    assert (
        ask(
            "SELECT ?c { ?c fg:printedName ?n . FILTER NOT EXISTS { ?c skos:prefLabel|skos:altLabel ?n } }"
        )
        == []
    )
    assert (
        ask("SELECT ?c { ?c fg:listedName ?n . FILTER NOT EXISTS { ?c skos:altLabel ?n } }") == []
    )
    assert len(ask("SELECT ?c { ?c fg:printedName ?n }")) > 50


def test_indicators_and_projects_lead_to_concepts_that_are_there() -> None:
    levels = pairs(
        ask(
            "SELECT ?label (COUNT(?i) AS ?n) { ?i fg:indicatorLevel ?c ."
            ' ?c a skos:Concept ; skos:prefLabel ?label FILTER(LANG(?label) = "zh") }'
            " GROUP BY ?label"
        )
    )
    assert int(levels["数量指标"]) == 137
    assert int(levels["产出成本指标"]) == 78
    types = ask(
        "SELECT DISTINCT ?printed ?label { ?b fg:projectTypePrinted ?printed ."
        ' OPTIONAL { ?b fg:projectType/skos:prefLabel ?label FILTER(LANG(?label) = "zh") } }'
    )
    assert pairs(types) == {
        "一般性项目": "一般性项目",
        "底线民生": "底线民生",
        "新增": "新增项目",
        "运转性项目": "运转类项目",
    }
