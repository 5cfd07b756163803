"""Canonical literals: the same term in file, store, dump and digest."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal

from fiscograph.budget import canonical_decimal
from fiscograph.vocabulary.external import XSD

# XML 1.0 forbids these, and a SPARQL XML result with one of them is ill-formed.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _readable(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def plain(text: str | None) -> Literal | None:
    """A key or a text exactly as printed; characters that XML forbids become U+FFFD.

    >>> plain("渝财社〔2022〕155号").value
    '渝财社〔2022〕155号'
    """
    return Literal(_readable(text)) if text else None


def zh(text: str | None) -> Literal | None:
    """A Chinese name or prose."""
    return Literal(_readable(text), language="zh") if text else None


def en(text: str | None) -> Literal | None:
    """An English name or prose."""
    return Literal(_readable(text), language="en") if text else None


def decimal(value: Decimal | None) -> Literal | None:
    return None if value is None else Literal(canonical_decimal(value), datatype=XSD.decimal)


@lru_cache(maxsize=8192)
def integer(value: int | None) -> Literal | None:
    return None if value is None else Literal(str(value), datatype=XSD.integer)


@lru_cache(maxsize=256)
def year(value: int | None) -> Literal | None:
    return None if value is None else Literal(f"{value:04d}", datatype=XSD.gYear)


def boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=XSD.boolean)


def date(text: str) -> Literal:
    """A day of the calendar, ``YYYY-MM-DD``."""
    return Literal(text, datatype=XSD.date)
