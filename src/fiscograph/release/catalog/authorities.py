"""The controlled values that DCAT-AP asks for: names of lists that others keep.

Source: DCAT-AP 3.0.1, "Controlled vocabularies to be used"; the IRIs are those of the EU's
authority tables, of IANA's media types, of ADMS and of SPDX.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode

_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_PUBLISHER_TYPE = "http://purl.org/adms/publishertype/"

THEME_TAXONOMY = NamedNode(f"{_EU}data-theme")
THEMES = (NamedNode(f"{_EU}data-theme/GOVE"), NamedNode(f"{_EU}data-theme/ECON"))
CHINA = NamedNode(f"{_EU}country/CHN")
CHINESE = NamedNode(f"{_EU}language/ZHO")
ENGLISH = NamedNode(f"{_EU}language/ENG")
_FILE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "application/csvm+json": "JSON",
        "application/json": "JSON",
        "application/ld+json": "JSON_LD",
        "application/n-quads": "RDF_N_QUADS",
        "application/n-triples": "RDF_N_TRIPLES",
        "application/trig": "RDF_TRIG",
        "text/csv": "CSV",
        "text/html": "HTML",
        "text/turtle": "RDF_TURTLE",
    }
)

DATA_CUBE = NamedNode("https://www.w3.org/TR/vocab-data-cube/")
FISCAL_DATA_PACKAGE = NamedNode("https://specs.frictionlessdata.io/fiscal-data-package/")
CSV_ON_THE_WEB = NamedNode("https://www.w3.org/TR/tabular-metadata/")
SPARQL_PROTOCOL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
# What our data follows: the vocabulary, and the shapes that every release is checked against.
ONTOLOGY = NamedNode("https://w3id.org/fiscograph")
SHAPES = NamedNode("https://w3id.org/fiscograph/shapes")
OURS = (ONTOLOGY, SHAPES)


def file_type(media_type: str) -> NamedNode:
    """The file type of a media type.

    Raises:
        KeyError: no file of a release is of that media type.
    """
    return NamedNode(f"{_EU}file-type/{_FILE_TYPES[media_type]}")


def iana(media_type: str) -> NamedNode:
    """A media type as IANA registers it."""
    return NamedNode(_IANA + media_type)


def publisher_type(name: str) -> NamedNode:
    """A type of publisher by its name in ADMS."""
    return NamedNode(_PUBLISHER_TYPE + name)
