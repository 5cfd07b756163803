"""Departments and units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class OrganizationRole(Enum):
    DEPARTMENT = "department"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OrganizationKey:
    """``region`` is a GB/T 2260 code; ``body`` the budget code, else the name key."""

    region: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A department or unit as one filing prints it; ``names`` holds every printed name, sorted."""

    key: OrganizationKey
    code: str | None
    names: tuple[str, ...]
    role: OrganizationRole
    parent: OrganizationKey | None

    @property
    def name(self) -> str:
        """The longest printed name; among equals the first in code point order."""
        return min(self.names, key=lambda name: (-len(name), name))
