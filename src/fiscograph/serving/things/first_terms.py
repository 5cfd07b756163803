"""What the page of a thing says first, by its class: which properties, in which order and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from fiscograph.serving.frame.words import Word
from fiscograph.vocabulary import DCAT, DCTERMS, ELI, FG, ORG, QB, SKOS

# What a page says first, in this order, where it is known.
_FIRST = (
    FG.amount,
    FG.budgetAmount,
    FG.amountAsPrinted,
    FG.printedText,
    FG.printedUnit,
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

# What a property is called on the page of a class where its own name says too little.
_CALLED: Mapping[tuple[NamedNode | None, NamedNode], Word] = {
    (FG.Project, DCTERMS.identifier): Word(zh="项目编码", en="project code"),
    (FG.Region, SKOS.broader): Word(zh="上级地区", en="region above it"),
    (FG.Region, SKOS.notation): Word(zh="区划代码", en="code of the region"),
    (FG.PolicyDocument, FG.issueYear): Word(zh="发文年份", en="year of issue"),
}
# What the pages of these classes say first instead.
_FACTS = {
    FG.Statement: (FG.statedOf, FG.statedYear, FG.filing, FG.source),
    FG.Finding: (FG.printedText, FG.expected, FG.severity, FG.filing, FG.source),
    FG.IdentityCheck: (FG.outcome, FG.left, FG.right, FG.difference, FG.tolerance, FG.filing),
    FG.PolicyDocument: (
        ELI.id_local,
        ELI.passed_by,
        FG.issueYear,
        FG.governmentLevel,
        ELI.type_document,
    ),
    ORG.FormalOrganization: (FG.region, ORG.identifier, SKOS.altLabel),
    ORG.OrganizationalUnit: (ORG.subOrganizationOf, FG.region, ORG.identifier, SKOS.altLabel),
    FG.Region: (SKOS.notation, SKOS.broader),
    SKOS.ConceptScheme: (),
    FG.Filing: (
        DCTERMS.publisher,
        FG.region,
        FG.fiscalYear,
        FG.kind,
        FG.budgetPhase,
        FG.coveredBy,
        DCTERMS.isReplacedBy,
    ),
    FG.Project: (DCTERMS.identifier,),
    FG.Source: (FG.filing, FG.sha256, DCAT.byteSize, FG.lineCount, FG.encoding),
    FG.Table: (FG.filing, FG.source, FG.line, FG.lastLine, FG.rowCount),
}


def first_terms(types: Iterable[str]) -> Iterator[tuple[NamedNode, Word | None]]:
    """The properties that the page of a thing of some classes says first, each with what it is
    called there where its own name says too little.

    >>> [word.zh for term, word in first_terms([FG.Project.value]) if word]
    ['项目编码']
    """
    known = set(types)
    kind = next((one for one in _FACTS if one.value in known), None)
    for term in _FIRST if kind is None else _FACTS[kind]:
        yield term, _CALLED.get((kind, term))
