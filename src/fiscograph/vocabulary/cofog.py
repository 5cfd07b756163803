"""Links from the functional classification to COFOG 1999, each with its confidence and caveat.

All are this project's own judgement: no published table of 类 and 款 against COFOG was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fiscograph.budget import Concept, ConceptKey, Scheme, label_key
from fiscograph.vocabulary.codelists import EDITION, rows
from fiscograph.vocabulary.concepts import COFOG, COFOG_EDITION, listed

_CODE = re.compile(r"\d\d(\.\d){0,2}\Z")
_CAVEAT = "CAVEAT"
_CLASS_DIGITS, _SECTION_DIGITS = 3, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CofogLink:
    """What one functional code is linked to.

    ``primary`` is None where the code has no function in COFOG; ``alternatives`` are other classes
    that parts of it belong to. Where a ``caveat`` is given, the primary class is not to be counted
    on: what the code pays for may belong to another function. ``is_close`` tells a 类, whose
    primary class is about as wide as it, from the narrower 款.
    """

    code: str
    name: str
    primary: ConceptKey | None
    alternatives: tuple[ConceptKey, ...]
    confidence: str
    caveat: str | None
    note: str | None
    basis: str

    @property
    def is_close(self) -> bool:
        return len(self.code) == _CLASS_DIGITS


def cofog_key(code: str) -> ConceptKey:
    return ConceptKey(scheme=COFOG, edition=COFOG_EDITION, notation=code)


def division_of(key: ConceptKey) -> ConceptKey:
    """The division of a group or class.

    >>> division_of(cofog_key("10.2.1")).notation
    '10'
    """
    return cofog_key(key.notation.partition(".")[0])


@cache
def cofog_links() -> Mapping[str, CofogLink]:
    """All links, by functional code."""
    return {row["functional_code"]: _link(row) for row in rows("functional_to_cofog")}


def _link(row: Mapping[str, str]) -> CofogLink:
    others = [other for other in row["cofog_alternative"].split("|") if other]
    warned = row["note"].startswith(_CAVEAT) or any(not _CODE.match(other) for other in others)
    return CofogLink(
        code=row["functional_code"],
        name=row["name"],
        primary=cofog_key(row["cofog_primary"]) if row["cofog_primary"] else None,
        alternatives=tuple(cofog_key(other) for other in others if _CODE.match(other)),
        confidence=row["confidence"],
        caveat=row["note"] if warned else None,
        note=row["note"] if row["note"] and not warned else None,
        basis=row["basis"],
    )


def nearest_link(concept: Concept) -> CofogLink | None:
    """The link of a functional concept, its own or that of the nearest wider code that has one.

    The links were made for the codes of one edition: in another, code and name must be the same.
    """
    if concept.key.scheme != Scheme.FUNCTION.value:
        return None
    bare = concept.key.notation.partition("-")[0]
    if not bare.isdecimal() or not _is_of_the_edition(concept, bare):
        return None
    links = cofog_links()
    for length in (len(bare), _SECTION_DIGITS, _CLASS_DIGITS):
        link = links.get(bare[:length])
        if link is not None:
            return link
    return None


def _is_of_the_edition(concept: Concept, bare: str) -> bool:
    if concept.key.edition == EDITION:
        return True
    key = ConceptKey(scheme=concept.key.scheme, edition=EDITION, notation=bare)
    known = listed(key.scheme).get(key)
    names = {label_key(name) for name in concept.names}
    return known is not None and not names.isdisjoint(label_key(name) for name in known.names)


def is_doubtful(concept: Concept, link: CofogLink) -> bool:
    """Whether money under the concept may belong to another division than the link's: the link has
    a caveat, or a narrower code has one whose money the concept may hold.
    """
    bare = concept.key.notation.partition("-")[0]
    return link.caveat is not None or any(
        other.caveat is not None and code.startswith(bare) for code, other in cofog_links().items()
    )
