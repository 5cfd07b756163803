"""Policy documents and the mentions of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscograph.provenance import Place


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DocumentNumber:
    """A 发文字号 (GB/T 9704-2012): issuer code 代字, year, serial number."""

    issuer_code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.issuer_code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PolicyKey:
    """The key of a document: its number, else its title's name key.

    ``qualifier`` is the citing region's code where any district could use the issuer code.
    """

    number: DocumentNumber | None = None
    title: str | None = None
    qualifier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One mention of a document.

    ``field`` is the field it stands in (项目名称, 立项依据, …); ``project`` the key of the project
    budget that cites, None where the whole department or the narrative does; ``printed`` the text
    as it stands; ``policy`` None where the mention stays unresolved; ``score`` in [0, 1].
    """

    place: Place
    field: str
    project: str | None
    cited_by: str
    printed: str
    number: DocumentNumber | None
    title: str | None
    policy: PolicyKey | None
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """A document across all filings; ``titles`` are the printed titles, the best one first."""

    key: PolicyKey
    titles: tuple[str, ...]
    issuer: str | None
    kind: str | None
