"""Policy documents, the mentions of them, and what ties documents to each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fiscograph.provenance import Place

_NUMERALS = "零一二三四五六七八九"
_DATED = ("公告", "通告", "令")


class MentionKind(StrEnum):
    """How a mention names its document: by number, by title alone, or without either."""

    NUMBERED = "numbered"
    TITLED = "titled"
    VAGUE = "vague"


class RelationKind(StrEnum):
    """What a filing says of one document and another."""

    FORWARDS = "forwards"
    IMPLEMENTS = "implements"
    BASED_ON = "based-on"
    PROMULGATES = "promulgates"


class Level(StrEnum):
    """The level of the body that issued a document (宪法 art. 30: province, prefecture, county)."""

    CENTRAL = "central"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """A 发文字号 (GB/T 9704-2012, 7.2.5): issuer code 代字, year, serial number.

    Orders (令) carry no year and no brackets; ``issuer_code`` is then the body's name with 令.
    ``part`` is the sub-number of 155-1号 or 155号之一.

    >>> str(DocumentNumber(issuer_code="渝财社", year=2022, serial=155))
    '渝财社〔2022〕155号'
    >>> str(DocumentNumber(issuer_code="国务院令", year=None, serial=709))
    '国务院令第709号'
    >>> str(DocumentNumber(issuer_code="财政部公告", year=2021, serial=12))
    '财政部公告2021年第12号'
    """

    issuer_code: str
    year: int | None
    serial: int
    part: int | None = None

    def __str__(self) -> str:
        part = "" if self.part is None else f"之{numeral(self.part)}"
        if self.year is None:
            return f"{self.issuer_code}第{self.serial}号{part}"
        if self.issuer_code.endswith(_DATED):
            return f"{self.issuer_code}{self.year}年第{self.serial}号{part}"
        return f"{self.issuer_code}〔{self.year}〕{self.serial}号{part}"

    @property
    def order(self) -> tuple[str, int, int, int]:
        """By which numbers are sorted."""
        return (self.issuer_code, self.year or 0, self.serial, self.part or 0)


def numeral(value: int) -> str:
    """A number below 100 in Chinese numerals.

    >>> [numeral(value) for value in (1, 10, 12, 23)]
    ['一', '十', '十二', '二十三']
    """
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones or not tens else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyKey:
    """The key of a document: its number, else its title's name key.

    ``qualifier`` is the citing region's code where any district could use the issuer code, or
    where any office could have issued a document of that title.
    """

    number: DocumentNumber | None = None
    title: str | None = None
    qualifier: str | None = None

    @property
    def order(self) -> tuple[tuple[str, int, int, int], str, str]:
        """By which keys are sorted."""
        number = self.number.order if self.number else ("", 0, 0, 0)
        return (number, self.title or "", self.qualifier or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One mention of a document.

    ``field`` is the field it stands in (项目名称, 立项依据, …); ``project`` the key of the project
    budget that cites, None where the whole department or the narrative does; ``printed`` the text
    as it stands, ``printed_number`` the number within it; ``policy`` None where the mention stays
    unresolved; ``serial`` the bare serial number of a vague mention (121号文); ``score`` in [0, 1]:
    how well the mention fits the document, for an unresolved one how sure it is that a document is
    meant.
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
    kind: MentionKind = MentionKind.NUMBERED
    printed_number: str | None = None
    serial: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """A document across all filings.

    ``titles`` are the printed titles, the best one first, which is printed at ``title_places``;
    ``printings`` all printed forms of the number. ``jurisdiction`` is the GB/T 2260 code of the
    issuer's region (000000: the whole state); ``confidence`` the issuers' list's own word for how
    well the issuer is known, ``inferred`` where only the sign in the code tells the region.
    """

    key: PolicyKey
    titles: tuple[str, ...]
    issuer: str | None
    kind: str | None
    title_places: tuple[Place, ...] = ()
    printings: tuple[str, ...] = ()
    jurisdiction: str | None = None
    level: Level | None = None
    confidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRelation:
    """What filings say of two documents; ``places`` are those of the citations that say it."""

    kind: RelationKind
    subject: PolicyKey
    object: PolicyKey
    score: Decimal
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCandidate:
    """Two documents that may be one, or a document that a vague citation may mean: never merged.

    ``subject`` or ``citation`` is what the candidate is for; ``number`` the candidate's number,
    ``document`` its key where a filing of the release cites it.
    """

    rule: str
    subject: PolicyKey | None
    citation: Place | None
    number: DocumentNumber | None
    document: PolicyKey | None
    score: Decimal
    reason_zh: str
    reason_en: str
