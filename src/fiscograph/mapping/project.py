"""Projects by their identity."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import Project
from fiscograph.identifiers import Identifiers
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import plain, zh
from fiscograph.vocabulary import DCTERMS, FG, RDF


def map_project(project: Project, ids: Identifiers) -> Iterator[Triple]:
    return describe(
        NamedNode(ids.project(project)),
        (RDF.type, FG.Project),
        (DCTERMS.identifier, plain(project.code)),
        *each(DCTERMS.title, (zh(name) for name in project.names[:1])),
        *each(DCTERMS.alternative, (zh(name) for name in project.names[1:])),
    )
