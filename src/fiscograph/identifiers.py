"""Every IRI that the project mints, from domain keys.

Canonical IRIs hold no percent escape: Chinese stays Chinese (NFC), and characters that an IRI
reserves stand in their full-width form (:func:`fiscograph.budget.name_key`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fiscograph.budget import (
    NOT_STATED,
    Allocation,
    Citation,
    ConceptKey,
    Cube,
    FilingId,
    Finding,
    IdentityCheck,
    OrganizationKey,
    PerformanceIndicator,
    PolicyKey,
    Project,
    ProjectBudget,
    TableKey,
    name_key,
)
from fiscograph.provenance import Place

_BASE = re.compile(r"https?://[^\s/?#]+/(?:[^\s?#]*/)?\Z")
_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*\Z")
_SOURCE_DIGITS = 16


@lru_cache(maxsize=65_536)
def segment(text: str) -> str:
    """One path segment of an IRI: the name key of ``text``, never a dot segment.

    Raises:
        ValueError: nothing is left of the text.

    >>> segment("a/b 100%")
    'a／b100％'
    >>> segment("..")
    '．．'
    """
    if _PLAIN.match(text):
        return text
    key = name_key(text)
    if not key:
        raise ValueError(f"no key for an identifier in {text!r}")
    return key.replace(".", "．") if not key.strip(".") else key


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """The IRIs of one publisher. ``base`` is an absolute http(s) IRI that ends with a slash.

    Raises:
        ValueError: ``base`` is not of that form.
    """

    base: str

    def __post_init__(self) -> None:
        if not _BASE.match(self.base) or "%" in self.base:
            raise ValueError(
                f"{self.base!r} is no base IRI: expected http(s)://HOST/ or http(s)://HOST/PATH/"
            )

    def path(self, iri: str) -> str:
        """The part of an IRI under the base, as it stands in the tables.

        Raises:
            ValueError: the IRI is not under the base.

        >>> Identifiers(base="https://fiscograph.example/").path(
        ...     "https://fiscograph.example/region/500152"
        ... )
        'region/500152'
        """
        if not iri.startswith(self.base):
            raise ValueError(f"{iri!r} is not under {self.base!r}")
        return iri[len(self.base) :]

    def _under(self, *segments: str) -> str:
        return self.base + "/".join(segments)

    # Filings and their sources

    def filing(self, filing: FilingId) -> str:
        return self._under("filing", segment(str(filing)))

    def run(self, filing: FilingId) -> str:
        """The activity that made the graph of a filing."""
        return f"{self.filing(filing)}/run"

    @property
    def reduction(self) -> str:
        """The activity that made the graphs of what crosses filings."""
        return self._under("run")

    def source(self, sha256: str) -> str:
        return self._under("source", sha256[:_SOURCE_DIGITS])

    def at(self, place: Place) -> str:
        """What is printed at a place: a printed amount, citation, indicator, statement, token."""
        return self.token(place.source, place.locator)

    def token(self, sha256: str, locator: str) -> str:
        return f"{self.source(sha256)}/at/{segment(locator)}"

    def line(self, place: Place) -> str:
        """The line that a place stands in.

        >>> from fiscograph.provenance import Span
        >>> place = Place(source="0123456789abcdef0", span=Span(line=12, start=30, end=35))
        >>> Identifiers(base="https://fiscograph.example/").line(place)
        'https://fiscograph.example/source/0123456789abcdef/at/L12'
        """
        return self.token(place.source, f"L{place.line}")

    def table(self, table: TableKey) -> str:
        return f"{self.source(table.source)}/table/{segment(table.locator)}"

    # What a filing says

    def allocation(self, filing: FilingId, allocation: Allocation) -> str:
        notations = (segment(part or NOT_STATED) for part in allocation.dimension_notations)
        key = ".".join(part.replace(".", "．") for part in notations)
        return f"{self.filing(filing)}/allocation/{allocation.cube.value}/{key}"

    def project_budget(self, filing: FilingId, key: str) -> str:
        return f"{self.filing(filing)}/project/{segment(key)}"

    def indicator(self, indicator: PerformanceIndicator) -> str:
        return self.at(indicator.place)

    def citation(self, citation: Citation) -> str:
        return self.at(citation.place)

    def statement(self, place: Place) -> str:
        return self.at(place)

    def check(self, filing: FilingId, check: IdentityCheck) -> str:
        return f"{self.filing(filing)}/check/{segment(check.rule)}/{segment(check.key)}"

    def finding(self, filing: FilingId, finding: Finding) -> str:
        rule, locator = segment(finding.rule), segment(finding.place.locator)
        return f"{self.filing(filing)}/finding/{rule}/{locator}"

    # What filings share

    def organization(self, key: OrganizationKey) -> str:
        return self._under("organization", segment(key.region), segment(key.body))

    def region(self, code: str) -> str:
        return self._under("region", segment(code))

    def project(self, project: Project) -> str:
        """A project by its code; without one, by the filing and the key of its project budget.

        Raises:
            ValueError: the project has neither.
        """
        if project.code is not None:
            return self._under("project", segment(project.code))
        if project.filing is None or project.budget_key is None:
            raise ValueError(f"neither code nor filing: {project!r}")
        return self._under("project", segment(str(project.filing)), segment(project.budget_key))

    def project_of(self, filing: FilingId, budget: ProjectBudget) -> str:
        """The project that a project budget is about."""
        return self.project(
            Project(code=budget.code, filing=filing, budget_key=budget.key, names=(budget.name,))
        )

    def policy(self, key: PolicyKey) -> str:
        """A policy document by its number, else by its title.

        Raises:
            ValueError: the key has neither.

        >>> from fiscograph.budget import DocumentNumber
        >>> number = DocumentNumber(issuer_code="渝财社", year=2022, serial=155)
        >>> Identifiers(base="https://fiscograph.example/").policy(PolicyKey(number=number))
        'https://fiscograph.example/policy/渝财社/2022/155'
        """
        if key.number is not None:
            number = key.number
            parts = [segment(number.issuer_code), str(number.year), str(number.serial)]
            qualifier = [] if key.qualifier is None else [segment(key.qualifier)]
            return self._under("policy", *qualifier, *parts)
        if key.title is None:
            raise ValueError(f"neither number nor title: {key!r}")
        qualifier = [] if key.qualifier is None else [segment(key.qualifier)]
        return self._under("policy", "title", *qualifier, segment(key.title))

    # Code lists and cubes

    def scheme(self, scheme: str) -> str:
        return self._under("code", segment(scheme))

    def regional_scheme(self, scheme: str, region: str) -> str:
        """The concepts of a scheme that one region has of its own."""
        return self._under("code", segment(scheme), "region", segment(region))

    def level(self, scheme: str, depth: int) -> str:
        """One level of a classification, from 1 at the top."""
        return self._under("code", segment(scheme), "level", str(depth))

    def level_cell(self, scheme: str, depth: int) -> str:
        """The cell of the list of levels that holds one level."""
        return self._under("code", segment(scheme), "levels", str(depth))

    def concept(self, key: ConceptKey) -> str:
        """A concept; the edition of one that a region has of its own names the region too.

        >>> ids = Identifiers(base="https://fiscograph.example/")
        >>> key = ConceptKey(scheme="function", edition=2023, notation="208")
        >>> ids.path(ids.concept(key))
        'code/function/2023/208'
        >>> key = ConceptKey(scheme="function", edition=2023, notation="2089", region="500110")
        >>> ids.path(ids.concept(key))
        'code/function/2023-500110/2089'
        """
        if key.scheme == "region":
            return self.region(key.notation)
        parts = [str(key.edition)] if key.edition is not None else []
        parts += [segment(key.region)] if key.region is not None else []
        edition = ["-".join(parts)] if parts else []
        return self._under("code", segment(key.scheme), *edition, segment(key.notation))

    def concept_mapping(self, source: ConceptKey, target: ConceptKey) -> str:
        """The statement that a concept is linked to one of another classification."""
        scheme, notation = segment(target.scheme), segment(target.notation)
        return f"{self.concept(source)}/mapping/{scheme}/{notation}"

    def issuer(self, code: str, qualifier: str | None = None) -> str:
        """The issuing authority that a 代字 stands for, in one region where any could use it."""
        return self.concept(
            ConceptKey(scheme="issuer", edition=None, notation=code, region=qualifier)
        )

    def rule(self, name: str) -> str:
        """A rule that a filing is checked by, or that chose among printings."""
        return self._under("code", "rule", segment(name))

    def document_kind(self, kind: str) -> str:
        return self._under("code", "document-kind", segment(kind))

    def cube(self, cube: Cube) -> str:
        return self._under("cube", cube.value)

    def structure(self, cube: Cube) -> str:
        """The data structure definition of a cube."""
        return f"{self.cube(cube)}/structure"

    def component(self, cube: Cube, name: str) -> str:
        """One component of a cube's structure, by the local name of its property."""
        return f"{self.structure(cube)}/{segment(name)}"

    # The catalog

    @property
    def catalog(self) -> str:
        return self._under("catalog")

    def in_catalog(self, kind: str, *keys: str) -> str:
        """A node of the catalog: ``kind`` is ``dataset``, ``distribution`` and the like.

        A dot becomes a hyphen: what follows one is read as the suffix of a document.

        >>> Identifiers(base="https://fiscograph.example/").in_catalog(
        ...     "distribution", "tables", "policies.csv"
        ... )
        'https://fiscograph.example/catalog/distribution/tables/policies-csv'
        """
        return self._under("catalog", kind, *(segment(key).replace(".", "-") for key in keys))

    def series(self, key: OrganizationKey) -> str:
        """The datasets of one department."""
        return self.in_catalog("series", key.region, key.body)

    def download(self, path: str) -> str:
        """Where a file of the release is served, by its path below the release's folder."""
        return self._under("download", path)

    @property
    def sparql(self) -> str:
        """The SPARQL endpoint."""
        return self._under("sparql")

    # Graphs

    def filing_graph(self, filing: FilingId) -> str:
        return self._under("graph", "filing", segment(str(filing)))

    @property
    def organizations_graph(self) -> str:
        return self._under("graph", "organizations")

    @property
    def projects_graph(self) -> str:
        return self._under("graph", "projects")

    @property
    def policies_graph(self) -> str:
        return self._under("graph", "policies")

    @property
    def codelists_graph(self) -> str:
        return self._under("graph", "codelists")

    @property
    def model_graph(self) -> str:
        return self._under("graph", "model")

    @property
    def catalog_graph(self) -> str:
        return self._under("graph", "catalog")
