"""The page of a source: its text with what the release says of its numbers, in spans of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from fiscograph.queries import Row, load, text
from fiscograph.serving.data.describe import PAGE_LIMITS, Description
from fiscograph.serving.frame.language import say
from fiscograph.serving.frame.words import mark
from fiscograph.serving.site import Site
from fiscograph.serving.things.sections import Cell, value
from fiscograph.serving.things.sources import Line, Place
from fiscograph.serving.things.spans import Span, spans
from fiscograph.vocabulary import FG
from fiscograph.vocabulary.prefixes import PREFIXES

_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_KINDS = {
    FG.PrintedAmount.value: "",
    FG.PerformanceIndicator.value: "in",
    FG.Statement.value: "st",
    FG.Citation.value: "ci",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding where it stands."""

    cell: Cell
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """Lines of a source; ``lines`` is None where the server does not have its text, ``findings``
    are by line, ``spans`` are all of its pages with the one that is shown.
    """

    path: str
    lines: tuple[Line, ...] | None
    findings: Mapping[int, tuple[Told, ...]]
    span: Span
    spans: tuple[tuple[Span, str], ...]
    sparql: str
    run: str


def source_page(
    site: Site, description: Description, path: str, span: Span | None = None
) -> SourcePage | None:
    """The lines of ``span``, of the first span where it is None; None where the text ends before.

    Raises:
        QueryError: the store cannot be asked.
    """
    shown = Span() if span is None else span
    count = int(description.text(FG.lineCount) or 1)
    if shown.first > max(count, 1):
        return None
    bound: dict[str, NamedNode | Literal] = {
        "thing": NamedNode(description.iri),
        "first": Literal(str(shown.first), datatype=_INTEGER),
        "last": Literal(str(shown.last), datatype=_INTEGER),
    }
    query = "places-in-lines"
    places = site.pages.select(load(query, **bound), PAGE_LIMITS)
    findings = site.pages.select(load("findings-in-lines", **bound), PAGE_LIMITS)
    return SourcePage(
        path=path,
        lines=site.sources.lines(path.rpartition("/")[2], shown, tuple(_places(places, site))),
        findings=_findings(findings, site),
        span=shown,
        spans=tuple((one, one.page(path)) for one in spans(count)),
        sparql=text(query),
        run="/sparql?"
        + urlencode(
            [("query", text(query)), *((f"${name}", str(term)) for name, term in bound.items())]
        ),
    )


def _places(rows: Iterable[Row], site: Site) -> Iterator[Place]:
    for row in rows:
        kind = _KINDS.get(value(row, "type") or "", "")
        yield Place(
            line=int(value(row, "line") or 0),
            start=int(value(row, "start") or 0),
            end=int(value(row, "end") or 0),
            href=site.paths.link(value(row, "at") or "") or "",
            mark=kind or mark(value(row, "placement")),
        )


def _findings(rows: Iterable[Row], site: Site) -> Mapping[int, tuple[Told, ...]]:
    found: dict[int, list[Told]] = {}
    for row in rows:
        message = say(value(row, "message") or "", value(row, "messageEn") or "")
        told = Told(
            cell=Cell(text=message, href=site.paths.link(value(row, "finding") or "")),
            severity=value(row, "severity") or "",
        )
        found.setdefault(int(value(row, "line") or 0), []).append(told)
    return {line: tuple(dict.fromkeys(several)) for line, several in found.items()}
