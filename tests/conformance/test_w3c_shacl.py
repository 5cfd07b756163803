"""The W3C's own tests of SHACL, against validation as others get it with ``--shapes``.

The suite is data (tests/conformance/w3c-shacl, with its licence); each known exception is named
with its reason. Compared are focus nodes and constraint components, each as often as it is reported.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from fiscograph.validation import ShapesError, validate

SUITE = Path(__file__).parent / "w3c-shacl" / "tests"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
# What our validation gives otherwise than the suite, and why.
EXCEPTIONS = {
    "core/property/uniqueLang-002": "pySHACL reads sh:uniqueLang 1 as true; only true itself counts",
    "sparql/node/prefixes-001": "pySHACL does not follow owl:imports from sh:prefixes",
    "sparql/pre-binding/shapesGraph-001": "$shapesGraph is optional; pySHACL refuses it",
}
# Left out for what it costs: half of the time of the suite, for SHACL's own shapes of SHACL.
LEFT_OUT = {"core/complex/shacl-shacl"}


@cache
def manifest(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(
        data=path.read_text("utf-8"), format="turtle", publicID=path.as_uri()
    )


def cases() -> list[Path]:
    return sorted(
        path
        for path in SUITE.rglob("*.ttl")
        if (None, RDF.type, SHT.Validate) in manifest(path) and name_of(path) not in LEFT_OUT
    )


def name_of(path: Path) -> str:
    return str(path.relative_to(SUITE).with_suffix(""))


def file_of(graph: rdflib.Graph, predicate: rdflib.URIRef) -> Path:
    return Path(str(next(graph.objects(None, predicate))).removeprefix("file://"))


def expected(graph: rdflib.Graph) -> Counter[tuple[str, str]] | None:
    """The results that the suite wants; None where the shapes must be refused."""
    result = next(graph.objects(None, MF.result))
    if result == SHT.Failure:
        return None
    return Counter(
        (
            _node(graph.value(one, SH.focusNode)),
            str(graph.value(one, SH.sourceConstraintComponent))
            .rsplit("#", 1)[-1]
            .removesuffix("ConstraintComponent"),
        )
        for one in graph.objects(result, SH.result)
    )


def _node(term: object) -> str:
    return "_:" if isinstance(term, rdflib.BNode) else str(term)


def given(path: Path, folder: Path) -> Counter[tuple[str, str]] | None:
    graph = manifest(path)
    data, shapes = file_of(graph, SHT.dataGraph), file_of(graph, SHT.shapesGraph)
    text = shapes.read_text("utf-8")
    (folder / "shapes.ttl").write_text(f"@base <{shapes.as_uri()}> .\n{text}", "utf-8")
    quads = ox.parse(path=data, format=ox.RdfFormat.TURTLE, base_iri=data.as_uri())
    try:
        report = validate(quads, folder)
    except ShapesError:
        return None
    found = Counter(
        ("_:" if one.focus.startswith("_:") else one.focus, one.constraint)
        for one in report.violations
    )
    # What is described in no file may be described elsewhere: a violation to the suite, not to us.
    found.update((one.focus, "Class") for one in report.elsewhere for _ in range(one.references))
    return found


@pytest.mark.parametrize("path", cases(), ids=name_of)
def test_the_suite(path: Path, tmp_path: Path) -> None:
    agrees = given(path, tmp_path) == expected(manifest(path))
    assert agrees == (name_of(path) not in EXCEPTIONS), EXCEPTIONS.get(name_of(path))


def test_the_suite_is_all_there() -> None:
    assert len(cases()) > 110
    assert EXCEPTIONS.keys() <= {name_of(path) for path in cases()}
