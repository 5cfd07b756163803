"""The shared graphs: organizations, projects, policies, code lists, model, catalog."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Dataset, Literal, NamedNode, Quad, QuerySolutions, Store
from tests.mapping.builder import CODE, IDS, filing_facts, shared_facts

from fiscograph.budget import NOT_STATED, Cube, Scheme
from fiscograph.mapping import map_filing, map_shared
from fiscograph.mapping.concept import SCHEME_LABELS
from fiscograph.vocabulary import DCTERMS, ELI, FG, ORG, PREFIXES, QB, RDF, SKOS

QUADS = map_shared(shared_facts(), IDS)
FILING = map_filing(filing_facts(), IDS, program_version="0.1.0")


def iri(path: str) -> NamedNode:
    return NamedNode(IDS.base + path)


def said(path: str, predicate: NamedNode) -> list[str]:
    return sorted(
        quad.object.value
        for quad in QUADS
        if quad.subject == iri(path)
        and quad.predicate == predicate
        and isinstance(quad.object, (NamedNode, Literal))
    )


def test_no_triple_stands_in_two_graphs() -> None:
    triples = Counter((q.subject, q.predicate, q.object) for q in (*QUADS, *FILING))
    assert [triple for triple, count in triples.items() if count > 1] == []


def test_each_class_has_its_graph() -> None:
    graphs = {quad.object: quad.graph_name for quad in QUADS if quad.predicate == RDF.type}
    assert graphs[FG.Project] == iri("graph/projects")
    assert graphs[FG.PolicyDocument] == iri("graph/policies")
    assert graphs[ORG.FormalOrganization] == iri("graph/organizations")
    assert graphs[SKOS.Concept] == iri("graph/codelists")
    assert graphs[QB.DataStructureDefinition] == iri("graph/model")


def test_an_organization_has_its_longest_name_and_its_parent() -> None:
    assert said("organization/500152/426", SKOS.prefLabel) == ["重庆市潼南区人力资源和社会保障局"]
    assert said("organization/500152/426", SKOS.altLabel) == ["潼南区人社局"]
    assert said("organization/500152/426003", ORG.subOrganizationOf) == [
        IDS.base + "organization/500152/426"
    ]


def test_a_policy_document_has_number_issuer_and_title() -> None:
    policy = "policy/渝财社/2022/155"
    assert said(policy, ELI.id_local) == ["渝财社〔2022〕155号"]
    assert said(policy, ELI.number) == ["155"]
    assert said(policy, FG.issueYear) == ["2022"]
    assert said(policy, ELI.passed_by) == [IDS.base + "code/issuer/渝财社"]
    assert said("code/issuer/渝财社", SKOS.prefLabel) == ["重庆市财政局"]
    assert said("policy/title/社会保险法", DCTERMS.title) == ["社会保险法"]
    assert said("policy/title/社会保险法", ELI.id_local) == []


def test_concepts_stand_in_their_scheme_and_under_their_broader_one() -> None:
    assert said("code/function/2023/2080799", SKOS.broader) == [
        IDS.base + "code/function/2023/20807"
    ]
    assert said("code/function/2023/20807", SKOS.topConceptOf) == [IDS.base + "code/function"]
    assert said("code/function/2023/2080799", SKOS.altLabel) == ["其他就业补助支出（旧）"]
    assert said("code/function/2023/2080799", FG.edition) == ["2023"]
    assert said("region/500152", SKOS.broader) == [IDS.base + "region/500000"]


def test_every_scheme_has_a_label_in_zh_and_en_and_every_dimension_not_stated() -> None:
    assert {scheme.value for scheme in Scheme} <= set(SCHEME_LABELS)
    for scheme in (Scheme.FUND, Scheme.SPENDING_TYPE, Scheme.REVENUE_SOURCE, Scheme.PROCUREMENT):
        assert said(f"code/{scheme.value}/{NOT_STATED}", SKOS.inScheme) == [
            IDS.base + f"code/{scheme.value}"
        ]


def test_a_project_is_identity() -> None:
    assert said(f"project/{CODE}", DCTERMS.identifier) == [CODE]
    assert said(f"project/{CODE}", FG.budgetAmount) == []


def ask(query: str) -> list[dict[str, str]]:
    prefixes = "".join(f"PREFIX {name}: <{value}>\n" for name, value in PREFIXES.items())
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in (*QUADS, *FILING))
    answer = store.query(prefixes + query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: str(row[name]) for name in names if row[name] is not None} for row in answer]


def test_every_cube_has_one_structure_with_a_measure() -> None:
    rows = ask(
        "SELECT ?cube (COUNT(DISTINCT ?dsd) AS ?n) { ?cube a qb:DataSet ; qb:structure ?dsd ."
        " ?dsd a qb:DataStructureDefinition ; qb:component/qb:componentProperty ?measure ."
        " ?measure a qb:MeasureProperty } GROUP BY ?cube"
    )
    assert len(rows) == len(Cube)
    assert {row["n"] for row in rows} == {'"1"^^<http://www.w3.org/2001/XMLSchema#integer>'}


def test_every_dimension_has_a_range_and_every_coded_one_a_code_list() -> None:
    assert not ask(
        "SELECT ?dimension { ?dimension a qb:DimensionProperty ."
        " FILTER NOT EXISTS { ?dimension rdfs:range [] } }"
    )
    assert not ask(
        "SELECT ?dimension { ?dimension a qb:DimensionProperty ; rdfs:range skos:Concept ."
        " FILTER NOT EXISTS { ?dimension qb:codeList [] } }"
    )


def test_every_coded_value_of_an_observation_is_in_its_code_list() -> None:
    rows = ask(
        "SELECT ?dimension ?value { ?observation a qb:Observation ; ?dimension ?value ."
        " ?dimension a qb:DimensionProperty ; qb:codeList ?list ."
        " FILTER NOT EXISTS { ?value a skos:Concept ; skos:inScheme ?list } }"
    )
    assert rows == []


def test_the_shared_graphs_are_the_same_every_time() -> None:
    assert map_shared(shared_facts(), IDS) == QUADS
    assert len(Dataset(QUADS)) == len(QUADS)
