"""What crosses filings: the graphs of organizations, projects, policies, code lists, model, catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, Triple

from fiscograph.budget import Cube, PolicyDocument, SharedFacts
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.catalog import map_catalog
from fiscograph.mapping.concept import map_concept, map_scheme, with_built_in
from fiscograph.mapping.cube import map_code_lists, map_cube
from fiscograph.mapping.filing_graph import in_graph
from fiscograph.mapping.organization import map_covering, map_organization
from fiscograph.mapping.policy import (
    map_candidate,
    map_document_kind,
    map_issuer,
    map_policy,
    map_relation,
)
from fiscograph.mapping.project import map_project
from fiscograph.mapping.region import map_region
from fiscograph.vocabulary.ontology import ontology


def map_shared(shared: SharedFacts, ids: Identifiers) -> tuple[Quad, ...]:
    """The shared graphs, one after the other, each sorted."""
    return (
        *in_graph(_catalog(ids), ids.catalog_graph),
        *in_graph(_code_lists(shared, ids), ids.codelists_graph),
        *in_graph(_model(ids), ids.model_graph),
        *in_graph(_organizations(shared, ids), ids.organizations_graph),
        *in_graph(_policies(shared, ids), ids.policies_graph),
        *in_graph(_projects(shared, ids), ids.projects_graph),
    )


def _catalog(ids: Identifiers) -> Iterator[Triple]:
    return map_catalog(ids)


def _code_lists(shared: SharedFacts, ids: Identifiers) -> Iterator[Triple]:
    """Only schemes that have a concept are said."""
    concepts = with_built_in(shared.concepts)
    present = frozenset(concept.key for concept in concepts)
    schemes = {key.scheme for key in present}
    schemes |= {"region" for _ in shared.regions}
    schemes |= {"issuer" for policy in shared.policies if policy.key.number and policy.issuer}
    schemes |= {"document-kind" for policy in shared.policies if policy.kind}
    for scheme in sorted(schemes):
        yield from map_scheme(scheme, ids)
    for concept in concepts:
        yield from map_concept(concept, present, ids)
    codes = frozenset(region.code for region in shared.regions)
    for region in shared.regions:
        yield from map_region(region, codes, ids)
    for policy in _one_per_issuer(shared.policies):
        yield from map_issuer(policy, ids)
    for policy in shared.policies:
        yield from map_document_kind(policy, ids)


def _one_per_issuer(policies: Iterable[PolicyDocument]) -> Iterable[PolicyDocument]:
    """One document for each 代字: the first that says who issues under it."""
    first: dict[tuple[str | None, str], PolicyDocument] = {}
    for policy in policies:
        number = policy.key.number
        if number is not None and policy.issuer:
            first.setdefault((policy.key.qualifier, number.issuer_code), policy)
    return first.values()


def _model(ids: Identifiers) -> Iterator[Triple]:
    yield from ontology()
    yield from map_code_lists(ids)
    for cube in Cube:
        yield from map_cube(cube, ids)


def _organizations(shared: SharedFacts, ids: Identifiers) -> Iterator[Triple]:
    for organization in shared.organizations:
        yield from map_organization(organization, ids)
    for covering in shared.coverings:
        yield from map_covering(covering, ids)


def _policies(shared: SharedFacts, ids: Identifiers) -> Iterator[Triple]:
    for policy in shared.policies:
        yield from map_policy(policy, ids)
    for relation in shared.relations:
        yield from map_relation(relation, ids)
    for candidate in shared.candidates:
        yield from map_candidate(candidate, ids)


def _projects(shared: SharedFacts, ids: Identifiers) -> Iterator[Triple]:
    for project in shared.projects:
        yield from map_project(project, ids)
