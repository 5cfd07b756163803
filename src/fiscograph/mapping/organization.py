"""Departments and units."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Covering, Organization, OrganizationRole
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each, node
from fiscograph.mapping.literals import plain, zh
from fiscograph.vocabulary import FG, ORG, RDF, SKOS


def map_organization(organization: Organization, ids: Identifiers) -> Iterator[Triple]:
    is_department = organization.role is OrganizationRole.DEPARTMENT
    parent = organization.parent
    return describe(
        NamedNode(ids.organization(organization.key)),
        (RDF.type, ORG.FormalOrganization if is_department else ORG.OrganizationalUnit),
        (RDF.type, ORG.Organization),
        (ORG.identifier, plain(organization.code)),
        (SKOS.prefLabel, zh(organization.name)),
        *each(
            SKOS.altLabel,
            (zh(name) for name in organization.names if name != organization.name),
        ),
        (FG.region, NamedNode(ids.region(organization.key.region))),
        (ORG.subOrganizationOf, node(None if parent is None else ids.organization(parent))),
    )


def map_covering(covering: Covering, ids: Identifiers) -> Iterator[Triple]:
    """It follows from who belongs to whom, so it stands with the organizations: no filing's own
    graph can know which others there are.
    """
    unit, department = ids.filing(covering.filing), ids.filing(covering.by)
    return describe(NamedNode(unit), (FG.coveredBy, NamedNode(department)))
