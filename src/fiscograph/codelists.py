"""Write the code lists as SKOS: ``ontology/codelists/*.ttl`` from the tables beside them.

``python -m fiscograph.codelists`` writes; with ``--check`` it only compares, names what differs and
ends with 1. The concepts are those that a release carries of them, made by the same functions,
under the base of the checkout's ``fiscograph.toml``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from fiscograph import resources, settings
from fiscograph.budget import Concept, ConceptKey
from fiscograph.forms import load_forms
from fiscograph.identifiers import Identifiers
from fiscograph.mapping import map_concepts, map_level_list
from fiscograph.release.graphs import sort
from fiscograph.release.turtle import body, header
from fiscograph.vocabulary import PREFIXES
from fiscograph.vocabulary.concepts import RULE, listed, schemes

_REMARK = (
    "# Written by python -m fiscograph.codelists from the tables in this folder; not to be edited.\n"
    "# 由 python -m fiscograph.codelists 根据本目录的表生成，请勿手工修改。\n"
)
_USED = ("dcterms", "fg", "obeu-operation", "obeu-phase", "prov", "rdf", "skos", "xkos", "xsd")


def rules() -> tuple[Concept, ...]:
    """All rules by name: those that the list names, and the forms' equalities between tables."""
    named = dict(listed(RULE))
    for equality in load_forms().cross:
        key = ConceptKey(scheme=RULE, edition=None, notation=equality.rule)
        own = Concept(key=key, labels=(), label_en=None, parent=None, support="defined")
        named[key] = replace(
            named.get(key, own), labels=(equality.zh,), label_en=equality.en, label_basis="ours"
        )
    return tuple(named[key] for key in sorted(named, key=lambda key: key.order))


def concepts_of(scheme: str) -> tuple[Concept, ...]:
    """Every concept of a list."""
    return rules() if scheme == RULE else tuple(listed(scheme).values())


def turtle_of(scheme: str, concepts: Iterable[Concept], base: str) -> str:
    """A scheme with its concepts as Turtle, the same bytes every time."""
    ids = Identifiers(base=base)
    graph = NamedNode(ids.codelists_graph)
    quads = [
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in (*map_concepts(concepts, ids), *map_level_list(scheme, ids))
    ]
    prefixes = {name: PREFIXES[name] for name in _USED}
    (sorted_graph,) = sort(quads)
    text = header(base, prefixes) + b"\n" + body(sorted_graph, base, prefixes)
    return _REMARK + text.decode()


def generated() -> dict[Path, str]:
    """Every generated file with the text that it should have."""
    base = settings.load(resources.ontology()).base
    folder = resources.codelists()
    return {
        folder / f"{scheme}.ttl": turtle_of(scheme, concepts_of(scheme), base)
        for scheme in schemes()
    }


def main(arguments: list[str]) -> int:
    """Write or compare; 0 fine, 1 something differs."""
    files = generated()
    folder = resources.codelists()
    stale = [
        path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    over = sorted(set(folder.glob("*.ttl")) - set(files))
    if "--check" not in arguments:
        for path in stale:
            path.write_text(files[path], "utf-8")
        for path in over:
            path.unlink()
        return 0
    if stale or over:
        names = ", ".join(path.name for path in (*stale, *over))
        sys.stderr.write(f"stale: {names}: run python -m fiscograph.codelists\n")
    return 1 if stale or over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
