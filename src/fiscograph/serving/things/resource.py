"""The page of one thing: what it is, how much, from where, printed where; then all statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from fiscograph.serving.data.describe import Description, Link, Names
from fiscograph.serving.data.documents import FORMATS
from fiscograph.serving.data.negotiation import Offer
from fiscograph.serving.data.paths import escape
from fiscograph.serving.frame import navigation
from fiscograph.serving.frame.coded import coded, is_coded
from fiscograph.serving.frame.language import current, say
from fiscograph.serving.frame.unnamed import unnamed
from fiscograph.serving.frame.words import Word
from fiscograph.serving.site import Site
from fiscograph.serving.things.first_terms import first_terms
from fiscograph.serving.things.pictured import Pictured, pictured
from fiscograph.serving.things.sections import (
    Answer,
    Cell,
    Kind,
    answers,
    grouped,
    in_source,
    line_word,
    run_link,
)
from fiscograph.serving.things.spans import at
from fiscograph.serving.traced.answers import Traced, traced
from fiscograph.vocabulary import ELI, FG, ORG, PROV, QB, RDF, SKOS, XSD
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
_KEYS = {"form", "columnKey"}
# The page of all statements of a thing stands below the thing's own.
ALL = "/all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A property with its values; ``iri`` is the property's own address."""

    word: Word
    href: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage:
    """What the template of a thing's page is given; ``above`` leads from the start page to it,
    ``lead`` is a sentence that says it all, where there is one.
    ``apart`` is the address of all statements where they are too many for the page itself, ``run``
    the query that gives them.
    """

    iri: str
    path: str
    name: str
    above: tuple[Cell, ...]
    types: tuple[tuple[Word, str | None], ...]
    lead: str
    facts: tuple[Statement, ...]
    printed_at: tuple[Cell, ...]
    traced: Traced | None
    pictured: Pictured | None
    answers: tuple[Answer, ...]
    statements: tuple[Statement, ...]
    incoming: tuple[Statement, ...]
    contents: tuple[Cell, ...]
    cut: bool
    apart: str | None
    run: str
    formats: tuple[tuple[Offer, str], ...]

    @property
    def with_own(self) -> tuple[Cell, ...]:
        """The breadcrumbs of a page below this one."""
        return (*self.above, Cell(text=self.name, href=f"{escape(self.path)}.html"))


# Statements on a page that shows more than them; more of them stand on a page of their own.
_MOST_STATED = 60


def resource_page(
    site: Site,
    description: Description,
    path: str,
    params: Mapping[str, str],
    *,
    whole: bool = False,
) -> ResourcePage:
    """Everything about a thing that its page shows; ``path`` is its decoded local path, ``params``
    what the address chose; ``whole`` asks for all its statements and nothing else.

    Raises:
        QueryError: the store cannot be asked.
    """
    printed = _printed_at(description, site)
    statements = _statements(description.outgoing, site, printed)
    page = positive(params.get("page"))
    drawn = None if whole else pictured(site, description, path, params)
    money = None if whole else traced(site, description.iri, description.types, page)
    other = unnamed(description.iri, path)
    title = _title(description) or (path if other is None else say(other.zh, other.en))
    lead = _spoken(description, FG.message) or _ruled(description, FG.IdentityCheck)
    tables = () if whole else answers(site.pages, description.iri, description.types, site.paths)
    return ResourcePage(
        iri=description.iri,
        path=path,
        name=title,
        above=_above(description, site),
        types=tuple((site.words.of(name), site.paths.link(name)) for name in _telling(description)),
        lead="" if lead == title else lead,
        facts=_facts(description, statements),
        printed_at=printed,
        traced=money,
        pictured=drawn,
        answers=tuple(tables),
        statements=tuple(
            statement for name, statement in statements.items() if name != RDF.type.value
        ),
        incoming=tuple(_statements(description.incoming, site, ()).values()),
        contents=_subjects(description, site),
        cut=description.cut,
        apart=_apart(description, path) if drawn or money else None,
        run=run_link("said-of-thing", thing=description.iri),
        formats=tuple((offer, escape(path + offer.suffix)) for offer in FORMATS[1:]),
    )


def _apart(description: Description, path: str) -> str | None:
    known = len(description.outgoing) + len(description.incoming)
    return escape(f"{path}{ALL}.html") if known > _MOST_STATED else None


def positive(text: str | None) -> int:
    """The number of a page in an address; what is none is as if it were not written.

    >>> positive("12"), positive("-1"), positive(None)
    (12, 1, 1)
    """
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


