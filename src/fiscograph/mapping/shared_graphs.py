"""What crosses filings: the graphs of organizations, projects, policies, code lists and model.

The catalog describes the files of a release, so the release writes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad, Triple

from fiscograph.budget import Cube, SharedFacts
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.cofog import linked_to
from fiscograph.mapping.concept import map_concepts, with_built_in
from fiscograph.mapping.cube import map_code_lists, map_cube
from fiscograph.mapping.filing_graph import in_graph
from fiscograph.mapping.organization import map_covering, map_organization
from fiscograph.mapping.policy import issuer_concept, kind_concept, map_policy
from fiscograph.mapping.project import map_project
from fiscograph.mapping.region import region_concept
from fiscograph.vocabulary.concepts import with_ancestors
from fiscograph.vocabulary.ontology import ontology


def map_shared(shared: SharedFacts, ids: Identifiers) -> tuple[Quad, ...]:
    """The shared graphs, one after the other, each sorted."""
    return (
        *in_graph(_code_lists(shared, ids), ids.codelists_graph),
        *in_graph(_model(ids), ids.model_graph),
        *in_graph(_organizations(shared, ids), ids.organizations_graph),
        *in_graph(_policies(shared, ids), ids.policies_graph),
        *in_graph(_projects(shared, ids), ids.projects_graph),
    )


def _code_lists(shared: SharedFacts, ids: Identifiers) -> Iterator[Triple]:
    """The concepts in use and their ancestors; only schemes that have one are said."""
    concepts = with_built_in(shared.concepts)
    others = [
        *with_ancestors(sorted(linked_to(concepts), key=lambda key: key.order)),
        *(region_concept(region) for region in shared.regions),
        *(made for policy in shared.policies if (made := issuer_concept(policy)) is not None),
        *(made for policy in shared.policies if (made := kind_concept(policy)) is not None),
    ]
    return map_concepts((*concepts, *others), ids)


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


def _projects(shared: SharedFacts, ids: Identifiers) -> Iterator[Triple]:
    for project in shared.projects:
        yield from map_project(project, ids)
