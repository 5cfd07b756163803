"""Write what follows from the ontology: ``terms.py`` and the JSON-LD context.

``python -m fiscograph.vocabulary.generate`` writes; with ``--check`` it only compares, names what
differs and ends with 1.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import pyoxigraph as ox

from fiscograph import resources
from fiscograph.vocabulary.prefixes import PREFIXES

_FG = PREFIXES["fg"]
_RDF = PREFIXES["rdf"]
_RDFS = PREFIXES["rdfs"]
_XSD = PREFIXES["xsd"]
_TERMS = Path(__file__).with_name("terms.py")

# Properties of other vocabularies that the graph uses, and what their values are.
_EXTERNAL_RANGES: tuple[tuple[str, str], ...] = (
    ("dcat:accessService", "@id"),
    ("dcat:accessURL", "@id"),
    ("dcat:byteSize", "xsd:integer"),
    ("dcat:contactPoint", "@id"),
    ("dcat:dataset", "@id"),
    ("dcat:distribution", "@id"),
    ("dcat:downloadURL", "@id"),
    ("dcat:endDate", "xsd:date"),
    ("dcat:endpointDescription", "@id"),
    ("dcat:endpointURL", "@id"),
    ("dcat:inSeries", "@id"),
    ("dcat:keyword", "@language"),
    ("dcat:landingPage", "@id"),
    ("dcat:mediaType", "@id"),
    ("dcat:servesDataset", "@id"),
    ("dcat:service", "@id"),
    ("dcat:startDate", "xsd:date"),
    ("dcat:theme", "@id"),
    ("dcat:themeTaxonomy", "@id"),
    ("dcterms:alternative", "@language"),
    ("dcterms:conformsTo", "@id"),
    ("dcterms:description", "@language"),
    ("dcterms:format", "@id"),
    ("dcterms:identifier", ""),
    ("dcterms:language", "@id"),
    ("dcterms:license", "@id"),
    ("dcterms:provenance", "@id"),
    ("dcterms:publisher", "@id"),
    ("dcterms:spatial", "@id"),
    ("dcterms:temporal", "@id"),
    ("dcterms:title", "@language"),
    ("dcterms:type", "@id"),
    ("dqv:computedOn", "@id"),
    ("eli:id_local", ""),
    ("eli:number", ""),
    ("eli:passed_by", "@id"),
    ("eli:type_document", "@id"),
    ("foaf:homepage", "@id"),
    ("foaf:name", "@language"),
    ("foaf:page", "@id"),
    ("foaf:primaryTopic", "@id"),
    ("oa:end", "xsd:integer"),
    ("oa:exact", ""),
    ("oa:hasSelector", "@id"),
    ("oa:hasSource", "@id"),
    ("oa:start", "xsd:integer"),
    ("obeu-attribute:currency", "@id"),
    ("org:identifier", ""),
    ("org:subOrganizationOf", "@id"),
    ("prov:hadPrimarySource", "@id"),
    ("prov:used", "@id"),
    ("prov:wasDerivedFrom", "@id"),
    ("prov:wasGeneratedBy", "@id"),
    ("qb:attribute", "@id"),
    ("qb:codeList", "@id"),
    ("qb:component", "@id"),
    ("qb:componentProperty", "@id"),
    ("qb:componentRequired", "xsd:boolean"),
    ("qb:dataSet", "@id"),
    ("qb:dimension", "@id"),
    ("qb:measure", "@id"),
    ("qb:order", "xsd:integer"),
    ("qb:structure", "@id"),
    ("rdf:value", ""),
    ("rdfs:isDefinedBy", "@id"),
    ("rdfs:label", "@language"),
    ("rdfs:range", "@id"),
    ("rdfs:subClassOf", "@id"),
    ("rdfs:subPropertyOf", "@id"),
    ("skos:altLabel", "@language"),
    ("skos:broader", "@id"),
    ("skos:definition", "@language"),
    ("skos:exactMatch", "@id"),
    ("skos:hasTopConcept", "@id"),
    ("skos:inScheme", "@id"),
    ("skos:notation", ""),
    ("skos:prefLabel", "@language"),
    ("skos:topConceptOf", "@id"),
    ("spdx:algorithm", "@id"),
    ("spdx:checksum", "@id"),
    ("spdx:checksumValue", "xsd:hexBinary"),
    ("vcard:fn", "@language"),
    ("vcard:hasURL", "@id"),
    ("void:class", "@id"),
    ("void:classPartition", "@id"),
    ("void:dataDump", "@id"),
    ("void:entities", "xsd:integer"),
    ("void:exampleResource", "@id"),
    ("void:property", "@id"),
    ("void:propertyPartition", "@id"),
    ("void:sparqlEndpoint", "@id"),
    ("void:triples", "xsd:integer"),
    ("void:uriSpace", ""),
    ("void:vocabulary", "@id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the ontology: its local name, its types and ``rdfs:range``, as IRIs."""

    name: str
    types: frozenset[str]
    range: str | None

    @property
    def is_class(self) -> bool:
        return _RDFS + "Class" in self.types


