"""What a thing's page shows of it beyond its statements, by its class: panels, and a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from fiscograph.serving.data.describe import Description
from fiscograph.serving.data.paths import escape
from fiscograph.serving.panels.concepts import of_concept, of_scheme, path_of, scheme_of
from fiscograph.serving.panels.money import CUBES
from fiscograph.serving.panels.panel import Panel
from fiscograph.serving.panels.places import of_organization, of_region
from fiscograph.serving.panels.scope import Scope, scope_of
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import Cell
from fiscograph.vocabulary import FG, ORG, SKOS

_BY_FUNCTION = "expenditure-by-function"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """``above`` is the thing's place in its tree; ``scope`` is None where nothing can be chosen;
    ``action`` is where the filter leads.
    """

    above: tuple[Cell, ...]
    scope: Scope | None
    action: str
    panels: tuple[Panel, ...]


def pictured(
    site: Site, description: Description, path: str, params: Mapping[str, str]
) -> Pictured | None:
    """The panels of a region, an organization, a classification or a class; None for other things.
    ``path`` is the thing's decoded local path, ``params`` what the address chose.

    Raises:
        QueryError: the store cannot be asked.
    """
    thing = NamedNode(description.iri)
    own = path.lstrip("/")
    types = set(description.types)
    above: tuple[Cell, ...] = ()
    scope: Scope | None
    found: Iterable[Panel | None]
    if FG.Region.value in types:
        scope = scope_of(site, _BY_FUNCTION, params, own)
        above = path_of(site, thing)
        found = of_region(site, thing, own, scope)
    elif types & {ORG.FormalOrganization.value, ORG.OrganizationalUnit.value}:
        scope = scope_of(site, _BY_FUNCTION, params, own)
        found = of_organization(site, thing, own, scope)
    elif SKOS.ConceptScheme.value in types:
        scheme = scheme_of([path])
        scope = None if scheme is None else scope_of(site, CUBES[scheme], params)
        found = of_scheme(site, thing, scheme, scope)
    elif SKOS.Concept.value in types:
        scheme = scheme_of(_local(site, description))
        scope = None if scheme is None else scope_of(site, CUBES[scheme], params)
        above = path_of(site, thing)
        found = of_concept(site, thing, scope)
    else:
        return None
    return Pictured(
        above=above,
        scope=scope,
        action=escape(f"{path}.html"),
        panels=tuple(one for one in found if one is not None),
    )


def _local(site: Site, description: Description) -> list[str]:
    return [
        site.paths.local(term.value) or ""
        for term in description.values(SKOS.inScheme)
        if isinstance(term, NamedNode)
    ]
