"""Write what follows from the ontology: ``terms.py``, the JSON-LD context, the reference pages.

``python -m fiscograph.vocabulary.generate`` writes; with ``--check`` it only compares, names what
differs and ends with 1.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import pyoxigraph as ox

from fiscograph import resources
from fiscograph.vocabulary import jsonld_context, reference_page
from fiscograph.vocabulary.jsonld_context import ContextData
from fiscograph.vocabulary.prefixes import PREFIXES
from fiscograph.vocabulary.reference import reference

_FG = PREFIXES["fg"]
_RDF = PREFIXES["rdf"]
_RDFS = PREFIXES["rdfs"]
_TERMS = Path(__file__).with_name("terms.py")
_REFERENCE = Path(__file__).parents[3] / "docs" / "reference"


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


def context(terms: tuple[Term, ...]) -> str:
    """The JSON-LD context of the ontology.

    Raises:
        ValueError: a term of ours has the name of one of another vocabulary.
    """
    return jsonld_context.document(
        [term.name for term in terms if term.is_class],
        {term.name: term.range for term in terms if not term.is_class},
        ContextData.read(resources.ontology() / jsonld_context.DATA_NAME),
    )


def generated() -> dict[Path, str]:
    """Every generated file with the text that it should have."""
    terms = declared(resources.ontology())
    written = context(terms)
    return {
        _TERMS: terms_module(terms),
        resources.ontology() / jsonld_context.FILE_NAME: written,
        _REFERENCE / "jsonld-keys.md": jsonld_context.reference(written),
        _REFERENCE / "ontology.md": reference_page.page(reference()),
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
