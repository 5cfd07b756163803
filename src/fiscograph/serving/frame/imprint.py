"""Who publishes the release, under which licence, and which release it is: the foot of every page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from fiscograph.release import read_manifest
from fiscograph.serving.frame.words import Word
from fiscograph.vocabulary import DCTERMS, FOAF

_CATALOG = "catalog.ttl"
# EU Vocabularies, licence authority table; what is not listed goes by the end of its IRI.
_LICENCES = {
    "APACHE_2_0": "Apache License 2.0",
    "CC0": "CC0 1.0",
    "CC_BY_4_0": "CC BY 4.0",
    "CC_BYSA_4_0": "CC BY-SA 4.0",
    "ODC_BY": "ODC-By 1.0",
    "ODC_BL": "ODbL 1.0",
}


def licence_name(iri: str) -> str:
    """A short name of a licence.

    >>> licence_name("https://creativecommons.org/publicdomain/zero/1.0/")
    'CC0 1.0'
    """
    if "/publicdomain/zero/" in iri:
        return _LICENCES["CC0"]
    key = iri.rstrip("/").rpartition("/")[2]
    return _LICENCES.get(key, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """``identity`` is the release's; the rest as its catalog says, None where it says nothing."""

    identity: str
    publisher: Word | None = None
    homepage: str | None = None
    licence: str | None = None

    @property
    def licence_name(self) -> str:
        """A short name of the licence.

        >>> Imprint(identity="", licence="https://a.example/licence/CC_BY_4_0").licence_name
        'CC BY 4.0'
        """
        return licence_name(self.licence or "")

    @classmethod
    def of(cls, release: Path, base: str) -> Imprint:
        """Read the manifest and the catalog of a release.

        Raises:
            ReleaseError: the manifest cannot be read.
        """
        identity = str(read_manifest(release)["identity"])
        file = release / _CATALOG
        if not file.is_file():
            return cls(identity=identity)
        catalog, names, homepage, licence = NamedNode(f"{base}catalog"), {}, None, None
        triples = list(parse(path=str(file), format=RdfFormat.TURTLE))
        publisher = None
        for triple in triples:
            if triple.subject == catalog and isinstance(triple.object, NamedNode):
                if triple.predicate == DCTERMS.publisher:
                    publisher = triple.object
                elif triple.predicate == DCTERMS.license:
                    licence = triple.object.value
        for triple in triples:
            if triple.subject != publisher:
                continue
            if triple.predicate == FOAF.name and isinstance(triple.object, Literal):
                names[triple.object.language or ""] = triple.object.value
            elif triple.predicate == FOAF.homepage and isinstance(triple.object, NamedNode):
                homepage = triple.object.value
        zh, en = names.get("zh", ""), names.get("en", "")
        return cls(
            identity=identity,
            publisher=Word(zh=zh or en, en=en) if names else None,
            homepage=homepage,
            licence=licence,
        )
