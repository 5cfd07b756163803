"""Sums over project budgets: by document, by department, and each budget once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from fiscograph.tracing.answers import (
    DocumentMoney,
    RegionMoney,
    Share,
    UnionTotal,
)
from fiscograph.tracing.documents import Document
from fiscograph.tracing.whole import Budget

_ZERO = Decimal(0)
_PLACES = Decimal("0.0001")
_Key = tuple[str, str]


def counted(budgets: Iterable[Budget]) -> list[Budget]:
    """The budgets that no other filing covers."""
    return [one for one in budgets if not one.covered]


def money_of(budgets: Iterable[Budget]) -> Decimal:
    return sum((one.amount for one in budgets if one.amount is not None), _ZERO)


def share_of(part: Decimal, every: Decimal) -> Decimal | None:
    """What part of all the money a part is, to four places; None where there is no money."""
    return (part / every).quantize(_PLACES) if every else None


def ranked(
    pairs: Iterable[tuple[Document, Budget]],
    *,
    inferred: Collection[tuple[str, str]] = (),
    shared: bool = False,
    rows: int | None = None,
) -> tuple[tuple[DocumentMoney, ...], int]:
    """The documents by money, of each year and phase apart, the most first; and how many there are.

    Args:
        pairs: every document with every project budget that rests on it.
        inferred: those pairs of document and project budget (IRIs) whose link is inferred.
        shared: only documents of several regions, those of the most regions first.
        rows: the most rows that are told in full; the order is that of all.
    """
    documents: dict[str, Document] = {}
    groups: dict[tuple[str, _Key], list[Budget]] = {}
    for document, budget in pairs:
        documents[document.iri] = document
        groups.setdefault((document.iri, (budget.year or "", budget.phase or "")), []).append(
            budget
        )
    ordered = sorted((_weight(budgets, shared), key) for key, budgets in groups.items())
    if shared:
        ordered = [(weight, key) for weight, key in ordered if weight[0] < -1]
    made = (
        _document_money(documents[iri], when, groups[iri, when], inferred)
        for _, (iri, when) in ordered[:rows]
    )
    return tuple(made), len(ordered)


def _weight(budgets: list[Budget], shared: bool) -> tuple[int, Decimal, int]:
    """What a document is ranked by: the number of regions where that is asked for, its money, its
    projects.
    """
    known = counted(budgets)
    regions = len({one.region for one in known}) if shared else 0
    return -regions, -money_of(known), -len(known)


def _document_money(
    document: Document,
    when: _Key,
    budgets: list[Budget],
    inferred: Collection[tuple[str, str]],
) -> DocumentMoney:
    known = counted(budgets)
    stated = [one for one in known if (document.iri, one.iri) not in inferred]
    regions: dict[str | None, list[Budget]] = {}
    for one in known:
        regions.setdefault(one.region, []).append(one)
    return DocumentMoney(
        document=document.iri,
        label=document.label,
        title=document.title,
        level=document.level,
        issuer=document.issuer,
        fiscal_year=when[0] or None,
        phase=when[1] or None,
        amount_cny=money_of(known),
        stated_cny=money_of(stated),
        projects=len(known),
        inferred=len(known) - len(stated),
        without_amount=sum(one.amount is None for one in known),
        covered=len(budgets) - len(known),
        regions=tuple(
            RegionMoney(
                region=region,
                name=regions[region][0].region_name,
                amount_cny=money_of(regions[region]),
                projects=len(regions[region]),
            )
            for region in sorted(regions, key=lambda iri: iri or "")
        ),
        departments=len({one.department for one in known if one.department}),
    )


def unions_of(
    budgets: Iterable[Budget],
    bases: Mapping[str, Collection[str]],
    inferred: Collection[tuple[str, str]] = (),
) -> tuple[UnionTotal, ...]:
    """Each project budget once, by year and phase, the latest first.

    Args:
        budgets: distinct project budgets.
        bases: the documents that each rests on.
        inferred: those pairs of document and project budget (IRIs) whose link is inferred.
    """
    groups: dict[tuple[str, str], list[Budget]] = {}
    for one in budgets:
        groups.setdefault((one.year or "", one.phase or ""), []).append(one)
    made = []
    for year, phase in sorted(groups, reverse=True):
        known = counted(groups[year, phase])
        hinted = only_inferred({one.iri: bases.get(one.iri, ()) for one in known}, inferred)
        stated = [one for one in known if one.iri not in hinted]
        made.append(
            UnionTotal(
                fiscal_year=year or None,
                phase=phase or None,
                amount_cny=money_of(known),
                stated_cny=money_of(stated),
                projects=len(known),
                inferred=len(hinted),
                documents=len({iri for one in known for iri in bases.get(one.iri, ())}),
                covered=len(groups[year, phase]) - len(known),
            )
        )
    return tuple(made)


def only_inferred(
    bases: Mapping[str, Collection[str]], inferred: Collection[tuple[str, str]]
) -> frozenset[str]:
    """The project budgets that rest on documents, each of them inferred.

    Args:
        bases: the documents by project budget.
        inferred: pairs of document and project budget.
    """
    return frozenset(
        budget
        for budget, documents in bases.items()
        if documents and all((document, budget) in inferred for document in documents)
    )


def shares_of(
    budgets: Iterable[Budget],
    founded: Collection[str],
    hinted: Collection[str],
    names: Mapping[str, str | None],
) -> tuple[Share, ...]:
    """How much of each department's project money rests on a document, by year and phase.

    Args:
        budgets: distinct project budgets.
        founded: the IRIs of those that rest on a document.
        hinted: of these, those whose every document is inferred.
        names: the departments' names.
    """
    groups: dict[tuple[str | None, _Key], list[Budget]] = {}
    for one in budgets:
        when = (one.year or "", one.phase or "")
        groups.setdefault((one.department, when), []).append(one)
    made = [
        _share(department, names.get(department or ""), when, found, (founded, hinted))
        for (department, when), found in groups.items()
    ]
    return tuple(
        sorted(
            made,
            key=lambda one: (
                -one.amount_cny,
                one.department or "",
                one.fiscal_year or "",
                one.phase or "",
            ),
        )
    )


def _share(
    department: str | None,
    name: str | None,
    when: _Key,
    budgets: list[Budget],
    founded_and_hinted: tuple[Collection[str], Collection[str]],
) -> Share:
    known = counted(budgets)
    founded, hinted = founded_and_hinted
    based = [one for one in known if one.iri in founded]
    stated = [one for one in based if one.iri not in hinted]
    every, with_basis, with_stated = money_of(known), money_of(based), money_of(stated)
    return Share(
        department=department,
        name=name,
        region=budgets[0].region,
        region_name=budgets[0].region_name,
        fiscal_year=when[0] or None,
        phase=when[1] or None,
        amount_cny=every,
        with_basis_cny=with_basis,
        share=share_of(with_basis, every),
        stated_cny=with_stated,
        stated_share=share_of(with_stated, every),
        projects=len(known),
        with_basis=len(based),
        inferred=len(based) - len(stated),
        without_amount=sum(one.amount is None for one in known),
        covered=len(budgets) - len(known),
    )
