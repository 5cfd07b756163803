"""Any files that claim our vocabulary, checked together as one graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from fiscograph.validation.errors import NothingToCheck
from fiscograph.validation.reading import GraphFile, quads_of
from fiscograph.validation.report import Report
from fiscograph.validation.shacl import validate
from fiscograph.validation.terms import Undeclared, undeclared, watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The files, what validation found in them, and the terms that only seem to be ours."""

    files: tuple[str, ...]
    report: Report
    undeclared: tuple[Undeclared, ...]


def validate_files(files: Sequence[GraphFile], shapes: Path) -> Checked:
    """Check files together: what one refers to, another may describe.

    Raises:
        GraphUnreadable: a file cannot be read.
        NothingToCheck: no shape speaks of anything in them.
        ShapesError: the folder holds no shapes, or one that cannot be used.
    """
    claimed: Counter[str] = Counter()
    report = validate(watched(_all(files), claimed), shapes)
    strange = undeclared(claimed)
    names = tuple(file.name for file in files)
    if not report.focus_nodes:
        raise NothingToCheck(", ".join(names), report.triples, _hint(report, claimed, strange))
    return Checked(files=names, report=report, undeclared=strange)


def _all(files: Sequence[GraphFile]) -> Iterator[Quad]:
    for number, file in enumerate(files, start=1):
        yield from quads_of(file, number)


def _hint(report: Report, claimed: Counter[str], strange: Sequence[Undeclared]) -> str:
    if not report.triples:
        return "there are none"
    if strange:
        one = strange[0]
        meant = f", is {one.nearest} meant?" if one.nearest else ""
        return f"{one.term} is not declared{meant}"
    if claimed:
        return "nothing in it is said to be of a class, give rdf:type"
    return "none of its terms is of https://w3id.org/fiscograph#"
