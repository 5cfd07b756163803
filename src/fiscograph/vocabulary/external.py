"""The terms that our graphs and our ontology use of other vocabularies, each from its own
specification; closed like ``FG``. What stands here and nowhere in code is used in ``ontology/``.
"""
# ruff: noqa: N801, N815  terms are spelt as their vocabulary spells them

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from fiscograph.vocabulary.prefixes import PREFIXES


def _term(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)


class DCAT:
    """https://www.w3.org/TR/vocab-dcat-3/"""

    Catalog: Final = _term("dcat", "Catalog")
    DataService: Final = _term("dcat", "DataService")
    Dataset: Final = _term("dcat", "Dataset")
    DatasetSeries: Final = _term("dcat", "DatasetSeries")
    Distribution: Final = _term("dcat", "Distribution")
    accessService: Final = _term("dcat", "accessService")
    accessURL: Final = _term("dcat", "accessURL")
    byteSize: Final = _term("dcat", "byteSize")
    contactPoint: Final = _term("dcat", "contactPoint")
    dataset: Final = _term("dcat", "dataset")
    distribution: Final = _term("dcat", "distribution")
    downloadURL: Final = _term("dcat", "downloadURL")
    endDate: Final = _term("dcat", "endDate")
    endpointDescription: Final = _term("dcat", "endpointDescription")
    endpointURL: Final = _term("dcat", "endpointURL")
    inSeries: Final = _term("dcat", "inSeries")
    keyword: Final = _term("dcat", "keyword")
    landingPage: Final = _term("dcat", "landingPage")
    mediaType: Final = _term("dcat", "mediaType")
    servesDataset: Final = _term("dcat", "servesDataset")
    service: Final = _term("dcat", "service")
    startDate: Final = _term("dcat", "startDate")
    theme: Final = _term("dcat", "theme")
    themeTaxonomy: Final = _term("dcat", "themeTaxonomy")


class DCTERMS:
    """https://www.dublincore.org/specifications/dublin-core/dcmi-terms/"""

    LicenseDocument: Final = _term("dcterms", "LicenseDocument")
    Location: Final = _term("dcterms", "Location")
    PeriodOfTime: Final = _term("dcterms", "PeriodOfTime")
    ProvenanceStatement: Final = _term("dcterms", "ProvenanceStatement")
    Standard: Final = _term("dcterms", "Standard")
    alternative: Final = _term("dcterms", "alternative")
    conformsTo: Final = _term("dcterms", "conformsTo")
    creator: Final = _term("dcterms", "creator")
    description: Final = _term("dcterms", "description")
    format: Final = _term("dcterms", "format")
    identifier: Final = _term("dcterms", "identifier")
    isPartOf: Final = _term("dcterms", "isPartOf")
    isReplacedBy: Final = _term("dcterms", "isReplacedBy")
    language: Final = _term("dcterms", "language")
    license: Final = _term("dcterms", "license")
    provenance: Final = _term("dcterms", "provenance")
    publisher: Final = _term("dcterms", "publisher")
    source: Final = _term("dcterms", "source")
    spatial: Final = _term("dcterms", "spatial")
    temporal: Final = _term("dcterms", "temporal")
    title: Final = _term("dcterms", "title")
    type: Final = _term("dcterms", "type")


class DQV:
    """https://www.w3.org/TR/vocab-dqv/"""

    computedOn: Final = _term("dqv", "computedOn")
    isMeasurementOf: Final = _term("dqv", "isMeasurementOf")
    qualityAssessment: Final = _term("dqv", "qualityAssessment")


class ELI:
    """https://op.europa.eu/en/web/eu-vocabularies/eli"""

    based_on: Final = _term("eli", "based_on")
    ensures_implementation_of: Final = _term("eli", "ensures_implementation_of")
    id_local: Final = _term("eli", "id_local")
    number: Final = _term("eli", "number")
    passed_by: Final = _term("eli", "passed_by")
    type_document: Final = _term("eli", "type_document")


class FOAF:
    """http://xmlns.com/foaf/spec/"""

    Agent: Final = _term("foaf", "Agent")
    Document: Final = _term("foaf", "Document")
    homepage: Final = _term("foaf", "homepage")
    name: Final = _term("foaf", "name")
    page: Final = _term("foaf", "page")
    primaryTopic: Final = _term("foaf", "primaryTopic")


