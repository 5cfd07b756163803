"""What crosses filings: the result of the reduction over them."""

from __future__ import annotations

from dataclasses import dataclass

from fiscograph.budget.concept import Concept
from fiscograph.budget.filing import FilingId
from fiscograph.budget.organization import Organization
from fiscograph.budget.policy import DocumentCandidate, DocumentRelation, PolicyDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project by its identity: ``code`` is its 项目编码; without one it is known only within
    the filing by the key of its project budget. ``names`` are all printed names, longest first.
    """

    code: str | None
    filing: FilingId | None
    budget_key: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A GB/T 2260 division; ``parent`` is the code of the next wider one."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Covering:
    """A unit's filing and the department's filing ``by`` which it is covered: what the first says
    of money, the second says too.
    """

    filing: FilingId
    by: FilingId


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFacts:
    """Everything that no single filing may write, each tuple sorted by key."""

    organizations: tuple[Organization, ...]
    projects: tuple[Project, ...]
    policies: tuple[PolicyDocument, ...]
    concepts: tuple[Concept, ...]
    regions: tuple[Region, ...]
    coverings: tuple[Covering, ...] = ()
    relations: tuple[DocumentRelation, ...] = ()
    candidates: tuple[DocumentCandidate, ...] = ()
