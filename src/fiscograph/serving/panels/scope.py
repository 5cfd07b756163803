"""Whose money a page speaks of, and of which year and phase: what its filter offers and chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from fiscograph.queries import Term
from fiscograph.serving.frame.language import EN, current
from fiscograph.serving.frame.words import phase_word
from fiscograph.serving.panels.panel import iri, rows_of
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import value
from fiscograph.vocabulary import XSD

# Every region stands in this scheme: as a scope it means the whole release.
EVERYWHERE = "code/region"
_PHASES = "code/budget-phase/"
_SCOPES = ("region/", "organization/", "filing/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A fiscal year and budget phase; ``key`` is how an address names them."""

    year: str
    phase: str

    @property
    def key(self) -> str:
        return f"{self.year}.{self.phase}"

    @property
    def label(self) -> str:
        """In words, in the page's language.

        >>> Period(year="2023", phase="approved").label
        '2023 预算'
        """
        word = phase_word(self.phase)
        if word is None:
            return self.year
        return f"{self.year} {(word.en if current() == EN else '') or word.zh}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region or discloser whose money can be asked for, by its path."""

    path: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What was chosen and what can be: ``path`` is whose money, ``period`` None where there is no
    money at all; ``fixed`` where the page itself is whose money it is.
    """

    path: str
    period: Period | None
    periods: tuple[Period, ...]
    places: tuple[Place, ...]
    cube: str
    fixed: bool

    def values(self, site: Site) -> dict[str, Term]:
        """The values of a query of money.

        Raises:
            ValueError: there is no period to ask for.
        """
        if self.period is None:
            raise ValueError("there is no money to ask for")
        return {
            "cube": iri(site, f"cube/{self.cube}"),
            "scope": iri(site, self.path),
            "year": Literal(self.period.year, datatype=XSD.gYear),
            "phase": iri(site, _PHASES + self.period.phase),
        }

    @property
    def address(self) -> str:
        """The query of an address that keeps the choice; empty where it is the usual one."""
        chosen = {} if self.path == EVERYWHERE else {"scope": self.path}
        if self.period is not None and self.period != self.periods[0]:
            chosen["period"] = self.period.key
        return f"?{urlencode(chosen)}" if chosen else ""


def scope_of(site: Site, cube: str, params: Mapping[str, str], own: str | None = None) -> Scope:
    """What an address chose for one cube; what it names wrongly is as if it were not named. ``own``
    is the path of the page where that is whose money is asked for.

    Raises:
        QueryError: the store cannot be asked.
    """
    places = () if own else _places(site)
    path = own or _chosen(site, params.get("scope", "")) or EVERYWHERE
    periods = _periods(site, cube, path)
    if not own and path != EVERYWHERE and all(one.path != path for one in places):
        places = (*places, Place(path=path, label=path))
    period = next((one for one in periods if one.key == params.get("period")), None)
    return Scope(
        path=path,
        period=period or next(iter(periods), None),
        periods=periods,
        places=places,
        cube=cube,
        fixed=own is not None,
    )


def _chosen(site: Site, path: str) -> str | None:
    """A path that may be a scope; None where it is none."""
    try:
        NamedNode(site.paths.base + path)
    except ValueError:
        return None
    return path if path.startswith(_SCOPES) else None


def _periods(site: Site, cube: str, path: str) -> tuple[Period, ...]:
    values = {"cube": iri(site, f"cube/{cube}"), "scope": iri(site, path)}
    found = [
        Period(year=value(row, "year") or "", phase=(value(row, "phase") or "").rpartition("/")[2])
        for row in rows_of(site, "money-periods", values)
    ]
    # Of one year the budget comes first: what most filings disclose.
    found.sort(key=lambda one: (one.phase != "approved", one.phase))
    return tuple(sorted(found, key=lambda one: one.year, reverse=True))


def _places(site: Site) -> tuple[Place, ...]:
    made = []
    for row in rows_of(site, "scopes", {}):
        thing = row["scope"]
        if isinstance(thing, NamedNode) and (local := site.paths.local(thing.value)):
            made.append(Place(path=local.lstrip("/"), label=value(row, "label") or local))
    return tuple(made)