class OA:
    """https://www.w3.org/TR/annotation-vocab/"""

    FragmentSelector: Final = _term("oa", "FragmentSelector")
    TextPositionSelector: Final = _term("oa", "TextPositionSelector")
    TextQuoteSelector: Final = _term("oa", "TextQuoteSelector")
    end: Final = _term("oa", "end")
    exact: Final = _term("oa", "exact")
    hasSelector: Final = _term("oa", "hasSelector")
    hasSource: Final = _term("oa", "hasSource")
    hasTarget: Final = _term("oa", "hasTarget")
    motivatedBy: Final = _term("oa", "motivatedBy")
    start: Final = _term("oa", "start")


class OBEU_ATTRIBUTE:
    """https://github.com/openbudgets/data-model"""

    currency: Final = _term("obeu-attribute", "currency")


class OBEU_CODELIST:
    """https://github.com/openbudgets/data-model"""

    budget_phase: Final = _term("obeu-codelist", "budget-phase")
    operation_character: Final = _term("obeu-codelist", "operation-character")


class OBEU_OPERATION:
    """https://github.com/openbudgets/data-model"""

    expenditure: Final = _term("obeu-operation", "expenditure")
    revenue: Final = _term("obeu-operation", "revenue")


class OBEU_PHASE:
    """https://github.com/openbudgets/data-model"""

    approved: Final = _term("obeu-phase", "approved")
    executed: Final = _term("obeu-phase", "executed")


class ORG:
    """https://www.w3.org/TR/vocab-org/"""

    FormalOrganization: Final = _term("org", "FormalOrganization")
    Organization: Final = _term("org", "Organization")
    OrganizationalUnit: Final = _term("org", "OrganizationalUnit")
    identifier: Final = _term("org", "identifier")
    subOrganizationOf: Final = _term("org", "subOrganizationOf")


class OWL:
    """https://www.w3.org/TR/owl2-overview/"""

    Class: Final = _term("owl", "Class")
    DatatypeProperty: Final = _term("owl", "DatatypeProperty")
    ObjectProperty: Final = _term("owl", "ObjectProperty")
    Ontology: Final = _term("owl", "Ontology")
    versionIRI: Final = _term("owl", "versionIRI")
    versionInfo: Final = _term("owl", "versionInfo")


class PROV:
    """https://www.w3.org/TR/prov-o/"""

    Activity: Final = _term("prov", "Activity")
    Entity: Final = _term("prov", "Entity")
    hadPrimarySource: Final = _term("prov", "hadPrimarySource")
    used: Final = _term("prov", "used")
    wasDerivedFrom: Final = _term("prov", "wasDerivedFrom")
    wasGeneratedBy: Final = _term("prov", "wasGeneratedBy")


class QB:
    """https://www.w3.org/TR/vocab-data-cube/"""

    AttributeProperty: Final = _term("qb", "AttributeProperty")
    CodedProperty: Final = _term("qb", "CodedProperty")
    ComponentProperty: Final = _term("qb", "ComponentProperty")
    ComponentSpecification: Final = _term("qb", "ComponentSpecification")
    DataSet: Final = _term("qb", "DataSet")
    DataStructureDefinition: Final = _term("qb", "DataStructureDefinition")
    DimensionProperty: Final = _term("qb", "DimensionProperty")
    MeasureProperty: Final = _term("qb", "MeasureProperty")
    Observation: Final = _term("qb", "Observation")
    attribute: Final = _term("qb", "attribute")
    codeList: Final = _term("qb", "codeList")
    component: Final = _term("qb", "component")
    componentProperty: Final = _term("qb", "componentProperty")
    componentRequired: Final = _term("qb", "componentRequired")
    dataSet: Final = _term("qb", "dataSet")
    dimension: Final = _term("qb", "dimension")
    measure: Final = _term("qb", "measure")
    order: Final = _term("qb", "order")
    structure: Final = _term("qb", "structure")


class RDF:
    """https://www.w3.org/TR/rdf11-concepts/"""

    List: Final = _term("rdf", "List")
    Property: Final = _term("rdf", "Property")
    first: Final = _term("rdf", "first")
    nil: Final = _term("rdf", "nil")
    rest: Final = _term("rdf", "rest")
    type: Final = _term("rdf", "type")
    value: Final = _term("rdf", "value")


