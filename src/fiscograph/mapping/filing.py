"""A filing, its sources, and the run that made its graph."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.budget import (
    ConceptKey,
    Cube,
    Filing,
    OrganizationKey,
    PrintedTotal,
    Scheme,
    SourceFile,
    TextField,
    name_key,
)
from fiscograph.mapping.description import describe, each
from fiscograph.mapping.literals import boolean, integer, plain, year, zh
from fiscograph.mapping.scope import Scope
from fiscograph.mapping.text_field import text_pairs
from fiscograph.vocabulary import DCAT, DCTERMS, FG, FOAF, PROV, RDF


def map_filing_itself(
    filing: Filing, targets: tuple[TextField, ...], scope: Scope
) -> Iterator[Triple]:
    """``targets`` are the texts of the whole department."""
    ids = scope.ids
    discloser = OrganizationKey(
        region=filing.region, body=filing.body_code or name_key(filing.department)
    )
    phase = ConceptKey(scheme=Scheme.PHASE.value, edition=None, notation=filing.phase.value)
    return describe(
        scope.node,
        (RDF.type, FG.Filing),
        (DCTERMS.identifier, plain(str(filing.id))),
        (DCTERMS.title, zh(filing.title)),
        (DCTERMS.publisher, NamedNode(ids.organization(discloser))),
        (FG.region, NamedNode(ids.region(filing.region))),
        (FG.budgetCode, plain(filing.body_code)),
        (FG.fiscalYear, year(filing.year)),
        (FG.kind, plain(filing.kind.value)),
        (FG.budgetPhase, NamedNode(ids.concept(phase))),
        (FG.idDeclared, boolean(filing.id_declared)),
        *each(FG.source, (NamedNode(ids.source(source.sha256)) for source in filing.sources)),
        *text_pairs(targets, scope),
    )


def map_source(source: SourceFile, scope: Scope) -> Iterator[Triple]:
    return describe(
        NamedNode(scope.ids.source(source.sha256)),
        (RDF.type, FG.Source),
        (DCTERMS.title, zh(source.name)),
        (FG.filing, scope.node),
        (FG.sha256, plain(source.sha256)),
        (DCAT.byteSize, integer(source.size)),
        (FG.encoding, plain(source.encoding)),
        (FG.lineCount, integer(source.lines)),
    )


def map_run(filing: Filing, scope: Scope, program_version: str) -> Iterator[Triple]:
    """The inputs' hashes stand on the sources."""
    run = NamedNode(scope.ids.run(filing.id))
    yield from describe(
        run,
        (RDF.type, PROV.Activity),
        (FG.programVersion, plain(program_version)),
        *each(PROV.used, (NamedNode(scope.ids.source(item.sha256)) for item in filing.sources)),
    )
    yield from describe(
        NamedNode(scope.ids.filing_graph(filing.id)),
        (PROV.wasGeneratedBy, run),
        (FOAF.primaryTopic, scope.node),
    )


def map_printed_total(total: PrintedTotal, scope: Scope) -> Iterator[Triple]:
    """Only a printed amount can be a printed total; one that prose prints is not yet one."""
    cube = NamedNode(scope.ids.cube(Cube(total.cube)))
    for amount in scope.described((total.place,)):
        yield from describe(amount, (FG.printedTotalOf, cube))
