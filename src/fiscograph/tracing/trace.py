"""One typed text followed to its document's money: what pages show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscograph.tracing.answers import FundedProject, Funding
from fiscograph.tracing.documents import Document
from fiscograph.tracing.resolver import Resolution
from fiscograph.tracing.tracer import Tracer


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A typed text, what it names, and what that funds; ``funding`` is None where it names no
    document, or may name several.
    """

    typed: str
    resolution: Resolution
    funding: Funding | None

    @property
    def found(self) -> bool:
        return self.funding is not None

    @property
    def number(self) -> str | None:
        """The document's number, else the normal form of the typed one."""
        document = self.resolution.document
        return self.resolution.number if document is None else document.number

    @property
    def document(self) -> Document | None:
        return self.resolution.document

    @property
    def policies(self) -> tuple[str, ...]:
        return () if self.document is None else (self.document.iri,)

    @property
    def titles(self) -> tuple[str, ...]:
        return () if self.document is None else self.document.titles

    @property
    def issuers(self) -> tuple[str, ...]:
        issuer = None if self.document is None else self.document.issuer
        return () if issuer is None else (issuer,)

    @property
    def rows(self) -> tuple[FundedProject, ...]:
        return () if self.funding is None else self.funding.projects

    @property
    def total(self) -> Decimal | None:
        """In yuan; None where it is of several years or phases, which are never added up."""
        return Decimal(0) if self.funding is None else self.funding.total_cny

    @property
    def nearest(self) -> tuple[str, ...]:
        """The numbers or titles of the documents that may be meant, else of those like them."""
        may_be = self.resolution.candidates or self.resolution.nearest
        return tuple(one.document.number or one.document.title or "" for one in may_be)


def trace(tracer: Tracer, typed: str) -> Trace:
    """Follow a document's number or title, typed in any style, to projects and their money.

    Raises:
        QueryError: the store cannot be asked.
    """
    resolution = tracer.resolve(typed)
    document = resolution.document
    return Trace(
        typed=typed,
        resolution=resolution,
        funding=None if document is None else tracer.funding(document),
    )