class RDFS:
    """https://www.w3.org/TR/rdf-schema/"""

    Class: Final = _term("rdfs", "Class")
    domain: Final = _term("rdfs", "domain")
    isDefinedBy: Final = _term("rdfs", "isDefinedBy")
    label: Final = _term("rdfs", "label")
    range: Final = _term("rdfs", "range")
    seeAlso: Final = _term("rdfs", "seeAlso")
    subClassOf: Final = _term("rdfs", "subClassOf")
    subPropertyOf: Final = _term("rdfs", "subPropertyOf")


class SCHEMA:
    """https://schema.org/"""

    domainIncludes: Final = _term("schema", "domainIncludes")
    rangeIncludes: Final = _term("schema", "rangeIncludes")


class SKOS:
    """https://www.w3.org/TR/skos-reference/"""

    Collection: Final = _term("skos", "Collection")
    Concept: Final = _term("skos", "Concept")
    ConceptScheme: Final = _term("skos", "ConceptScheme")
    altLabel: Final = _term("skos", "altLabel")
    broadMatch: Final = _term("skos", "broadMatch")
    broader: Final = _term("skos", "broader")
    closeMatch: Final = _term("skos", "closeMatch")
    definition: Final = _term("skos", "definition")
    editorialNote: Final = _term("skos", "editorialNote")
    exactMatch: Final = _term("skos", "exactMatch")
    example: Final = _term("skos", "example")
    hasTopConcept: Final = _term("skos", "hasTopConcept")
    historyNote: Final = _term("skos", "historyNote")
    inScheme: Final = _term("skos", "inScheme")
    member: Final = _term("skos", "member")
    narrower: Final = _term("skos", "narrower")
    notation: Final = _term("skos", "notation")
    prefLabel: Final = _term("skos", "prefLabel")
    scopeNote: Final = _term("skos", "scopeNote")
    topConceptOf: Final = _term("skos", "topConceptOf")


class VANN:
    """https://vocab.org/vann/"""

    preferredNamespacePrefix: Final = _term("vann", "preferredNamespacePrefix")
    preferredNamespaceUri: Final = _term("vann", "preferredNamespaceUri")


class XKOS:
    """https://rdf-vocabulary.ddialliance.org/xkos.html"""

    ClassificationLevel: Final = _term("xkos", "ClassificationLevel")
    depth: Final = _term("xkos", "depth")
    levels: Final = _term("xkos", "levels")
    numberOfLevels: Final = _term("xkos", "numberOfLevels")


class SPDX:
    """https://spdx.org/rdf/terms/"""

    Checksum: Final = _term("spdx", "Checksum")
    algorithm: Final = _term("spdx", "algorithm")
    checksum: Final = _term("spdx", "checksum")
    checksumAlgorithm_sha256: Final = _term("spdx", "checksumAlgorithm_sha256")
    checksumValue: Final = _term("spdx", "checksumValue")


class VCARD:
    """https://www.w3.org/TR/vcard-rdf/"""

    Kind: Final = _term("vcard", "Kind")
    Organization: Final = _term("vcard", "Organization")
    fn: Final = _term("vcard", "fn")
    hasURL: Final = _term("vcard", "hasURL")


class VOID:
    """https://www.w3.org/TR/void/"""

    Dataset: Final = _term("void", "Dataset")
    classPartition: Final = _term("void", "classPartition")
    class_: Final = _term("void", "class")
    dataDump: Final = _term("void", "dataDump")
    entities: Final = _term("void", "entities")
    exampleResource: Final = _term("void", "exampleResource")
    property: Final = _term("void", "property")
    propertyPartition: Final = _term("void", "propertyPartition")
    sparqlEndpoint: Final = _term("void", "sparqlEndpoint")
    triples: Final = _term("void", "triples")
    uriSpace: Final = _term("void", "uriSpace")
    vocabulary: Final = _term("void", "vocabulary")


class XSD:
    """https://www.w3.org/TR/xmlschema11-2/"""

    boolean: Final = _term("xsd", "boolean")
    date: Final = _term("xsd", "date")
    decimal: Final = _term("xsd", "decimal")
    gYear: Final = _term("xsd", "gYear")
    hexBinary: Final = _term("xsd", "hexBinary")
    integer: Final = _term("xsd", "integer")
    nonNegativeInteger: Final = _term("xsd", "nonNegativeInteger")
    string: Final = _term("xsd", "string")
