"""The shapes' own tests: one file per class, with examples that conform and that fail."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from fiscograph import resources
from fiscograph.validation import validate
from fiscograph.vocabulary import PREFIXES
from fiscograph.vocabulary.ontology import ontology

SHAPES = resources.shapes()
FILES = sorted(SHAPES.glob("*.ttl"))
CONFORMING = sorted((SHAPES / "examples" / "conforms").glob("*.ttl"))
FAILING = sorted((SHAPES / "examples" / "fails").glob("*.ttl"))
SH = "http://www.w3.org/ns/shacl#"
CLASSES = {
    "allocation",
    "check",
    "citation",
    "concept",
    "document-candidate",
    "document-relation",
    "filing",
    "finding",
    "indicator",
    "organization",
    "policy-document",
    "printed-amount",
    "project",
    "project-budget",
    "source",
    "statement",
    "table",
}


def quads(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))


def test_every_class_has_its_file() -> None:
    assert {path.stem for path in FILES} == CLASSES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shape_file_has_examples(path: Path) -> None:
    assert path.stem in {example.stem for example in CONFORMING}
    own = [example for example in FAILING if broken(example).split("-")[0] in shape_classes(path)]
    assert own, f"no example in examples/fails/ breaks a shape of {path.name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shape_has_a_target_and_messages_in_zh_and_en(path: Path) -> None:
    stated = quads(path)
    shapes = {quad.subject for quad in stated if quad.object == ox.NamedNode(SH + "PropertyShape")}
    assert shapes
    for shape in shapes:
        about = [quad for quad in stated if quad.subject == shape]
        assert [q for q in about if q.predicate == ox.NamedNode(SH + "targetClass")], shape
        languages = sorted(
            quad.object.language or ""
            for quad in about
            if quad.predicate == ox.NamedNode(SH + "message")
            and isinstance(quad.object, ox.Literal)
        )
        assert languages == ["en", "zh"], shape


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shapes_speak_of_declared_terms_only(path: Path) -> None:
    declared = {triple.subject for triple in ontology()}
    used = {
        quad.object
        for quad in quads(path)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(PREFIXES["fg"])
    }
    assert used <= declared


@pytest.mark.parametrize("path", CONFORMING, ids=lambda path: path.stem)
def test_an_example_that_conforms(path: Path) -> None:
    report = validate(quads(path), SHAPES)
    assert report.violations == ()
    assert report.focus_nodes > 0


@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.stem)
def test_an_example_that_fails_breaks_the_shape_it_names(path: Path) -> None:
    report = validate(quads(path), SHAPES)
    assert {violation.shape.rsplit("#", 1)[-1] for violation in report.violations} == {broken(path)}


def broken(example: Path) -> str:
    """The shape that the head of a failing example names."""
    named = re.search(r"^# breaks shape:(\S+)$", example.read_text("utf-8"), re.MULTILINE)
    assert named is not None, f"{example.name} does not say what it breaks"
    return named[1]


def shape_classes(path: Path) -> set[str]:
    return set(re.findall(r"^shape:(\w+)-", path.read_text("utf-8"), re.MULTILINE))