def _facts(description: Description, statements: Mapping[str, Statement]) -> tuple[Statement, ...]:
    """What the thing's own kind of page says first, in the words of its kind."""
    return tuple(
        replace(known, word=word or known.word)
        for term, word in first_terms(description.types)
        if (known := statements.get(term.value)) is not None
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


# Classes that say nothing to a reader beside a narrower one.
_WIDE = {"dcterms:Location", "org:Organization", "skos:Concept", "prov:Entity"}


def _telling(description: Description) -> tuple[str, ...]:
    narrow = tuple(name for name in description.types if compact(name) not in _WIDE)
    return narrow or tuple(description.types)


# What a thing stands in, the nearest last.
_ABOVE = (SKOS.inScheme, ORG.subOrganizationOf, FG.filing, FG.source, FG.table, QB.dataSet)


def _above(description: Description, site: Site) -> tuple[Cell, ...]:
    """The breadcrumbs of a thing; what it stands in twice is left out, as there is no one way."""
    found = [Cell(text=say("开始", "Start"), href="/")]
    path = site.paths.local(description.iri) or ""
    found += [
        Cell(text=say(entry.zh, entry.en), href=entry.path)
        for entry in navigation.ENTRIES
        if entry.current(path) == "true"
    ]
    # A filing stands above its sources, which it points at.
    is_filing = FG.Filing.value in description.types
    for term in () if is_filing else _ABOVE:
        links = [link for link in description.outgoing if link.property == term.value]
        if len(links) == 1 and isinstance(links[0].value, NamedNode):
            iri = links[0].value.value
            # A file is above what is printed in it, not above what is told of it.
            if term == FG.source and not description.iri.startswith(f"{iri}/"):
                continue
            name = _named(links[0].names, None) or (site.paths.local(iri) or iri).lstrip("/")
            found.append(Cell(text=name, href=site.paths.link(iri), kind=Kind.LINK))
    return tuple(found)


def _named(names: Names, word: Word | None) -> str:
    """A name in the page's language where the data has it; else the Chinese one, which all have."""
    zh = names.zh or (word.zh if word else "")
    return say(zh, names.en or (word.en if word else "") or zh)


def _title(description: Description) -> str:
    """What the thing is called; a document by its number and title, a finding by its rule, a number
    by its text and what it tells.
    """
    if FG.Finding.value in description.types:
        return _ruled(description, FG.Finding)
    printed = description.text(FG.printedText)
    if printed is not None and FG.Citation.value not in description.types:
        unit = description.text(FG.printedUnit) or description.text(FG.unitText)
        amount = " ".join(filter(None, (printed, unit)))
        about = description.text(FG.statedOf)
        if FG.Statement.value in description.types:
            return f"{about}{say('：', ': ')}{amount}" if about else amount
        if FG.PrintedAmount.value in description.types:
            return amount
    number, name = description.text(ELI.id_local), _named(description.names, None)
    if number and name:
        return f"{number} {name}"
    return number or name or printed or ""


def _ruled(description: Description, kind: NamedNode) -> str:
    """The name of the rule by which a thing of a kind was made; empty for things of other kinds."""
    rules = [link for link in description.outgoing if link.property == FG.rule.value]
    return _named(rules[0].names, None) if rules and kind.value in description.types else ""


def _spoken(description: Description, name: NamedNode) -> str:
    """The text of a property in the page's language; else any; empty where it has none."""
    texts = [one for one in description.values(name) if isinstance(one, Literal)]
    spoken = [one.value for one in texts if one.language == current()]
    return next(iter((*spoken, *(one.value for one in texts))), "")


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
    return tuple(_place(at(local, f"L{line}")) for line in lines)


def _place(href: str) -> Cell:
    line = href.rpartition("#L")[2].partition("C")[0]
    return Cell(text=line_word(line), href=href, kind=Kind.LINE)


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
        other = unnamed(term.value, local)
        if other is None and local is None:
            other = site.words.of(term.value)
        return Cell(
            text=_named(link.names, other) or (local or compact(term.value)).lstrip("/"),
            href=site.paths.link(term.value),
            kind=Kind.LINK,
        )
    if not isinstance(term, Literal):
        return Cell(text=str(term))
    prefix, _, name = compact(link.property).partition(":")
    if prefix == "fg" and is_coded(name):
        word = coded(term.value, name)
        # Beside its name a key of a form is what a query asks for.
        told = name not in _KEYS or term.value in {word.zh, word.en}
        key = "" if told else f" ({term.value})"
        return Cell(text=say(word.zh, word.en) + key, kind=Kind.WORD)
    if term.datatype == XSD.boolean:
        return Cell(text=say("是", "yes") if term.value == "true" else say("否", "no"))
    if link.property in _MONEY:
        href = printed[0].href if len(printed) == 1 else None
        return Cell(text=f"{grouped(term.value)} {say('元', 'yuan')}", href=href, kind=Kind.MONEY)
    return Cell(text=term.value)
