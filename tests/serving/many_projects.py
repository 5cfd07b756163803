"""A filing with five hundred projects of one document: hostile names, several units, a project without
an amount, and a mention that names no document.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.mapping.builder import (
    DEPARTMENT,
    PRINTED,
    citation,
    filing_facts,
    place,
    project_budget,
    shared_facts,
)

from fiscograph.budget import (
    Amount,
    FilingFacts,
    FundingPart,
    Organization,
    OrganizationKey,
    OrganizationRole,
    Project,
    SharedFacts,
    TextField,
    Unit,
)

COUNT = 500
UNITS = 7
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "反\u202e转",
    "</figure></table>",
)
VAGUE = "121号文"
# Its amount is not printed.
SILENT = COUNT - 1


def code(at: int) -> str:
    return f"50015223T0000040{at:05d}"


def name(at: int) -> str:
    return f"项目{at}{HOSTILE[at % 50] if at % 50 < len(HOSTILE) else ''}"


def amount(at: int) -> Decimal:
    """In yuan."""
    return Decimal((COUNT - at) * 10_000)


def printed(at: int) -> Amount:
    return Amount(value=amount(at) / 10_000, unit=Unit.TEN_THOUSAND_YUAN)


def sentence(at: int) -> str:
    return f"根据渝财社【2022】155号安排第{at}项。"


def unit(at: int) -> OrganizationKey:
    return OrganizationKey(region="500152", body=f"42600{at % UNITS}")


def facts() -> FilingFacts:
    every = range(COUNT)
    vague = replace(
        citation(),
        project=None,
        cited_by="说明",
        place=place(52, 3, 7),
        printed=VAGUE,
        number=None,
        title=None,
        policy=None,
    )
    return replace(
        filing_facts(),
        projects=tuple(
            replace(
                project_budget(),
                key=code(at),
                code=code(at),
                name=name(at),
                other_names=(),
                unit=unit(at),
                amount=None if at == SILENT else printed(at),
                funding=()
                if at == SILENT
                else (FundingPart(part="total", amount=printed(at), place=PRINTED),),
                texts=(
                    TextField(
                        field="basis", text=f"前文。{sentence(at)}", parts=(place(41, 1, 9),)
                    ),
                ),
            )
            for at in every
        ),
        citations=(
            vague,
            *(
                replace(
                    citation(),
                    project=code(at),
                    cited_by=code(at),
                    place=place(1000 + at, 3, 15),
                )
                for at in every
            ),
        ),
        allocations=(),
        indicators=(),
        statements=(),
        checks=(),
        findings=(),
    )


def shared() -> SharedFacts:
    return replace(
        shared_facts(),
        organizations=(
            *(one for one in shared_facts().organizations if one.key == DEPARTMENT),
            *(
                Organization(
                    key=unit(at),
                    code=f"42600{at}",
                    names=(f"第{at}中心",),
                    role=OrganizationRole.UNIT,
                    parent=DEPARTMENT,
                )
                for at in range(UNITS)
            ),
        ),
        projects=tuple(
            Project(code=code(at), filing=None, budget_key=None, names=(name(at),))
            for at in range(COUNT)
        ),
    )
