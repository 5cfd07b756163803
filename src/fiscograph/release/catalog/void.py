"""The release in VoID's words: what is in it, in figures (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from fiscograph.release.catalog.datasets import RELEASE
from fiscograph.release.catalog.scope import Scope
from fiscograph.release.catalog.statistics import Statistics
from fiscograph.release.dumps import DUMPS
from fiscograph.vocabulary import PREFIXES, RDF, VOID
from fiscograph.vocabulary.description import describe, each
from fiscograph.vocabulary.literals import integer, plain


def figures(counted: Statistics, scope: Scope) -> Iterator[Triple]:
    """Section 4 of VoID: triples, entities, and their parts by class.

    Parts by property would be most of the catalog, and a query over the graph tells them.
    """
    classes = sorted(counted.classes.items(), key=lambda item: item[0].value)
    used = {term.value for term in (*counted.classes, *counted.properties)}
    vocabularies = sorted(
        namespace
        for namespace in PREFIXES.values()
        if any(term.startswith(namespace) for term in used)
    )
    yield from describe(
        scope.dataset(RELEASE),
        (RDF.type, VOID.Dataset),
        (VOID.triples, integer(counted.triples)),
        (VOID.entities, integer(counted.entities)),
        (VOID.uriSpace, plain(scope.ids.base)),
        (VOID.sparqlEndpoint, NamedNode(scope.ids.sparql)),
        *each(
            VOID.dataDump,
            (NamedNode(scope.ids.download(dump.file_name)) for dump in DUMPS.values()),
        ),
        *each(VOID.exampleResource, _examples(scope)),
        *each(VOID.vocabulary, (NamedNode(namespace) for namespace in vocabularies)),
        *each(VOID.classPartition, (_part(term, scope) for term, _ in classes)),
    )
    for term, number in classes:
        part = _part(term, scope)
        yield from describe(part, (VOID.class_, term), (VOID.entities, integer(number)))


def _part(term: NamedNode, scope: Scope) -> NamedNode:
    fitting = [
        (-len(namespace), f"{prefix}-{term.value[len(namespace) :]}")
        for prefix, namespace in PREFIXES.items()
        if term.value.startswith(namespace)
    ]
    return NamedNode(
        scope.ids.in_catalog("void", "class", min(fitting)[1] if fitting else term.value)
    )


def _examples(scope: Scope) -> Iterator[NamedNode]:
    """A filing, and a policy document that one cites."""
    for filing in scope.filings[:1]:
        yield NamedNode(scope.ids.filing(filing.id))
    numbered = (one for one in scope.release.shared.policies if one.key.number is not None)
    for policy in list(numbered)[:1]:
        yield NamedNode(scope.ids.policy(policy.key))
