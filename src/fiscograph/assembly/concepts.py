"""Concepts for every code that a filing prints, and for those that only its allocations use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fiscograph.budget import (
    NOT_STATED,
    Allocation,
    CodeLists,
    Concept,
    ConceptKey,
    Filing,
    Scheme,
)
from fiscograph.forms.labels import is_code, plain_label
from fiscograph.placement import PlacedGrid

_CLASSIFIED = {Scheme.FUNCTION.value, Scheme.ECONOMIC.value}


def concepts_of(
    filing: Filing,
    grids: Sequence[PlacedGrid],
    allocations: Iterable[Allocation],
    lists: CodeLists,
) -> tuple[Concept, ...]:
    """The concepts of one filing, each with its ancestors, sorted by key.

    Names that are printed stand beside the name in the list of the filing's year, if it has the
    code; codes of a year without a list are made from what is printed.
    """
    labels: dict[tuple[str, str], list[str]] = {}
    for scheme, code, label in _printed(grids):
        labels.setdefault((scheme, code), [])
        if label and label not in labels[scheme, code]:
            labels[scheme, code].append(label)
    for allocation in allocations:
        concept = allocation.classification
        if concept is not None and concept.notation != NOT_STATED:
            if concept.scheme not in _CLASSIFIED and concept.notation.isascii():
                continue  # a key of our own, whose label is listed
            known = labels.setdefault((concept.scheme, concept.notation), [])
            if concept.scheme not in _CLASSIFIED or "-" in concept.notation or not known:
                known.append(plain_label(allocation.label))
    for scheme, code in list(labels):
        for ancestor in ancestors(code) if scheme in _CLASSIFIED else ():
            labels.setdefault((scheme, ancestor), [])
    return tuple(
        _concept(filing, scheme, code, labels[scheme, code], lists)
        for scheme, code in sorted(labels)
    )


def _printed(grids: Sequence[PlacedGrid]) -> Iterable[tuple[str, str, str]]:
    for grid in grids:
        scheme = grid.grid.form.scheme
        if scheme not in _CLASSIFIED:
            continue
        for row in grid.rows:
            code = row.row.code or row.row.key
            if code is None or not is_code(code, scheme) or row.row.side == "income":
                continue
            parent = grid.rows[row.parent].row.code if row.parent is not None else None
            misplaced = parent is not None and not code.startswith(parent)
            own = (row.row.key is not None or row.row.code is None) and not misplaced
            yield scheme, code, plain_label(row.row.label) if own else ""


def ancestors(code: str) -> list[str]:
    """The wider codes of a code, the next one first; of a local one also its printed code.

    >>> ancestors("2080101"), ancestors("30112-工伤保险"), ancestors("其他支出")
    (['20801', '208'], ['30112', '301'], [])
    """
    bare, _, local = code.partition("-")
    if not bare.isdecimal():
        return []
    wider = [bare[:length] for length in (7, 5, 3) if length < len(bare)]
    return [bare, *wider] if local else wider


def _concept(
    filing: Filing, scheme: str, code: str, printed: Sequence[str], lists: CodeLists
) -> Concept:
    names = tuple(sorted(set(printed)))
    if scheme not in _CLASSIFIED:
        return Concept(
            key=ConceptKey(scheme=scheme, edition=None, notation=code),
            labels=(),
            printed=names,
            label_en=None,
            parent=None,
            support="printed",
        )
    key = lists.key(Scheme(scheme), filing.year, code, filing.region)
    listed = lists.of(Scheme(scheme))
    of_year = listed is not None and listed.edition == filing.year
    entry = listed.by_code.get(code) if listed is not None and of_year else None
    wider = ancestors(code)
    return Concept(
        key=key,
        labels=entry.labels if entry is not None else (),
        printed=names,
        label_en=None,
        parent=wider[0] if wider else None,
        support=entry.support if entry is not None else "local" if of_year else "printed",
    )
