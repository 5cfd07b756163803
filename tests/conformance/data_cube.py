"""The integrity constraints of the RDF Data Cube Vocabulary over any graph.

Source: W3C REC "The RDF Data Cube Vocabulary" (16 January 2014), sections 10 (normalisation) and
11.1 (constraints); the texts are those of the suite beside this module. IC-12 compares all pairs of
observations, so that over a release it is asked by structure, grouped by its dimensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store

SUITE = Path(__file__).with_name("w3c-qb-integrity")
GROUPED = Path(__file__).with_name("ic-12-grouped.rq")
TEMPLATES = frozenset({"ic-20", "ic-21"})
# IC-17 as published never fires on engines that follow the SPARQL algebra; the suite says so.
CONSTRAINTS = tuple(
    f"ic-{name}"
    for name in (
        *(f"{number:02d}" for number in range(1, 17)),
        *("17-fixed", "18", "19a", "19b", "20", "21"),
    )
)


def text(name: str) -> str:
    return (SUITE / "queries" / name).read_text("utf-8")


def normalise(store: Store) -> Store:
    """The graph in normal form (section 10)."""
    for phase in (1, 2):
        store.update(text(f"normalise-phase-{phase}.ru"))
    return store


def violated(store: Store, constraint: str) -> bool:
    """Whether a normalised graph breaks a constraint, by its published text."""
    return any(_ask(store, query) for query in _instances(store, constraint))


def duplicates(store: Store) -> list[tuple[str, int]]:
    """IC-12, grouped: each structure with how many observations share all its dimensions."""
    found = []
    for structure, dimensions in _dimensions(store).items():
        query = GROUPED.read_text("utf-8")
        query = query.replace("?structure", f"<{structure}>")
        query = query.replace(
            "# dimensions",
            " ".join(f"?obs <{term}> ?d{at} ." for at, term in enumerate(dimensions)),
        )
        query = query.replace("?keys", " ".join(f"?d{at}" for at in range(len(dimensions))))
        found += [(structure, row) for row in range(len(_rows(store, query)))]
    return found


def _dimensions(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for structure, dimension in _rows(store, text_of_dimensions()):
        found.setdefault(structure, []).append(dimension)
    return found


def text_of_dimensions() -> str:
    return GROUPED.with_name("dimensions.rq").read_text("utf-8")


def _instances(store: Store, constraint: str) -> Iterator[str]:
    """The query, or one for each property that its template is to be filled with."""
    query = text(f"{constraint}.rq")
    if constraint not in TEMPLATES:
        yield query
        return
    for (iri,) in _rows(store, text(f"{constraint}-bindings.rq")):
        yield query.replace("$p", iri)


def _ask(store: Store, query: str) -> bool:
    answer = store.query(query)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    return [tuple(term.value for term in row if isinstance(term, NamedNode)) for row in answer]
