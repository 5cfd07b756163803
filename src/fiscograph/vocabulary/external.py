"""The terms used of other vocabularies, each from its own specification; closed like ``FG``."""
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
    Dataset: Final = _term("dcat", "Dataset")
    byteSize: Final = _term("dcat", "byteSize")
    dataset: Final = _term("dcat", "dataset")


class DCTERMS:
    """https://www.dublincore.org/specifications/dublin-core/dcmi-terms/"""

    alternative: Final = _term("dcterms", "alternative")
    conformsTo: Final = _term("dcterms", "conformsTo")
    creator: Final = _term("dcterms", "creator")
    description: Final = _term("dcterms", "description")
    identifier: Final = _term("dcterms", "identifier")
    isPartOf: Final = _term("dcterms", "isPartOf")
    isReplacedBy: Final = _term("dcterms", "isReplacedBy")
    license: Final = _term("dcterms", "license")
    publisher: Final = _term("dcterms", "publisher")
    source: Final = _term("dcterms", "source")
    title: Final = _term("dcterms", "title")


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
    homepage: Final = _term("foaf", "homepage")
    name: Final = _term("foaf", "name")
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


class XSD:
    """https://www.w3.org/TR/xmlschema11-2/"""

    boolean: Final = _term("xsd", "boolean")
    decimal: Final = _term("xsd", "decimal")
    gYear: Final = _term("xsd", "gYear")
    integer: Final = _term("xsd", "integer")
    string: Final = _term("xsd", "string")
