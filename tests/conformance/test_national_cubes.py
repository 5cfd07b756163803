"""What the national cubes promise beyond the constraints of the Data Cube Vocabulary."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Store

from fiscograph.budget import Cube
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.cube import CODE_LISTS, YUAN, dimensions
from fiscograph.vocabulary import FG, OBEU_ATTRIBUTE, ORG, QB, RDF, SKOS, XSD

# Terms of the model alone, which the program itself never writes.
RANGE = NamedNode("http://www.w3.org/2000/01/rdf-schema#range")
CODED = NamedNode("http://purl.org/linked-data/cube#CodedProperty")

IDS = Identifiers(base="https://fiscograph.example/")
# DESIGN §5: what every cube has, and what each has of its own.
SHARED = (
    FG.filing,
    FG.organization,
    FG.fiscalYear,
    FG.budgetPhase,
    FG.operationCharacter,
    FG.fund,
    FG.spendingType,
)
OWN = {
    Cube.FUNCTION: FG.functionalClassification,
    Cube.ECONOMIC: FG.economicClassification,
    Cube.PROJECT: FG.project,
    Cube.REVENUE: FG.revenueSource,
    Cube.THREE_PUBLIC: FG.threePublicItem,
    Cube.PROCUREMENT: FG.procurementCategory,
}


def objects(graph: Store, subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {quad.object for quad in graph.quads_for_pattern(subject, predicate, None)}


def subjects(graph: Store, predicate: NamedNode, value: NamedNode) -> set[NamedNode]:
    return {
        quad.subject
        for quad in graph.quads_for_pattern(None, predicate, value)
        if isinstance(quad.subject, NamedNode)
    }


@pytest.mark.parametrize("cube", Cube)
def test_a_cube_has_the_shared_dimensions_and_one_of_its_own_in_a_stated_order(
    graph: Store, cube: Cube
) -> None:
    components = objects(graph, NamedNode(IDS.structure(cube)), QB.component)
    ordered = {}
    for component in components:
        assert isinstance(component, NamedNode)
        (order,) = objects(graph, component, QB.order)
        (term,) = objects(graph, component, QB.componentProperty)
        assert isinstance(order, Literal)
        ordered[int(order.value)] = term
    terms = [ordered[at] for at in sorted(ordered)]
    assert sorted(ordered) == list(range(1, len(components) + 1))
    assert set(terms[:-2]) == {*SHARED, OWN[cube]}
    assert terms == [*dimensions(cube), FG.amount, OBEU_ATTRIBUTE.currency]


def test_every_component_has_a_range_and_each_coded_one_exactly_one_code_list(graph: Store) -> None:
    for term in {term for cube in Cube for term in dimensions(cube)}:
        (kind,) = objects(graph, term, RANGE)
        coded = CODED in objects(graph, term, RDF.type)
        lists = objects(graph, term, QB.codeList)
        assert coded == (kind == SKOS.Concept) == (len(lists) == 1) == (term in CODE_LISTS)
    assert objects(graph, FG.amount, RANGE) == {XSD.decimal}
    assert objects(graph, FG.fiscalYear, RANGE) == {XSD.gYear}


def test_every_value_is_of_the_range_of_its_dimension(graph: Store) -> None:
    kinds = {FG.filing: FG.Filing, FG.organization: ORG.Organization, FG.project: FG.Project}
    known = {term: subjects(graph, RDF.type, kind) for term, kind in kinds.items()}
    members = {
        term: {
            concept
            for scheme in objects(graph, term, QB.codeList)
            if isinstance(scheme, NamedNode)
            for concept in subjects(graph, SKOS.inScheme, scheme)
        }
        for term in CODE_LISTS
    }
    observations = subjects(graph, RDF.type, QB.Observation)
    assert len(observations) > 250
    for observation in observations:
        (dataset,) = objects(graph, observation, QB.dataSet)
        cube = next(cube for cube in Cube if NamedNode(IDS.cube(cube)) == dataset)
        for term in dimensions(cube):
            (value,) = objects(graph, observation, term)
            if term == FG.fiscalYear:
                assert isinstance(value, Literal)
                assert value.datatype == XSD.gYear
            else:
                assert value in (members.get(term) or known[term])


def test_every_allocation_is_one_decimal_amount_of_yuan(graph: Store) -> None:
    for observation in subjects(graph, RDF.type, QB.Observation):
        (amount,) = objects(graph, observation, FG.amount)
        assert isinstance(amount, Literal)
        assert amount.datatype == XSD.decimal
        assert Decimal(amount.value).is_finite()
        assert objects(graph, observation, OBEU_ATTRIBUTE.currency) == {YUAN}


def test_an_amount_is_a_measure_of_allocations_alone(graph: Store) -> None:
    measured = {quad.subject for quad in graph.quads_for_pattern(None, FG.amount, None)}
    assert measured == subjects(graph, RDF.type, QB.Observation)
