"""Between the canonical IRIs of the data and the paths that this server answers at."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from fiscograph.vocabulary import PREFIXES

_TERMS = PREFIXES["fg"]
_TERM_FOLDER = "ontology/"
_KEPT = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """``base`` is the base IRI of the release, which ends with a slash."""

    base: str

    def iri(self, path: str) -> str:
        """The canonical IRI that a decoded path (without its leading slash) stands for.

        >>> Paths(base="https://a.example/").iri("policy/渝财社/2022/155")
        'https://a.example/policy/渝财社/2022/155'
        """
        path = unicodedata.normalize("NFC", path)
        if path.startswith(_TERM_FOLDER):
            return _TERMS + path.removeprefix(_TERM_FOLDER)
        return self.base + path

    def local(self, iri: str) -> str | None:
        """The path at this server that an IRI is read at, None where it is not ours.

        >>> Paths(base="https://a.example/").local("https://w3id.org/fiscograph#amount")
        '/ontology/amount'
        """
        if iri.startswith(self.base):
            return "/" + iri.removeprefix(self.base)
        if iri.startswith(_TERMS):
            return f"/{_TERM_FOLDER}{iri.removeprefix(_TERMS)}"
        return None

    def link(self, iri: str) -> str | None:
        """What a page links to: a local path, an external http(s) IRI, or nothing. A term leads to
        its place on the page of the ontology.

        >>> Paths(base="https://a.example/").link("https://w3id.org/fiscograph#amount")
        '/ontology#amount'
        """
        if iri.startswith(_TERMS):
            return f"/ontology#{escape(iri.removeprefix(_TERMS))}"
        if iri == _TERMS.removesuffix("#"):
            return "/ontology"
        local = self.local(iri)
        if local is not None:
            return escape(local)
        return iri if iri.startswith(("http://", "https://")) else None


def escape(path: str) -> str:
    """A path as it stands in a header: percent-escaped UTF-8.

    >>> escape("/code/fund/一般")
    '/code/fund/%E4%B8%80%E8%88%AC'
    """
    return quote(path, safe=_KEPT)
