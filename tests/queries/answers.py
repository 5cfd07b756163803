"""Answers of any engine in one comparable form, and the rows that were verified by hand.

A cell is a text: an IRI of the publisher without its base, a number in its canonical form, any other
literal as it is, nothing where a variable is unbound. ``kind`` says what sort of term it was.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import rdflib

from fiscograph.budget import canonical_decimal

BASE = "https://fiscograph.example/"
VERIFIED = Path(__file__).with_name("examples")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {f"{_XSD}integer", f"{_XSD}decimal"}
Row = tuple[str, ...]


def verified(name: str) -> tuple[Row, tuple[Row, ...]] | None:
    """The columns and rows that an example is to answer; nothing where none are written down."""
    path = VERIFIED / f"{name}.csv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = (tuple(row) for row in csv.reader(file))
    return columns, tuple(rows)


def cell(value: str, kind: str) -> str:
    if kind == "iri":
        return value.removeprefix(BASE)
    return canonical_decimal(Decimal(value)) if kind in _NUMBERS else value


def of_pyoxigraph(
    term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None,
) -> tuple[str, str]:
    """The value and kind of a term: ``iri``, a datatype, or a language after ``@``."""
    if term is None:
        return "", "unbound"
    if isinstance(term, ox.NamedNode):
        return term.value, "iri"
    assert isinstance(term, ox.Literal)
    return term.value, f"@{term.language}" if term.language else term.datatype.value


def of_rdflib(term: object) -> tuple[str, str]:
    if term is None:
        return "", "unbound"
    if isinstance(term, rdflib.URIRef):
        return str(term), "iri"
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return str(term), f"@{term.language}"
    return str(term), str(term.datatype or f"{_XSD}string")


def cells(terms: Iterable[tuple[str, str]]) -> Row:
    return tuple(cell(value, kind) for value, kind in terms)


def kinds(rows: Iterable[Sequence[tuple[str, str]]]) -> list[Row]:
    """Each row with the kinds of its terms, as a sorted multiset."""
    return sorted((*cells(row), *(kind for _, kind in row)) for row in rows)
