"""Code lists as values: the rooms that read filings are handed them, and read no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fiscograph.budget.concept import ConceptKey, Scheme, label_key
from fiscograph.budget.shared import Region


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
    """All lists that reading needs, handed over by the pipeline; ``elsewhere`` are the national codes
    of other editions that no list here has whole.
    """

    function: CodeList
    economic: CodeList
    fund: CodeList
    regions: Mapping[str, Region]
    issuers: Mapping[str, Issuer]
    signs: Mapping[str, Sign]
    series: Mapping[str, Series]
    elsewhere: frozenset[tuple[Scheme, int, str]] = frozenset()

    def of(self, scheme: Scheme) -> CodeList | None:
        """The list of a classification that has editions, as far as there is one."""
        return {Scheme.FUNCTION: self.function, Scheme.ECONOMIC: self.economic}.get(scheme)

    def key(self, scheme: Scheme, edition: int, notation: str, region: str) -> ConceptKey:
        """The concept that a filing of a year and region means by a notation.

        A code that the national list does not know belongs to the region that prints it. A year
        without a list is judged by the list that there is: where that knows the code, the year's
        own concept is a national one.
        """
        known = self.of(scheme)
        national = known is None or notation in known.by_code
        national = national or (scheme, edition, notation) in self.elsewhere
        return ConceptKey(
            scheme=scheme.value,
            edition=edition,
            notation=notation,
            region=None if national else region,
        )
