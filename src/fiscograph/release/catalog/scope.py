"""What every node of the catalog may refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from fiscograph.budget import Cube, Filing, Organization, OrganizationKey, name_key
from fiscograph.identifiers import Identifiers
from fiscograph.release.catalog import authorities as eu
from fiscograph.release.contents import Release
from fiscograph.release.manifest import FileEntry
from fiscograph.vocabulary import DCAT, DCTERMS, RDFS
from fiscograph.vocabulary.description import Pair, each
from fiscograph.vocabulary.literals import en, zh


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property needs a __dict__
class Scope:
    """A release, and the files of it that the catalog describes, by path."""

    release: Release
    files: Mapping[str, FileEntry]

    @property
    def ids(self) -> Identifiers:
        return self.release.ids

    @property
    def publisher(self) -> NamedNode:
        return NamedNode(self.ids.in_catalog("publisher"))

    @property
    def contact(self) -> NamedNode | None:
        """Where to ask; nowhere, where the publisher has no homepage."""
        known = self.release.publisher.homepage is not None
        return NamedNode(self.ids.in_catalog("contact")) if known else None

    @property
    def license(self) -> NamedNode | None:
        iri = self.release.publisher.license
        return None if iri is None else NamedNode(iri)

    @property
    def catalog(self) -> NamedNode:
        return NamedNode(self.ids.catalog)

    @property
    def service(self) -> NamedNode:
        return NamedNode(self.ids.in_catalog("service", "sparql"))

    def dataset(self, key: str) -> NamedNode:
        return NamedNode(self.ids.in_catalog("dataset", key))

    def distribution(self, path: str) -> NamedNode:
        return NamedNode(self.ids.in_catalog("distribution", *path.split("/")))

    def region(self, code: str) -> NamedNode:
        return NamedNode(self.ids.region(code))

    def period(self, year: int) -> NamedNode:
        return NamedNode(self.ids.in_catalog("period", str(year)))

    @cached_property
    def filings(self) -> tuple[Filing, ...]:
        return tuple(facts.filing for facts in self.release.sorted_facts)

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({filing.year for filing in self.filings}))

    @cached_property
    def regions(self) -> tuple[str, ...]:
        return tuple(sorted({filing.region for filing in self.filings}))

    @cached_property
    def _organizations(self) -> Mapping[OrganizationKey, Organization]:
        return {one.key: one for one in self.release.shared.organizations}

    def department(self, filing: Filing) -> OrganizationKey:
        """The department whose series a filing belongs to: the discloser's, where it has one."""
        own = OrganizationKey(
            region=filing.region, body=filing.body_code or name_key(filing.department)
        )
        found = self._organizations.get(own)
        return found.parent if found is not None and found.parent is not None else own

    def name_of(self, key: OrganizationKey) -> str | None:
        """The longest printed name of an organization, where one is printed."""
        found = self._organizations.get(key)
        return found.name if found is not None else None

    def labels(self, cube: Cube) -> tuple[str, str]:
        """A cube's name in Chinese and English, as the model graph gives it."""
        known = self._cube_labels.get(self.ids.cube(cube), {})
        return known.get("zh", cube.value), known.get("en", cube.value)

    @cached_property
    def _cube_labels(self) -> Mapping[str, Mapping[str, str]]:
        cubes = {self.ids.cube(cube) for cube in Cube}
        found: dict[str, dict[str, str]] = {}
        for subject, predicate, value, _ in self.release.shared_quads:
            if predicate != RDFS.label or not isinstance(value, Literal):
                continue
            if isinstance(subject, NamedNode) and subject.value in cubes:
                found.setdefault(subject.value, {})[value.language or ""] = value.value
        return found

    def where_and_when(self) -> Iterator[Pair]:
        """Region and year of all filings together."""
        yield from each(DCTERMS.spatial, (self.region(code) for code in self.regions))
        yield from each(DCTERMS.temporal, (self.period(year) for year in self.years))

    def of_any_dataset(self) -> tuple[Pair, ...]:
        """What every dataset of the catalog says."""
        return (
            (DCTERMS.publisher, self.publisher),
            (DCAT.contactPoint, self.contact),
            *each(DCAT.theme, eu.THEMES),
        )


def texts(title_zh: str, title_en: str, about_zh: str, about_en: str) -> tuple[Pair, ...]:
    """Title and description in both languages."""
    return (
        (DCTERMS.title, zh(title_zh)),
        (DCTERMS.title, en(title_en)),
        (DCTERMS.description, zh(about_zh)),
        (DCTERMS.description, en(about_en)),
    )
