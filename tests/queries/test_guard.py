from __future__ import annotations

import time
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscograph.queries import (
    QueryError,
    QueryForm,
    QuerySyntax,
    QueryTooDeep,
    ServiceRefused,
    UpdateRefused,
    check,
    names,
    text,
)
from fiscograph.queries.tokens import tokens

DEEP = {
    "groups": "SELECT * " + "{" * 837 + "}" * 837,
    "brackets": "SELECT (" + "(" * 837 + "1" + ")" * 837 + " AS ?x) {}",
    "functions": "SELECT (" + "CONCAT(" * 837 + "'a'" + ")" * 837 + " AS ?x) {}",
    "exists": "SELECT * {" + "FILTER EXISTS {" * 837 + "}" * 837 + "}",
    "sub-selects": "SELECT * {" + "{SELECT * {" * 837 + "}}" * 837 + "}",
    "lists": "ASK { ?s ?p " + "(" * 300 + ")" * 300 + " }",
    "blank nodes": "ASK { ?s ?p " + "[ ?p " * 300 + "1" + " ]" * 300 + " }",
}
WIDE = {
    "union": "SELECT * {" + " UNION ".join(["{?s ?p ?o}"] * 2000) + "}",
    "optional": "SELECT * {" + "OPTIONAL {?s ?p ?o} " * 700 + "}",
    "patterns": "ASK {" + "?s ?p ?o . " * 600 + "}",
    "path": "ASK { ?s " + "/".join(["a:p"] * 600) + " ?o }",
    "signs": "SELECT (" + "!" * 600 + "true AS ?x) {}",
    "values": "SELECT * { VALUES ?x {" + "1 " * 5000 + "} }",
    "length": "ASK {} #" + "x" * 20_000,
}


@pytest.mark.parametrize("name", [*DEEP, *WIDE])
def test_deep_and_wide_queries_are_stopped_before_a_worker(name: str) -> None:
    with pytest.raises(QueryTooDeep) as caught:
        check((DEEP | WIDE)[name])
    assert caught.value.found > caught.value.limit


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <http://a.example/> { ?s ?p ?o } }",
        "ASK { service silent ?x { ?s ?p ?o } }",
        "SELECT * { FILTER EXISTS { SERVICE<http://a.example/>{} } }",
        "DESCRIBE ?s { #\n SeRvIcE <x:y> {?s ?p ?o} }",
        "ASK { ?s ?p '''x''' . SERVICE <x:y> {} }",
    ],
)
def test_service_is_refused_in_every_position_and_spelling(query: str) -> None:
    with pytest.raises(ServiceRefused, match="SERVICE is refused"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE' }",
        'ASK { ?s ?p """ SERVICE "quoted" """ }',
        "ASK { ?s <x:SERVICE> a:SERVICE . ?service ?p 1 } # SERVICE",
        "PREFIX service: <x:y> ASK { ?s service:is ?o }",
        "ASK { ?s ?p 'it\\'s SERVICE' }",
        "ASK { ?s ?p ?SERVICE }",
        "ASK { ?a ?p ?b FILTER(?a<?b && ?b>3) }",
    ],
)
def test_the_word_alone_is_let_through(query: str) -> None:
    assert check(query).form is QueryForm.ASK


@pytest.mark.parametrize("word", ["INSERT DATA {}", "DELETE WHERE {}", "LOAD <x:y>", "clear all"])
def test_updates_are_refused_by_their_name(word: str) -> None:
    with pytest.raises(UpdateRefused, match="read-only"):
        check(f"PREFIX a: <x:y> {word}")


@pytest.mark.parametrize("query", ["", "  # nothing", "hello", "{", "PREFIX a: <x:y>"])
def test_a_text_without_a_form_is_no_query(query: str) -> None:
    with pytest.raises(QuerySyntax, match="no query form"):
        check(query)


@pytest.mark.parametrize("char", ["\0", "\ud800"])
def test_what_is_no_text_is_named_with_its_place(char: str) -> None:
    with pytest.raises(QuerySyntax) as caught:
        check(f"ASK {{\n  {char} }}")
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_the_dataset_of_a_query_is_seen() -> None:
    assert check("SELECT * FROM <x:y> {?s ?p ?o}").has_dataset
    assert not check("SELECT * { ?s ?p 'FROM' }").has_dataset


def test_chinese_prefixed_names_are_names() -> None:
    found = [token.text for token in tokens("ASK { 政策:渝财社 a:名称.简 '文' . }")]
    assert found == ["ASK", "{", "政策:渝财社", "a:名称.简", "'文'", ".", "}"]


@pytest.mark.parametrize("name", names())
def test_every_query_of_the_package_passes(name: str) -> None:
    assert check(text(name)).form is QueryForm.SELECT


@given(st.text(max_size=400))
def test_any_text_passes_or_is_refused(query: str) -> None:
    with suppress(QueryError):
        check(query)


@pytest.mark.parametrize("piece", ["渝", "a.", '\\"', "'''\\'"])
def test_reading_is_linear_in_the_text(piece: str) -> None:
    """Far more than the guard lets through: where each piece is looked for to the end of the text,
    this takes minutes.
    """
    start = time.process_time()
    assert any(token.start > 59_000 for token in tokens('"' + piece * (60_000 // len(piece))))
    assert time.process_time() - start < 20


@given(st.text(alphabet="{}()[]<>\"'\\#?$:.;,@ aSELECT\n", max_size=300))
def test_tokens_cover_the_text_in_order(query: str) -> None:
    starts = [(token.start, token.start + len(token.text)) for token in tokens(query)]
    assert all(first[1] <= second[0] for first, second in pairwise(starts))
