"""Classification concepts: what the codes and labels of a budget stand for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

_NOT_IN_LABELS = re.compile(r"[\s（）()“”\"'‘’、，,。.:：;；·\-—－_]+")


def label_key(label: str) -> str:
    """A printed label without the white space, brackets and marks that printings differ in.

    >>> label_key("维修(护) 费") == label_key("维修（护）费")
    True
    """
    return _NOT_IN_LABELS.sub("", unicodedata.normalize("NFKC", label))


class Scheme(Enum):
    """One edition-free concept scheme per dimension; the values stand in IRIs and CSV."""

    FUNCTION = "function"
    ECONOMIC = "departmental-economic"
    GOVERNMENT_ECONOMIC = "government-economic"
    REVENUE_SOURCE = "revenue-source"
    FUND = "fund"
    SPENDING_TYPE = "spending-type"
    PROJECT_TYPE = "project-type"
    INDICATOR_LEVEL = "indicator-level"
    PROCUREMENT = "procurement"
    THREE_PUBLIC = "three-public"
    PHASE = "budget-phase"
    OPERATION = "operation-character"


NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ConceptKey:
    """``edition`` is the fiscal year of the 科目, for the schemes that have editions; ``region``
    the GB/T 2260 code of those who use the notation, where it is no national one: two regions may
    print one local code for different things.
    """

    scheme: str
    edition: int | None
    notation: str
    region: str | None = None

    @property
    def order(self) -> tuple[str, int, str, str]:
        """What concepts are sorted by: scheme, edition, national ones first, notation."""
        return self.scheme, self.edition or 0, self.region or "", self.notation


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of a code list.

    ``labels`` are the Chinese names that the list has for it, the list's own name first, then the
    other wordings that it knows; ``printed`` are the names that filings print for it. ``support``
    says how well it is supported (the ontology's ``fg:support`` names the values), ``source`` where
    the list has it from. ``label_en`` is an English name with its ``label_basis``: ``official``,
    ``conventional`` or ``ours``. ``parent`` is the notation of the next broader concept, if there is
    one; ``depth`` the classification's level, from 1 at the top.
    """

    key: ConceptKey
    labels: tuple[str, ...]
    label_en: str | None
    parent: str | None
    support: str
    printed: tuple[str, ...] = ()
    source: str | None = None
    label_basis: str | None = None
    depth: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All Chinese names, each once, the preferred one first; the notation where none is known.

        The list's name is preferred, unless the list is only recalled and what is printed
        disagrees: then a printed name is. White space, brackets and a name that is cut off are no
        disagreement.
        """
        printed = sorted(self.printed)
        listed = self.labels[:1]
        preferred = printed[:1] if self._contradicted else listed or printed[:1]
        return tuple(dict.fromkeys((*preferred, *self.labels, *printed))) or (self.key.notation,)

    @property
    def _contradicted(self) -> bool:
        if not self.labels or not self.printed or not self.support.startswith("recalled"):
            return False
        known = [label_key(label) for label in self.labels]
        return not any(label_key(name) in label for name in self.printed for label in known)
