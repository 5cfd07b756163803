"""The shapes' own tests: every constraint has an example that fails for it and for nothing else.

The constraints are read from the shapes themselves, so that a new one without an example is told.
All examples are checked in one go: each is moved under a base IRI of its own.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from fiscograph import resources
from fiscograph.validation import validate
from fiscograph.validation.rules import load_rules
from fiscograph.vocabulary import PREFIXES
from fiscograph.vocabulary.ontology import ontology

SHAPES = resources.shapes()
FILES = sorted(path for path in SHAPES.glob("*.ttl") if path.stem != "prefixes")
CONFORMING = sorted((SHAPES / "examples" / "conforms").glob("*.ttl"))
FAILING = sorted((SHAPES / "examples" / "fails").glob("*/*.ttl"))
BASE = "https://fiscograph.example/"
NAMESPACE = "https://w3id.org/fiscograph/shapes#"
# What a shape says that is no constraint (SHACL, section 2.1) or belongs to another constraint.
NOT_CONSTRAINTS = {
    RDF.type,
    SH.path,
    SH.message,
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.severity,
    SH.flags,
}
# Classes that only wear a superclass of what has shapes: their instances are always one of those.
ABSTRACT = {"Passage"}


def component(parameter: str) -> str:
    """The component of a parameter: ``minCount`` gives ``MinCount``."""
    return "SPARQL" if parameter == "sparql" else parameter[0].upper() + parameter[1:]


@cache
def constraints() -> frozenset[tuple[str, str]]:
    """Shape and parameter of every constraint of every shape."""
    graph = load_rules(SHAPES.resolve()).graph
    shapes = {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf)}
    return frozenset(
        (str(shape).removeprefix(NAMESPACE), str(parameter).rsplit("#", 1)[-1])
        for shape in shapes
        for parameter in graph.predicates(shape)
        if parameter not in NOT_CONSTRAINTS
    )


def breaks(path: Path) -> tuple[str, str]:
    """The shape and parameter that the head of a failing example names."""
    named = re.search(r"^# breaks shape:(\S+) sh:(\w+)$", path.read_text("utf-8"), re.MULTILINE)
    assert named is not None, f"{path} does not say what it breaks"
    return named[1], named[2]


def moved(path: Path, number: int) -> list[ox.Quad]:
    """An example under a base IRI of its own."""
    text = path.read_text("utf-8").replace(BASE, f"{BASE}{number}/")
    return list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))


def found_in(
    paths: list[Path], shapes: Path = SHAPES, *, engine_only: bool = False
) -> dict[Path, set[tuple[str, str]]]:
    """What each of the examples breaks, all checked at once."""
    quads = [quad for number, path in enumerate(paths) for quad in moved(path, number)]
    report = validate(quads, shapes, engine_only=engine_only)
    found: dict[Path, set[tuple[str, str]]] = {path: set() for path in paths}
    for violation in report.violations:
        number = int(violation.focus.removeprefix(BASE).split("/", 1)[0])
        shape = violation.shape.removeprefix(NAMESPACE)
        found[paths[number]].add((shape, violation.constraint))
    return found


@cache
def checked() -> dict[Path, set[tuple[str, str]]]:
    """What every example breaks."""
    return found_in([*CONFORMING, *FAILING])


def test_every_constraint_has_a_failing_example_and_every_example_a_constraint() -> None:
    shown = Counter(breaks(path) for path in FAILING)
    assert constraints() - shown.keys() == set(), "without a failing example"
    assert shown.keys() - constraints() == set(), "examples of no constraint"


def test_each_failing_example_breaks_what_it_names_and_nothing_else() -> None:
    wrong = {
        str(path.relative_to(SHAPES)): checked()[path]
        for path in FAILING
        if checked()[path] != {(breaks(path)[0], component(breaks(path)[1]))}
    }
    assert wrong == {}


def test_each_example_that_conforms_breaks_nothing() -> None:
    assert {path.stem: checked()[path] for path in CONFORMING if checked()[path]} == {}
    assert {path.stem for path in CONFORMING} == {path.stem for path in FILES}


@pytest.mark.parametrize(
    "name", sorted({path.parent.name for path in FAILING if path.stem.endswith("-sparql")})
)
def test_the_engine_alone_finds_the_same(name: str, tmp_path: Path) -> None:
    """Others run these shapes in an engine: our SPARQL constraints say the same in it.

    The engine asks each of every single node, so that it gets the shapes of one class at a time.
    """
    for file in (f"{name}.ttl", "prefixes.ttl"):
        shutil.copy(SHAPES / file, tmp_path)
    examples = [path for path in FAILING if path.match(f"{name}/*-sparql.ttl")]
    engines = found_in(examples, tmp_path, engine_only=True)
    for path in examples:
        named = (breaks(path)[0], "SPARQL")
        assert {found for found in engines[path] if found[1] == "SPARQL"} == {named}, path


@pytest.mark.parametrize("path", CONFORMING[::5], ids=lambda path: path.stem)
def test_an_example_stands_alone(path: Path) -> None:
    report = validate(ox.parse(path=path, format=ox.RdfFormat.TURTLE), SHAPES)
    assert report.conforms
    assert report.focus_nodes > 0


def test_every_shape_has_a_name_a_target_and_messages_that_say_what_to_do() -> None:
    graph = load_rules(SHAPES.resolve()).graph
    shapes = {*graph.subjects(RDF.type, SH.PropertyShape), *graph.subjects(RDF.type, SH.NodeShape)}
    assert len(shapes) > 150
    for shape in shapes:
        assert isinstance(shape, rdflib.URIRef), shape
        assert list(graph.objects(shape, SH.targetClass)) or list(
            graph.objects(shape, SH.targetSubjectsOf)
        ), shape
        told = load_rules(SHAPES.resolve()).messages(shape)
        assert set(told) == {"zh", "en"}, shape
        assert "：" in told["zh"], f"{shape}: what is wrong：what to do"
        assert ": " in told["en"], f"{shape}: what is wrong: what to do"


def test_no_shape_is_softer_than_a_violation() -> None:
    """The filing's own faults are data; what breaks a shape is our failure."""
    graph = load_rules(SHAPES.resolve()).graph
    assert set(graph.objects(None, SH.severity)) <= {SH.Violation}


def test_every_class_of_the_ontology_has_shapes() -> None:
    fg = PREFIXES["fg"]
    targets = {
        str(kind) for kind in load_rules(SHAPES.resolve()).graph.objects(None, SH.targetClass)
    }
    classes = {
        triple.subject.value
        for triple in ontology()
        if isinstance(triple.subject, ox.NamedNode)
        and triple.subject.value.startswith(fg)
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value.endswith("#Class")
    }
    assert {name.removeprefix(fg) for name in classes - targets} == ABSTRACT


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shapes_speak_of_declared_terms_only(path: Path) -> None:
    declared = {triple.subject for triple in ontology()}
    text = path.read_text("utf-8")
    named = {ox.NamedNode(PREFIXES["fg"] + name) for name in re.findall(r"\bfg:(\w+)", text)}
    assert named <= declared
