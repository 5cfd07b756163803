"""The reference page of the shapes, made from the shapes: ``docs/reference/shapes.md``.

``python -m fiscograph.validation.reference`` writes it in a checkout; ``--check`` compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Node, URIRef

from fiscograph import resources
from fiscograph.validation.rules import path_text
from fiscograph.vocabulary import PREFIXES

PAGE = Path("docs") / "reference" / "shapes.md"
_TARGETS = (SH.targetClass, SH.targetSubjectsOf)
_SAID_ELSEWHERE = {RDF.type, SH.path, SH.message, SH.severity, *_TARGETS}
_HEAD = """# Shapes

What a graph that uses the [vocabulary](https://w3id.org/fiscograph#) must look like, class by class. \
`fiscograph validate FILE…` checks any graph against it, `fiscograph build` every release \
([how to use it on your own data](../how-to/validate-your-data.md)). Each message says what is wrong \
and what to do.

The files are in `shapes/`, one for each class. Each constraint has an example that fails for it, and for \
nothing else, in `shapes/examples/fails/`. All shapes are violations: what a filing gets wrong itself is \
data (`fg:Finding`, `fg:IdentityCheck`) and breaks none.

To add a class: put its shapes in a file of its own in `shapes/`, an example that conforms and one for each \
constraint that fails in `shapes/examples/`; the tests name what is missing. Then write this page anew: \
`python -m fiscograph.validation.reference`.
"""


def page(folder: Path) -> str:
    """The page for a folder of shapes.

    Raises:
        SyntaxError: a file is no Turtle.
    """
    return "\n".join((_HEAD, *(part for path in _files(folder) for part in _section(path))))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.ttl") if path.stem != "prefixes")


def _section(path: Path) -> Iterator[str]:
    graph = rdflib.Graph().parse(data=path.read_text("utf-8"), format="turtle")
    targets = sorted({f"`{_short(t)}`" for t in graph.objects(None, SH.targetClass)}) + sorted(
        {f"whatever has `{_short(t)}`" for t in graph.objects(None, SH.targetSubjectsOf)}
    )
    yield f"## {path.stem}\n"
    yield f"About: {', '.join(targets)}. File: `shapes/{path.name}`.\n"
    yield "| shape | constraints | message |"
    yield "| --- | --- | --- |"
    for shape in _in_file_order(graph, path):
        messages = {
            message.language: str(message)
            for message in graph.objects(shape, SH.message)
            if isinstance(message, rdflib.Literal)
        }
        name = str(shape).rsplit("#", 1)[-1]
        told = f"{messages.get('zh', '')}<br>{messages.get('en', '')}".replace("|", "\\|")
        yield f"| `{name}` | {_constraints(graph, shape)} | {told} |"
    yield ""


def _in_file_order(graph: rdflib.Graph, path: Path) -> list[URIRef]:
    shapes = {shape for kind in _TARGETS for shape in graph.subjects(kind) if _is_name(shape)}
    text = path.read_text("utf-8")
    return sorted(
        (URIRef(str(shape)) for shape in shapes),
        key=lambda shape: text.find(f"\nshape:{shape.rsplit('#', 1)[-1]} "),
    )


def _constraints(graph: rdflib.Graph, shape: Node) -> str:
    path = graph.value(shape, SH.path)
    found = [] if path is None else [f"`{_path(graph, path)}`"]
    for parameter, value in sorted(graph.predicate_objects(shape), key=str):
        if parameter in _SAID_ELSEWHERE:
            continue
        name = str(parameter).rsplit("#", 1)[-1]
        found.append("SPARQL" if name == "sparql" else f"{name} `{_value(graph, value)}`")
    return "<br>".join(found).replace("|", "\\|")


def _value(graph: rdflib.Graph, value: Node) -> str:
    if isinstance(value, BNode):
        return " ".join(_value(graph, item) for item in _members(graph, value))
    return (
        f'"{value}"'
        if isinstance(value, rdflib.Literal) and value.datatype is None
        else _short(value)
    )


def _members(graph: rdflib.Graph, node: BNode) -> Iterator[Node]:
    """The members of a list; of a shape in it, what it demands."""
    for item in Collection(graph, node):
        if isinstance(item, BNode):
            yield from graph.objects(item, SH["class"])
        else:
            yield item


def _path(graph: rdflib.Graph, path: Node) -> str:
    return " | ".join(_short(URIRef(part)) for part in path_text(graph, path).split("|"))


def _short(term: Node) -> str:
    text = str(term)
    for prefix, name in (*PREFIXES.items(), ("sh", str(SH))):
        if text.startswith(name):
            return f"{prefix}:{text.removeprefix(name)}"
    return text


def _is_name(term: Node) -> bool:
    return isinstance(term, URIRef)


def main(arguments: list[str]) -> int:
    """Write the page, or say with ``--check`` whether it is what the shapes give; 1 if not."""
    out = resources.shapes().parent / PAGE
    text = page(resources.shapes())
    if "--check" in arguments:
        return 0 if out.is_file() and out.read_text("utf-8") == text else 1
    out.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
