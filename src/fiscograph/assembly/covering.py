"""Which unit's filing a department's filing covers: what both count must not be counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fiscograph.budget import Covering, FilingFacts, FilingKind, OrganizationKey

_COVERS = {
    FilingKind.UNIT_BUDGET: FilingKind.DEPARTMENT_BUDGET,
    FilingKind.UNIT_FINAL: FilingKind.DEPARTMENT_FINAL,
}


def coverings(facts: Sequence[FilingFacts]) -> tuple[Covering, ...]:
    """Each unit's filing with the department's filing of the same year and phase that covers it.

    A department's filing covers the units that it prints rows of; where it prints none at all, the
    units whose budget code starts with its own. The filings' order does not matter.
    """
    found: list[Covering] = []
    for unit in facts:
        kind = _COVERS.get(unit.filing.kind)
        wide = [
            other
            for other in facts
            if other.filing.kind is kind
            and other.filing.year == unit.filing.year
            and other.filing.region == unit.filing.region
            and _covers(other, _discloser(unit))
        ]
        if wide:
            by = min(str(one.filing.id) for one in wide)
            chosen = next(one for one in wide if str(one.filing.id) == by)
            found.append(Covering(filing=unit.filing.id, by=chosen.filing.id))
    return tuple(sorted(set(found)))


def _discloser(facts: FilingFacts) -> OrganizationKey:
    filing = facts.filing
    return OrganizationKey(region=filing.region, body=filing.body_code or filing.id.body)


def _covers(department: FilingFacts, unit: OrganizationKey) -> bool:
    own = _discloser(department)
    units = set(_below(department, own))
    if units:
        return unit in units
    return unit != own and own.body.isdigit() and unit.body.startswith(own.body)


def _below(facts: FilingFacts, own: OrganizationKey) -> Iterable[OrganizationKey]:
    return (one.key for one in facts.organizations if one.key != own and one.parent == own)
