"""The page of one thing: what it is, how much, from where, printed where; then all statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from fiscograph.serving.describe import Description, Link
from fiscograph.serving.documents import FORMATS
from fiscograph.serving.negotiation import Offer
from fiscograph.serving.paths import escape
from fiscograph.serving.pictured import Pictured, pictured
from fiscograph.serving.sections import Answer, Cell, Kind, answers, grouped, in_source
from fiscograph.serving.site import Site
from fiscograph.serving.sources import Line
from fiscograph.serving.traced import Traced, traced
from fiscograph.serving.words import Word
from fiscograph.vocabulary import DCTERMS, ELI, FG, PROV, QB, RDF, SKOS
from fiscograph.vocabulary.prefixes import compact

_MONEY = {
    term.value
    for term in (
        FG.amount,
        FG.amountAsPrinted,
        FG.budgetAmount,
        FG.upperFunds,
        FG.ownFunds,
        FG.otherFunds,
        FG.left,
        FG.right,
        FG.difference,
        FG.tolerance,
    )
}
# What a page says first, in this order, where it is known.
_FIRST = (
    FG.amount,
    FG.budgetAmount,
    FG.amountAsPrinted,
    FG.printedText,
    FG.printedUnit,
    FG.message,
    FG.expected,
    ELI.id_local,
    ELI.passed_by,
    FG.responsibleUnit,
    FG.competentDepartment,
    FG.organization,
    DCTERMS.publisher,
    FG.project,
    FG.citedDocument,
    FG.citingResource,
    FG.indicatorOf,
    FG.operator,
    FG.targetValue,
    FG.unitText,
    FG.functionalClassification,
    FG.economicClassification,
    FG.revenueSource,
    FG.rowLabel,
    FG.columnHeader,
    FG.placement,
    FG.fiscalYear,
    FG.filing,
    FG.table,
    QB.dataSet,
    SKOS.notation,
    SKOS.broader,
    FG.source,
    FG.legalBasis,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A property with its values; ``iri`` is the property's own address."""

    word: Word
    href: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage:
    """What the template of a thing's page is given."""

    iri: str
    path: str
    zh: str
    en: str
    types: tuple[tuple[Word, str | None], ...]
    first: tuple[Statement, ...]
    printed_at: tuple[Cell, ...]
    traced: Traced | None
    pictured: Pictured | None
    answers: tuple[Answer, ...]
    statements: tuple[Statement, ...]
    incoming: tuple[Statement, ...]
    contents: tuple[Cell, ...]
    lines: tuple[Line, ...] | None
    is_source: bool
    cut: bool
    formats: tuple[tuple[Offer, str], ...]


def resource_page(
    site: Site, description: Description, path: str, params: Mapping[str, str]
) -> ResourcePage:
    """Everything about a thing that its page shows; ``path`` is its decoded local path, ``params``
    what the address chose.

    Raises:
        QueryError: the store cannot be asked.
    """
    printed = _printed_at(description, site)
    statements = _statements(description.outgoing, site, printed)
    is_source = FG.Source.value in description.types
    return ResourcePage(
        iri=description.iri,
        path=path,
        zh=_title(description) or path,
        en=description.names.en,
        types=tuple((site.words.of(name), site.paths.link(name)) for name in description.types),
        first=tuple(statements[term.value] for term in _FIRST if term.value in statements),
        printed_at=printed,
        traced=traced(site, description.iri, description.types),
        pictured=pictured(site, description, path, params),
        answers=tuple(answers(site.pages, description.iri, description.types, site.paths)),
        statements=tuple(
            statement for name, statement in statements.items() if name != RDF.type.value
        ),
        incoming=tuple(_statements(description.incoming, site, ()).values()),
        contents=_subjects(description, site),
        lines=site.sources.lines(path.rpartition("/")[2]) if is_source else None,
        is_source=is_source,
        cut=description.cut,
        formats=tuple((offer, escape(path + offer.suffix)) for offer in FORMATS[1:]),
    )


def _subjects(description: Description, site: Site) -> tuple[Cell, ...]:
    """What a named graph speaks of, each thing once."""
    found = dict.fromkeys(
        triple.subject.value
        for triple in description.contents
        if isinstance(triple.subject, NamedNode)
    )
    return tuple(
        Cell(text=(site.paths.local(iri) or iri).lstrip("/"), href=site.paths.link(iri))
        for iri in sorted(found)
    )


def _title(description: Description) -> str:
    """What the thing is called; a document by its number and title, a number by its text."""
    number, name = description.text(ELI.id_local), description.names.zh
    if number and name:
        return f"{number} {name}"
    return number or name or description.text(FG.printedText) or ""


def _printed_at(description: Description, site: Site) -> tuple[Cell, ...]:
    """Links to the source: of the thing itself where it is printed, else of its evidence."""
    own = in_source(description.iri, site.paths)
    if own is not None:
        return (_place(own),)
    evidence = description.values(PROV.hadPrimarySource) or description.values(PROV.wasDerivedFrom)
    places = [in_source(term.value, site.paths) for term in evidence if isinstance(term, NamedNode)]
    if any(places):
        return tuple(_place(href) for href in places if href)
    source = description.text(FG.source)
    local = None if source is None else site.paths.link(source)
    lines = sorted(
        int(term.value) for term in description.values(FG.line) if isinstance(term, Literal)
    )
    if local is None:
        return ()
    return tuple(_place(f"{local}.html#L{line}") for line in lines)


def _place(href: str) -> Cell:
    line = href.rpartition("#L")[2].partition("C")[0]
    return Cell(text=f"第 {line} 行", href=href, kind=Kind.LINE)


def _statements(
    links: Iterable[Link], site: Site, printed: tuple[Cell, ...]
) -> dict[str, Statement]:
    cells: dict[str, list[Cell]] = {}
    for link in links:
        cells.setdefault(link.property, []).append(_cell(link, site, printed))
    return {
        name: Statement(word=site.words.of(name), href=site.paths.link(name), cells=tuple(values))
        for name, values in cells.items()
    }


def _cell(link: Link, site: Site, printed: tuple[Cell, ...]) -> Cell:
    term = link.value
    if isinstance(term, NamedNode):
        local = site.paths.local(term.value)
        text = link.names.zh or (site.words.of(term.value).zh if local is None else "")
        return Cell(
            text=text or (local or compact(term.value)).lstrip("/"),
            href=site.paths.link(term.value),
            kind=Kind.LINK,
        )
    if not isinstance(term, Literal):
        return Cell(text=str(term))
    if link.property in _MONEY:
        href = printed[0].href if len(printed) == 1 else None
        return Cell(text=f"{grouped(term.value)} 元", href=href, kind=Kind.MONEY)
    return Cell(text=term.value)
