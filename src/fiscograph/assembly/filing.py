"""A filing from what it says of itself and what is declared beside it."""

from __future__ import annotations

import re
from decimal import Decimal

from fiscograph.assembly.identity import ReadIdentity
from fiscograph.budget import (
    Filing,
    FilingId,
    FilingKind,
    Finding,
    Severity,
    SourceFile,
    Unit,
    UnitBasis,
)
from fiscograph.errors import FilingError
from fiscograph.forms.layout import Layout, common_unit
from fiscograph.placement.amounts import Units
from fiscograph.provenance import Place, Span
from fiscograph.tables import number_of

_AMOUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\s?\d+)?)\s*(?P<unit>元|千元|万元|亿元)")


def filing_of(identity: ReadIdentity, declared: FilingId | None, file: SourceFile) -> Filing:
    """The filing; a declared id is kept, else the id is derived from what was read.

    Raises:
        FilingError: no id is declared and the filing does not say enough of itself for one.
    """
    derived = identity.derived_id()
    chosen = declared or derived
    if chosen is None:
        missing = [
            word
            for word, value in (
                ("region", identity.region),
                ("department or code", identity.code or identity.department),
                ("year", identity.year),
                ("kind", identity.kind),
            )
            if not value
        ]
        raise FilingError(
            file.name,
            f"it does not say its {', '.join(missing)}",
            way_out=f"declare id in {file.name.rpartition('.')[0]}.toml",
        )
    return Filing(
        id=chosen,
        title=identity.title,
        region=identity.region or chosen.region,
        department=identity.department or chosen.body,
        body_code=identity.code or (chosen.body if chosen.body.isdigit() else None),
        year=identity.year or chosen.year,
        kind=identity.kind or FilingKind(chosen.kind),
        sources=(file,),
        id_declared=declared is not None,
    )


def identity_findings(filing: Filing, identity: ReadIdentity) -> tuple[Finding, ...]:
    """Where what was read does not agree with the declared id."""
    said = filing.id
    pairs = (
        ("地区", "region", said.region, identity.region),
        ("编码", "code", said.body, identity.code),
        ("年度", "year", str(said.year), str(identity.year) if identity.year else None),
        ("类别", "kind", said.kind, identity.kind.value if identity.kind else None),
    )
    place = Place(source=filing.sources[0].sha256, span=Span(line=1, start=1, end=1))
    wrong = [(zh, en, one, other) for zh, en, one, other in pairs if other and one != other]
    if not filing.id_declared or not wrong:
        return ()
    return (
        Finding(
            rule="declared-id",
            severity=Severity.NOTICE,
            place=place,
            message_zh="声明的标识与文件所载不符："
            + "；".join(f"{zh}声明为 {one}，文件载为 {other}" for zh, _, one, other in wrong)
            + "。",
            message_en="The declared id and the filing differ: "
            + "; ".join(f"{en} {one} is declared, {other} is read" for _, en, one, other in wrong)
            + ".",
            printed=" ".join(other for _, _, _, other in wrong if other),
            expected=str(said),
            about=(),
        ),
    )


def units_of(filing: Filing, layout: Layout) -> tuple[Units, tuple[Finding, ...]]:
    """The unit of the tables that name none: that of the others, else what the narrative tells.

    The narrative tells a unit where it prints an amount of a table's total together with a unit.
    Where nothing tells it, 万元 is taken, and a finding says so.
    """
    grids, narrative = layout.grids, layout.narrative
    common = common_unit(grids)
    loose = {table.unit for table in layout.unknown if table.unit is not None}
    if common is None and len(loose) == 1:
        common = loose.pop()
    if common is not None:
        return Units(unit=common, basis=UnitBasis.FILING), ()
    totals = {
        cell.value for grid in grids for row in grid.rows if row.level == 0 for cell in row.numbers
    }
    votes: dict[Unit, int] = {}
    for line in narrative:
        for match in _AMOUNT.finditer(line.text):
            value: Decimal | None = number_of(match["number"])
            if value is not None and value in totals and value:
                unit = Unit.from_printed(match["unit"])
                votes[unit] = votes.get(unit, 0) + 1
    if votes:
        best = max(sorted(votes, key=lambda unit: unit.name), key=lambda unit: votes[unit])
        return Units(unit=best, basis=UnitBasis.NARRATIVE), ()
    return (
        Units(unit=Unit.TEN_THOUSAND_YUAN, basis=UnitBasis.FILING),
        (_unit_not_stated(filing),),
    )


def _unit_not_stated(filing: Filing) -> Finding:
    return Finding(
        rule="unit-not-stated",
        severity=Severity.WARNING,
        place=Place(source=filing.sources[0].sha256, span=Span(line=1, start=1, end=1)),
        message_zh="全文未注明金额单位，按万元计。",
        message_en="No unit of money is stated anywhere; ten thousand yuan is taken.",
        printed="",
        expected="万元",
        about=(),
    )
