"""The queries of money roll up without loss, and count nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Variable

from fiscograph.queries import Term, text
from fiscograph.vocabulary import XSD

BASE = "https://fiscograph.example/"
APPROVED = f"{BASE}code/budget-phase/approved"
MONEY = {
    "function": "expenditure-by-function",
    "departmental-economic": "expenditure-by-economic-class",
    "revenue-source": "revenue-by-source",
    "three-public": "three-public-expenses",
    "procurement": "procurement",
}
# A department whose filing covers that of its unit, prints rows of the unit too, and another unit
# that filed alone; the department's rows are coded to it and to the unit.
COVERED = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fg: <https://w3id.org/fiscograph#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
BASE <https://fiscograph.example/>
<region/1> skos:inScheme <code/region> ; skos:broader <region/0> .
<region/0> skos:inScheme <code/region> .
<unit> org:subOrganizationOf <department> . <alone> org:subOrganizationOf <other> .
<unit> a org:Organization . <department> a org:Organization .
<alone> a org:Organization . <other> a org:Organization .
<D> a fg:Filing . <U> a fg:Filing . <A> a fg:Filing .
<class> a skos:Concept . <finer> a skos:Concept .
<D> fg:region <region/1> ; dcterms:publisher <department> .
<U> fg:region <region/1> ; dcterms:publisher <unit> ; fg:coveredBy <D> .
<A> fg:region <region/1> ; dcterms:publisher <alone> .
<class> skos:inScheme <code/function> . <finer> skos:inScheme <code/function> ; skos:broader <class> .
<class> skos:notation "1" . <finer> skos:notation "11" .
<D> fg:fiscalYear "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> ; fg:budgetPhase <code/budget-phase/approved> .
<U> fg:fiscalYear "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> ; fg:budgetPhase <code/budget-phase/approved> .
<A> fg:fiscalYear "2023"^^<http://www.w3.org/2001/XMLSchema#gYear> ; fg:budgetPhase <code/budget-phase/approved> .
"""
# All money of a cube within a scope, told in another way: no filing of the release covers another.
_EVERY = """
PREFIX fg: <https://w3id.org/fiscograph#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?cube ?scope ?allocation ?amount WHERE {
  ?allocation qb:dataSet ?cube ; fg:amount ?amount .
  { ?allocation fg:filing/fg:region/skos:broader* ?scope }
  UNION { ?allocation fg:filing/fg:region/skos:inScheme ?scope }
  UNION { ?allocation fg:organization/org:subOrganizationOf* ?scope }
}
"""
ROWS = (
    ("D/1", "D", "department", "finer", 100),
    ("D/2", "D", "unit", "class", 30),
    ("U/1", "U", "unit", "finer", 31),
    ("A/1", "A", "alone", "finer", 7),
)


def solutions(store: Store, query: str, values: Mapping[str, Term]) -> list[dict[str, str]]:
    found = store.query(query, substitutions={Variable(key): term for key, term in values.items()})
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [
        {name: term.value for name in names if isinstance(term := row[name], NamedNode | Literal)}
        for row in found
    ]


def answers(store: Store, name: str, values: Mapping[str, Term]) -> list[dict[str, str]]:
    return solutions(store, text(name), values)


def values(scope: str, cube: str = "expenditure-by-function", **others: str) -> dict[str, Term]:
    return {
        "cube": NamedNode(f"{BASE}cube/{cube}"),
        "scope": NamedNode(BASE + scope),
        "year": Literal("2023", datatype=XSD.gYear),
        "phase": NamedNode(APPROVED),
        **{name: NamedNode(BASE + path) for name, path in others.items()},
    }


@pytest.fixture(scope="module")
def covered() -> Store:
    store = Store()
    lines = [COVERED]
    for key, filing, organization, concept, amount in ROWS:
        lines.append(
            f"<{key}> qb:dataSet <cube/expenditure-by-function> ; fg:filing <{filing}> ; "
            f'fg:fiscalYear "2023"^^<{XSD.gYear.value}> ; '
            f"fg:budgetPhase <code/budget-phase/approved> ; fg:organization <{organization}> ; "
            f"fg:functionalClassification <{concept}> ; fg:amount {amount}.0 ."
        )
    store.load("\n".join(lines).encode(), format=RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    ("scope", "total"),
    [
        ("code/region", 137),
        ("region/0", 137),
        ("region/1", 137),
        ("department", 130),
        ("D", 130),
        ("unit", 31),
        ("U", 31),
        ("alone", 7),
        ("other", 7),
    ],
)
def test_no_money_counts_twice(covered: Store, scope: str, total: int) -> None:
    tree = answers(covered, "money-tree", values(scope, scheme="code/function"))
    assert {row["code"]: Decimal(row["amount"]) for row in tree}["1"] == total
    parts = answers(covered, "allocations-of-class", values(scope, **{"class": "class"}))
    assert sum(Decimal(row["amount"]) for row in parts) == total
    by_filing = answers(covered, "money-of-class", values(scope, **{"class": "class"}))
    assert sum(Decimal(row["amount"]) for row in by_filing) == total


@pytest.mark.parametrize("scheme", MONEY)
@pytest.mark.parametrize(
    "scope", ["code/region", "region/500000", "region/511702", "organization/500152/426"]
)
def test_a_classification_rolls_up_to_all_the_money_there_is(
    graph: Store, scheme: str, scope: str
) -> None:
    asked = values(scope, MONEY[scheme], scheme=f"code/{scheme}")
    rows = answers(graph, "money-tree", asked)
    tops = sum(Decimal(row["amount"]) for row in rows if "parent" not in row)
    every = solutions(graph, _EVERY, {key: asked[key] for key in ("cube", "scope")})
    assert tops == sum(Decimal(row["amount"]) for row in every)


def test_a_class_is_no_less_than_the_classes_below_it(graph: Store) -> None:
    rows = answers(graph, "money-tree", values("code/region", scheme="code/function"))
    amounts = {row["node"]: Decimal(row["amount"]) for row in rows}
    below: dict[str, Decimal] = {}
    for row in rows:
        if "parent" in row:
            below[row["parent"]] = below.get(row["parent"], Decimal(0)) + Decimal(row["amount"])
    assert below
    for node, total in below.items():
        assert total <= amounts[node]
        finer = answers(
            graph,
            "money-below",
            values("code/region", **{"class": node.removeprefix(BASE)}),
        )
        assert sum(Decimal(row["amount"]) for row in finer) == total
