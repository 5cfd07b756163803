"""What a release offers to be found: its things one after another, never the whole graph."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from fiscograph.release import quads
from fiscograph.search.entry import Entry, Kind
from fiscograph.vocabulary import DCTERMS, ELI, FG, ORG, RDF, RDFS, SKOS

Lines = Callable[[str], Iterable[str] | None]
"""The lines of a source, by the first 16 digits of its hash, with contacts blacked out; None where
the text is not here.
"""
_TEXTS = (
    (FG.goals, "绩效目标"),
    (FG.overview, "项目概述"),
    (FG.basisText, "立项依据"),
    (FG.schedule, "实施计划"),
    (FG.otherText, "其他文字"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thing:
    """One subject with what its graph says of it."""

    iri: str
    values: Mapping[str, list[NamedNode | Literal]]

    def all(self, term: NamedNode) -> list[str]:
        return [one.value for one in self.values.get(term.value, ())]

    def one(self, term: NamedNode) -> str:
        """The Chinese value, else the first; empty where there is none."""
        found = self.values.get(term.value, ())
        chinese = (one.value for one in found if getattr(one, "language", None) == "zh")
        return next(chinese, found[0].value if found else "")


@dataclass(slots=True, kw_only=True)  # what one walk through the files remembers
class _Walk:
    base: str
    graph: str = ""
    filing: str = ""
    rows: set[tuple[str, str, str]] = field(default_factory=set)
    schemes: dict[str, str] = field(default_factory=dict)

    def path(self, iri: str) -> str:
        return iri.removeprefix(self.base)

    def enter(self, graph: str) -> None:
        if graph != self.graph:
            self.graph, self.filing = graph, ""
            self.rows.clear()

    def entries(self, thing: _Thing) -> Iterator[Entry]:
        if not thing.iri.startswith(self.base):
            return
        for kind in thing.all(RDF.type):
            if (read := _READERS.get(kind)) is not None:
                yield from read(self, thing)
                return


def entries(release: Path, base: str, lines: Lines) -> Iterator[Entry]:
    """All entries of a release, in the order of its files; each filing's source after its graph.

    Args:
        release: the folder of a release.
        base: the base IRI of its instances.
        lines: gives the text of a source.

    Raises:
        ManifestError: a file of it is damaged.
    """
    walk = _Walk(base=base)
    sources: list[tuple[str, str]] = []
    for (graph, subject), found in groupby(quads(release), key=_subject):
        thing = _thing(subject, found)
        if graph != walk.graph:
            yield from _lines(sources, lines)
            sources.clear()
        walk.enter(graph)
        if FG.Source.value in thing.all(RDF.type):
            sources.append((walk.path(thing.iri), walk.filing))
        yield from walk.entries(thing)
    yield from _lines(sources, lines)


def _subject(quad: Quad) -> tuple[str, str]:
    graph, subject = quad.graph_name, quad.subject
    return getattr(graph, "value", ""), getattr(subject, "value", "")


def _thing(iri: str, found: Iterable[Quad]) -> _Thing:
    values: dict[str, list[NamedNode | Literal]] = {}
    for quad in found:
        if isinstance(quad.object, NamedNode | Literal):
            values.setdefault(quad.predicate.value, []).append(quad.object)
    return _Thing(iri=iri, values=values)


def _lines(sources: Iterable[tuple[str, str]], lines: Lines) -> Iterator[Entry]:
    for path, filing in sources:
        text = lines(path.removeprefix("source/"))
        for number, line in enumerate(text or (), start=1):
            if line.strip():
                yield Entry(
                    kind=Kind.LINE, path=f"{path}/at/L{number}", text=line.strip(), where=filing
                )


def _filing(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    walk.filing = thing.one(DCTERMS.title)
    identifier = thing.one(DCTERMS.identifier)
    path = walk.path(thing.iri)
    yield Entry(
        kind=Kind.FILING,
        path=path,
        name=walk.filing or identifier,
        text=identifier,
        codes=(identifier,),
        where=thing.one(FG.fiscalYear),
    )
    yield from _texts(thing, path, walk.filing)


def _project(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    name, path = thing.one(DCTERMS.title), walk.path(thing.iri)
    codes = tuple(thing.all(DCTERMS.identifier))
    yield Entry(
        kind=Kind.PROJECT,
        path=path,
        name=name,
        text=" ".join((*codes, *thing.all(DCTERMS.alternative))),
        codes=codes,
        where=walk.filing,
    )
    yield from _texts(thing, path, name)


def _texts(thing: _Thing, path: str, of: str) -> Iterator[Entry]:
    for term, word in _TEXTS:
        for text in thing.all(term):
            yield Entry(kind=Kind.TEXT, path=path, text=text, where=f"{of} · {word}")


def _policy(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    number, titles = thing.one(ELI.id_local), thing.all(DCTERMS.title)
    title = titles[0] if titles else ""
    yield Entry(
        kind=Kind.POLICY,
        path=walk.path(thing.iri),
        name=number or title,
        text=" ".join((*(titles if number else titles[1:]), *thing.all(FG.printedNumber))),
        codes=(number, *titles) if number else (),
        where=title if number else "",
    )


@cache
def _short_names() -> Mapping[str, str]:
    """What an office is called in short, by a part of its printed name."""
    text = files("fiscograph.search").joinpath("short_names.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)["short"]
    return found


def _organization(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    codes, name = tuple(thing.all(ORG.identifier)), thing.one(SKOS.prefLabel)
    called = [short for long, short in _short_names().items() if long in name]
    yield Entry(
        kind=Kind.ORGANIZATION,
        path=walk.path(thing.iri),
        name=name,
        text=" ".join((*thing.all(SKOS.altLabel), *called, *codes)),
        codes=codes,
        where=" ".join(codes),
    )


def _scheme(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    walk.schemes[thing.iri] = thing.one(SKOS.prefLabel)
    yield Entry(
        kind=Kind.CONCEPT,
        path=walk.path(thing.iri),
        name=thing.one(SKOS.prefLabel),
        text=" ".join(thing.all(SKOS.prefLabel)[1:]),
    )


def _concept(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    name, codes = thing.one(SKOS.prefLabel), tuple(thing.all(SKOS.notation))
    labels = (*thing.all(SKOS.prefLabel), *thing.all(SKOS.altLabel))
    schemes = (walk.schemes.get(one, "") for one in thing.all(SKOS.inScheme))
    yield Entry(
        kind=Kind.CONCEPT,
        path=walk.path(thing.iri),
        name=name,
        text=" ".join((*codes, *(one for one in labels if one != name))),
        codes=codes,
        where=" ".join((*codes[:1], next(filter(None, schemes), ""))).strip(),
    )


def _indicator(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    said = (FG.operator, FG.targetValue, FG.unitText)
    target = "".join(thing.one(term) for term in said)
    levels = (thing.one(term) for term in (FG.level1, FG.level2))
    yield Entry(
        kind=Kind.INDICATOR,
        path=walk.path(thing.iri),
        name=thing.one(RDFS.label) or thing.one(FG.level3),
        text=" ".join(filter(None, (target, *levels))),
        where=walk.filing,
    )


def _table(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    if title := thing.one(DCTERMS.title):
        yield Entry(kind=Kind.TABLE, path=walk.path(thing.iri), name=title, where=walk.filing)


def _row(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    """A row once, however many amounts stand in it."""
    table, label, code = thing.one(FG.table), thing.one(FG.rowLabel), thing.one(FG.rowCode)
    if not label or (table, label, code) in walk.rows:
        return
    walk.rows.add((table, label, code))
    yield Entry(kind=Kind.ROW, path=walk.path(thing.iri), name=label, text=code, where=walk.filing)


def _finding(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    messages = thing.all(FG.message)
    chinese = thing.one(FG.message)
    text = " ".join((chinese, *(one for one in messages if one != chinese)))
    yield Entry(kind=Kind.FINDING, path=walk.path(thing.iri), text=text, where=walk.filing)


def _citation(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    numbers = tuple(thing.all(FG.citedNumber))
    yield Entry(
        kind=Kind.CITATION,
        path=walk.path(thing.iri),
        name=thing.one(FG.printedText),
        text=" ".join((*numbers, *thing.all(FG.citedTitle))),
        codes=numbers,
        where=" · ".join(filter(None, (walk.filing, thing.one(FG.field)))),
    )


def _statement(walk: _Walk, thing: _Thing) -> Iterator[Entry]:
    text = thing.one(FG.printedText) + thing.one(FG.unitText)
    yield Entry(
        kind=Kind.STATEMENT,
        path=walk.path(thing.iri),
        name=thing.one(FG.statedOf),
        text=text,
        where=walk.filing,
    )


_READERS: Mapping[str, Callable[[_Walk, _Thing], Iterator[Entry]]] = {
    FG.Filing.value: _filing,
    FG.ProjectBudget.value: _project,
    FG.PolicyDocument.value: _policy,
    ORG.FormalOrganization.value: _organization,
    ORG.Organization.value: _organization,
    ORG.OrganizationalUnit.value: _organization,
    SKOS.ConceptScheme.value: _scheme,
    SKOS.Concept.value: _concept,
    FG.PerformanceIndicator.value: _indicator,
    FG.Table.value: _table,
    FG.PrintedAmount.value: _row,
    FG.Finding.value: _finding,
    FG.Citation.value: _citation,
    FG.Statement.value: _statement,
}