def declared(ontology: Path) -> tuple[Term, ...]:
    """The terms that the ontology's ``*.ttl`` declare, sorted by name.

    Raises:
        SyntaxError: a file is no Turtle.
    """
    triples = [
        triple
        for path in sorted(ontology.glob("*.ttl"))
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    ]
    types: dict[str, set[str]] = {}
    ranges: dict[str, str] = {}
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        iri, predicate, value = triple.subject.value, triple.predicate.value, triple.object
        if predicate == _RDF + "type" and isinstance(value, ox.NamedNode):
            types.setdefault(iri, set()).add(value.value)
        elif predicate == _RDFS + "range" and isinstance(value, ox.NamedNode):
            ranges[iri] = value.value
    return tuple(
        Term(
            name=iri.removeprefix(_FG),
            types=frozenset(types[iri]),
            range=ranges.get(iri),
        )
        for iri in sorted(types)
        if iri.startswith(_FG)
    )


def terms_module(terms: tuple[Term, ...]) -> str:
    """The source of ``terms.py``."""
    lines = [
        '"""The terms of the ontology. Written by ``python -m fiscograph.vocabulary.generate``."""',
        "# ruff: noqa: N815  terms are spelt as the ontology spells them",
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        "from pyoxigraph import NamedNode",
        "",
        "",
        "def _term(name: str) -> NamedNode:",
        f'    return NamedNode("{_FG}" + name)',
        "",
        "",
        "class FG:",
        f'    """{_FG}"""',
        "",
    ]
    lines += [f'    {term.name}: Final = _term("{term.name}")' for term in terms]
    return "\n".join(lines) + "\n"


def _definition(iri: str, value_range: str) -> object:
    coercions: dict[str, dict[str, str]] = {
        "@language": {"@container": "@language"},
        _RDF + "langString": {"@container": "@language"},
        "": {},
        _XSD + "string": {},
    }
    return {"@id": iri, **coercions.get(value_range, {"@type": _compact(value_range)})}


def _compact(iri: str) -> str:
    if iri.startswith(_XSD):
        return "xsd:" + iri.removeprefix(_XSD)
    return iri if iri.startswith("xsd:") else "@id"


def context(terms: tuple[Term, ...]) -> str:
    """The JSON-LD 1.1 context: our terms by their bare names, the others by prefixed ones."""
    definitions: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type"}
    definitions |= dict(PREFIXES)
    for term in terms:
        if term.is_class:
            definitions[term.name] = f"fg:{term.name}"
        else:
            definitions[term.name] = _definition(f"fg:{term.name}", term.range or "@id")
    for name, value_range in _EXTERNAL_RANGES:
        definitions[name] = _definition(name, value_range)
    return json.dumps({"@context": definitions}, ensure_ascii=False, indent=2) + "\n"


def generated() -> dict[Path, str]:
    """Every generated file with the text that it should have."""
    terms = declared(resources.ontology())
    return {
        _TERMS: terms_module(terms),
        resources.ontology() / "context.jsonld": context(terms),
    }


def main(arguments: list[str]) -> int:
    """Write or compare; 0 fine, 1 something differs."""
    check = "--check" in arguments
    stale = 0
    for path, text in generated().items():
        present = path.read_text("utf-8") if path.exists() else ""
        if present == text:
            continue
        if not check:
            path.write_text(text, "utf-8")
            continue
        stale = 1
        sys.stdout.writelines(
            unified_diff(
                present.splitlines(keepends=True), text.splitlines(keepends=True), str(path)
            )
        )
    if stale:
        sys.stderr.write("stale: run python -m fiscograph.vocabulary.generate\n")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
