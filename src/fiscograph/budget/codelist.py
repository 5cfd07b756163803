"""Code lists as values: the rooms that read filings are handed them, and read no file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from fiscograph.budget.concept import Scheme
from fiscograph.budget.shared import Region

_NOT_IN_LABELS = re.compile(r"[\s（）()“”\"'‘’、，,。.:：;；·\-—－_]+")


def label_key(label: str) -> str:
    """A printed label without the white space, brackets and marks that printings differ in.

    >>> label_key("维修(护) 费") == label_key("维修（护）费")
    True
    """
    return _NOT_IN_LABELS.sub("", unicodedata.normalize("NFKC", label))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEntry:
    """One row of a code list; ``support`` is the list's own word for how well it is known."""

    code: str
    labels: tuple[str, ...]
    parent: str | None
    support: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A classification of one edition."""

    scheme: Scheme
    edition: int | None
    by_code: Mapping[str, CodeEntry]
    by_label: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, scheme: Scheme, edition: int | None, entries: tuple[CodeEntry, ...]) -> CodeList:
        labels: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            for label in entry.labels:
                key = label_key(label)
                if entry.code not in labels.get(key, ()):
                    labels[key] = (*labels.get(key, ()), entry.code)
        return cls(
            scheme=scheme,
            edition=edition,
            by_code={entry.code: entry for entry in entries},
            by_label=labels,
        )

    def codes_of(self, label: str) -> tuple[str, ...]:
        """All codes that carry a label, in the list's order; the label is compared by its key."""
        return self.by_label.get(label_key(label), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A 代字 and the body that issues under it; ``jurisdiction`` is a GB/T 2260 code.

    ``same_as`` is the code of the same body's documents where this is another name for it.
    """

    code: str
    body: str
    jurisdiction: str
    confidence: str
    same_as: str | None = None

    @property
    def canonical(self) -> str:
        """The code that the documents are known by: 人社部令 is 人力资源和社会保障部令."""
        return self.same_as or self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What opens the codes of a region's bodies: a province's or district's one character (渝,
    潼), or the name of a division without its kind (綦江). ``region`` is None where it is not sure
    which region is meant.
    """

    text: str
    region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A 代字 that was given up: its last year, and the one that followed."""

    code: str
    last_year: int
    successor: str
    support: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLists:
    """All lists that reading needs, handed over by the pipeline."""

    function: CodeList
    economic: CodeList
    fund: CodeList
    regions: Mapping[str, Region]
    issuers: Mapping[str, Issuer]
    signs: Mapping[str, Sign]
    series: Mapping[str, Series]
