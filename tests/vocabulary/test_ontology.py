"""The ontology's own tests: every term has labels and definitions, and the code follows it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from fiscograph import resources
from fiscograph.vocabulary import FG, PREFIXES, RDF, RDFS, SKOS, external, generate

TRIPLES = frozenset(
    triple
    for path in resources.ontology().glob("*.ttl")
    for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
)
TERMS = generate.declared(resources.ontology())


def languages(name: str, predicate: ox.NamedNode) -> list[str]:
    return sorted(
        triple.object.language or ""
        for triple in TRIPLES
        if triple.subject == ox.NamedNode(PREFIXES["fg"] + name)
        and triple.predicate == predicate
        and isinstance(triple.object, ox.Literal)
    )


@pytest.mark.parametrize("name", [term.name for term in TERMS])
def test_every_term_has_a_label_and_a_definition_in_zh_and_en(name: str) -> None:
    assert languages(name, RDFS.label) == ["en", "zh"]
    assert languages(name, SKOS.definition) == ["en", "zh"]


def test_the_generated_files_are_those_of_the_ontology() -> None:
    stale = [
        path.name for path, text in generate.generated().items() if path.read_text("utf-8") != text
    ]
    assert stale == [], "run python -m fiscograph.vocabulary.generate"


def test_the_namespace_is_closed() -> None:
    assert FG.PrintedAmount.value == "https://w3id.org/fiscograph#PrintedAmount"
    with pytest.raises(AttributeError):
        getattr(FG, "PrintedAmmount")  # noqa: B009  the misspelt name is the test
    with pytest.raises(AttributeError):
        getattr(external.SKOS, "preflabel")  # noqa: B009


def test_a_term_is_declared_once_and_nothing_else_is_described() -> None:
    names = [term.name for term in TERMS]
    assert len(names) == len(set(names))
    kinds = {
        triple.object.value
        for triple in TRIPLES
        if triple.predicate == RDF.type and isinstance(triple.object, ox.NamedNode)
    }
    assert PREFIXES["rdf"] + "Property" in kinds


def test_the_check_finds_what_is_stale(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate.main(["--check"]) == 0
    monkeypatch.setattr(generate, "terms_module", lambda _terms: "other\n")
    assert generate.main(["--check"]) == 1
    captured = capsys.readouterr()
    assert "+other" in captured.out
    assert "python -m fiscograph.vocabulary.generate" in captured.err


def test_prefixes_are_sorted_and_distinct() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    assert len(set(PREFIXES.values())) == len(PREFIXES)
