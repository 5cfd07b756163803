"""Closed namespaces: a term that is not declared raises ``AttributeError``.

``FG`` is generated from the ontology (``python -m fiscograph.vocabulary.generate``); the terms used
of other vocabularies are kept by hand in :mod:`fiscograph.vocabulary.external`.
"""

from fiscograph.vocabulary.external import (
    DCAT,
    DCTERMS,
    DQV,
    ELI,
    FOAF,
    OA,
    OBEU_ATTRIBUTE,
    OBEU_CODELIST,
    OBEU_OPERATION,
    OBEU_PHASE,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SPDX,
    VANN,
    VCARD,
    VOID,
    XKOS,
    XSD,
)
from fiscograph.vocabulary.prefixes import PREFIXES
from fiscograph.vocabulary.terms import FG

__all__ = [
    "DCAT",
    "DCTERMS",
    "DQV",
    "ELI",
    "FG",
    "FOAF",
    "OA",
    "OBEU_ATTRIBUTE",
    "OBEU_CODELIST",
    "OBEU_OPERATION",
    "OBEU_PHASE",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "QB",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "SPDX",
    "VANN",
    "VCARD",
    "VOID",
    "XKOS",
    "XSD",
]
