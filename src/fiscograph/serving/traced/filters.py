"""What narrows an overview: the choices of its form, and the same bound in the query beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fiscograph.serving.frame.words import Word, phase_word
from fiscograph.serving.site import Site
from fiscograph.tracing import Wanted
from fiscograph.vocabulary import XSD
from fiscograph.vocabulary.codelists import load_code_lists

# Which overview is narrowed by what; the mentions that name no document are listed whole.
_BY_PROJECT = ("year", "phase", "region")
NARROWED = {
    "documents": (*_BY_PROJECT, "level"),
    "shared": (*_BY_PROJECT, "level"),
    "without-basis": _BY_PROJECT,
    "shares": _BY_PROJECT,
}
_WORDS = {
    "year": Word(zh="年度", en="year"),
    "phase": Word(zh="阶段", en="phase"),
    "region": Word(zh="地区（含下级）", en="region, with those below it"),
    "level": Word(zh="发文层级", en="level of the issuer"),
}
_LEVELS = {
    "central": Word(zh="中央", en="central"),
    "province": Word(zh="省级", en="province"),
    "prefecture": Word(zh="地市级", en="prefecture"),
    "county": Word(zh="县级", en="county"),
    "township": Word(zh="乡级", en="township"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One field of the form; ``options`` are keys with their words, ``chosen`` one of the keys."""

    name: str
    word: Word
    options: tuple[tuple[str, Word], ...]
    chosen: str | None


def filters_of(site: Site, name: str, wanted: Wanted) -> tuple[Filter, ...]:
    """The fields for an overview, with what the release holds to choose from.

    Raises:
        QueryError: the store cannot be asked.
    """
    choices, chosen = site.tracer.choices, dict(wanted.filters)
    regions = {iri.rpartition("/")[2]: name or "" for iri, name in choices.regions}
    known = {
        "year": {year: Word(zh=year, en=year) for year in choices.years},
        "phase": {phase: phase_word(phase) or Word(zh=phase, en="") for phase in choices.phases},
        "region": {code: _region(code, label) for code, label in _with_provinces(regions)},
        "level": {
            level: _LEVELS.get(level, Word(zh=level, en=level))
            for level in (one.level for one in site.tracer.documents.by_iri.values())
            if level
        },
    }
    return tuple(
        Filter(
            name=field,
            word=_WORDS[field],
            options=tuple(sorted(known[field].items())),
            chosen=chosen.get(field),
        )
        for field in NARROWED.get(name, ())
    )


def is_key(text: str) -> bool:
    """Whether a text may be the key of a year, phase, region or level."""
    return re.fullmatch(r"[\w-]{1,40}", text) is not None


def bound(filters: Mapping[str, str], base: str) -> Iterator[tuple[str, NamedNode | Literal]]:
    """The values of filters as terms, by the variables of the overviews' queries."""
    for name, text in filters.items():
        match name:
            case "year":
                yield "year", Literal(text, datatype=XSD.gYear)
            case "phase":
                yield "phase", NamedNode(f"{base}code/budget-phase/{text}")
            case "region":
                yield "within", NamedNode(f"{base}region/{text.rpartition('/')[2]}")
            case _:
                yield name, Literal(text)


def _with_provinces(regions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The filings' regions, and the provinces that hold them."""
    yield from regions.items()
    provinces = {f"{code[:2]}0000" for code in regions if len(code) == len("500000")}
    known = load_code_lists().regions
    for code in provinces - regions.keys():
        yield code, known[code].name if code in known else ""


def _region(code: str, label: str) -> Word:
    named = f"{label} {code}".strip()
    return Word(zh=named, en=named)
