"""Looks up, for the tables, what one fact says of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from fiscograph.budget import (
    FilingFacts,
    FilingId,
    Organization,
    OrganizationKey,
    PolicyDocument,
    PolicyKey,
    ProjectBudget,
)
from fiscograph.identifiers import Identifiers
from fiscograph.release.contents import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A release with its organizations, policies and project budgets by key."""

    release: Release
    organizations: Mapping[OrganizationKey, Organization]
    policies: Mapping[PolicyKey, PolicyDocument]
    projects: Mapping[tuple[FilingId, str], ProjectBudget]

    @classmethod
    def of(cls, release: Release) -> Self:
        return cls(
            release=release,
            organizations={one.key: one for one in release.shared.organizations},
            policies={one.key: one for one in release.shared.policies},
            projects={
                (facts.filing.id, project.key): project
                for facts in release.facts
                for project in facts.projects
            },
        )

    @property
    def facts(self) -> tuple[FilingFacts, ...]:
        return self.release.sorted_facts

    @property
    def ids(self) -> Identifiers:
        return self.release.ids

    def path(self, iri: str) -> str:
        """An IRI as the tables give it: its part under the base."""
        return self.release.ids.path(iri)

    def filing(self, facts: FilingFacts) -> str:
        return self.path(self.ids.filing(facts.filing.id))

    def name_of(self, key: OrganizationKey | None) -> str | None:
        """The longest printed name of an organization."""
        found = self.organizations.get(key) if key else None
        return found.name if found else None

    def code_of(self, key: OrganizationKey | None) -> str | None:
        """The printed budget code of an organization."""
        found = self.organizations.get(key) if key else None
        return found.code if found else None

    def project(self, facts: FilingFacts, key: str | None) -> ProjectBudget | None:
        return None if key is None else self.projects.get((facts.filing.id, key))

    def project_path(self, facts: FilingFacts, key: str | None) -> str | None:
        if key is None:
            return None
        return self.path(self.ids.project_budget(facts.filing.id, key))

    def title_of(self, key: PolicyKey) -> str | None:
        """The best printed title of a policy document."""
        found = self.policies.get(key)
        return found.titles[0] if found and found.titles else key.title
