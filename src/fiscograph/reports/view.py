"""What the report says of a filing, section by section, ready to be set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fiscograph.budget import (
    Bin,
    FilingFacts,
    IdentityCheck,
    Outcome,
    Placement,
    PrintedAmount,
    Severity,
)
from fiscograph.reports.quotes import Quote, Source, is_whole
from fiscograph.reports.totals import Group, Total, groups_of, totals_of
from fiscograph.reports.words import Words, concept, words
from fiscograph.vocabulary.codelists import load_code_lists

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of a kind there are; ``key`` is the kind's own word."""

    words: Words
    key: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundThing:
    """A finding with its quote; ``number`` counts in the order of the report."""

    number: int
    rule: Words
    severity: Words
    level: str
    zh: str
    en: str
    printed: str
    expected: str | None
    line: int | None
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedThing:
    """A check; amounts are in yuan. ``finding`` is the number of the finding that tells of it."""

    rule: Words
    label: str
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    tolerance: Decimal | None
    lines: tuple[int, ...]
    finding: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """Checks of one rule with one outcome."""

    rule: Words
    checks: tuple[CheckedThing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """An unread number with its line: the text before, the number, the text after."""

    line: int
    before: str
    printed: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A number of which more than one column is possible; ``complete`` says that these are all."""

    line: int
    printed: str
    row: str
    column: str
    rivals: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A project with its funds in yuan, as printed."""

    name: str
    code: str | None
    amount: Decimal | None
    upper: Decimal | None
    own: Decimal | None
    other: Decimal | None
    indicators: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """Everything on the page, in its order."""

    title: str
    kind: Words
    department: str
    region: str
    facts: FilingFacts
    totals: tuple[Total, ...]
    groups: tuple[Group, ...]
    projects: tuple[ProjectRow, ...]
    severities: tuple[Count, ...]
    findings: tuple[FoundThing, ...]
    outcomes: tuple[Count, ...]
    failed: tuple[CheckedThing, ...]
    rounded: tuple[CheckedThing, ...]
    uncheckable: tuple[CheckedThing, ...]
    holding: tuple[RuleGroup, ...]
    bins: tuple[Count, ...]
    tokens: int
    unread: tuple[Loose, ...]
    placements: tuple[Count, ...]
    chosen: tuple[Choice, ...]


def report_view(facts: FilingFacts, lines: Sequence[str]) -> ReportView:
    """Put the report of one filing together.

    Args:
        facts: what was read.
        lines: the lines of the file that it was read from, for the quotes.
    """
    source, filing = Source(facts, lines), facts.filing
    findings = _findings(facts, source)
    checks = _checks(facts, findings, source)
    region = load_code_lists().regions.get(filing.region)
    return ReportView(
        title=source.without_contacts(filing.title or filing.department),
        kind=words(filing.kind),
        department=filing.department,
        region=region.name if region else "",
        facts=facts,
        totals=totals_of(facts),
        groups=groups_of(facts),
        projects=_projects(facts),
        severities=_counts(_SEVERITIES, (one.severity for one in facts.findings)),
        findings=findings,
        outcomes=_counts(
            (Outcome.FAILS, Outcome.WITHIN_ROUNDING, Outcome.NOT_CHECKABLE, Outcome.HOLDS),
            (one.outcome for one in facts.checks),
        ),
        failed=checks[Outcome.FAILS],
        rounded=checks[Outcome.WITHIN_ROUNDING],
        uncheckable=checks[Outcome.NOT_CHECKABLE],
        holding=_by_rule(checks[Outcome.HOLDS]),
        bins=_counts(Bin, (row.bin for row in facts.ledger)),
        tokens=len(facts.ledger),
        unread=_unread(facts, source),
        placements=_counts(Placement, (one.placement for one in facts.printed_amounts)),
        chosen=tuple(
            _choice(one, source)
            for one in facts.printed_amounts
            if one.placement is Placement.CHOSEN
        ),
    )


def _counts(kinds: Iterable[Enum], found: Iterable[Enum]) -> tuple[Count, ...]:
    counted = Counter(found)
    return tuple(
        Count(words=words(kind), key=str(kind.value), number=counted[kind]) for kind in kinds
    )


def _findings(facts: FilingFacts, source: Source) -> tuple[FoundThing, ...]:
    """The gravest first; among equals in the order of their places."""
    ordered = sorted(
        facts.findings, key=lambda one: (_SEVERITIES.index(one.severity), one.place, one.rule)
    )
    return tuple(
        FoundThing(
            number=number,
            rule=concept("rule", one.rule),
            severity=words(one.severity),
            level=one.severity.value,
            zh=source.without_contacts(one.message_zh),
            en=source.without_contacts(one.message_en),
            printed=source.without_contacts(one.printed),
            expected=source.without_contacts(one.expected) if one.expected else None,
            line=None if is_whole(one.place) else one.place.line,
            quote=source.quote(one.place, one.about),
        )
        for number, one in enumerate(ordered, start=1)
    )


def _checks(
    facts: FilingFacts, findings: Sequence[FoundThing], source: Source
) -> Mapping[Outcome, tuple[CheckedThing, ...]]:
    told = _told(facts, findings)
    found: dict[Outcome, list[CheckedThing]] = {outcome: [] for outcome in Outcome}
    for one in facts.checks:
        found[one.outcome].append(
            CheckedThing(
                rule=_rule(one),
                label=source.without_contacts(one.label),
                left=one.left,
                right=one.right,
                difference=one.difference,
                tolerance=one.tolerance,
                lines=one.lines,
                finding=_finding_of(one, told),
            )
        )
    return {outcome: tuple(checks) for outcome, checks in found.items()}


def _rule(check: IdentityCheck) -> Words:
    """A rule that the code lists do not name is told by the check itself."""
    listed = concept("rule", check.rule)
    return Words(zh="表间相等", en="Equality between tables") if not listed.en else listed


def _finding_of(check: IdentityCheck, told: Mapping[tuple[str, object], int]) -> int | None:
    """The finding of a check: of its rule, else the first that is told of the same number."""
    if not check.terms:
        return None
    here = [number for (_, place), number in told.items() if place == check.terms[0]]
    return told.get((check.rule, check.terms[0]), min(here, default=None))


def _told(facts: FilingFacts, findings: Sequence[FoundThing]) -> Mapping[tuple[str, object], int]:
    numbers = {(one.zh, one.line): one.number for one in findings}
    return {
        (one.rule, one.place): numbers[one.message_zh, one.place.line]
        for one in facts.findings
        if (one.message_zh, one.place.line) in numbers
    }


def _by_rule(checks: Sequence[CheckedThing]) -> tuple[RuleGroup, ...]:
    groups: dict[Words, list[CheckedThing]] = {}
    for one in checks:
        groups.setdefault(one.rule, []).append(one)
    return tuple(RuleGroup(rule=rule, checks=tuple(found)) for rule, found in groups.items())


def _unread(facts: FilingFacts, source: Source) -> tuple[Loose, ...]:
    found = []
    for row in facts.ledger:
        if row.bin is Bin.UNREAD:
            line, place = source.text(row.place.line), row.place
            found.append(
                Loose(
                    line=place.line,
                    before=_end(line[: place.start - 1]),
                    printed=line[place.start - 1 : place.end],
                    after=_beginning(line[place.end :]),
                )
            )
    return tuple(found)


_NEAR = 60


def _end(text: str) -> str:
    text = text.lstrip()
    return text if len(text) <= _NEAR else f"…{text[-_NEAR:]}"


def _beginning(text: str) -> str:
    text = text.rstrip()
    return text if len(text) <= _NEAR else f"{text[:_NEAR]}…"


def _choice(amount: PrintedAmount, source: Source) -> Choice:
    return Choice(
        line=amount.place.line,
        printed=amount.printed,
        row=source.without_contacts(
            f"{amount.row_code or ''} {amount.row_label or ''}".strip() or "—"
        ),
        column=" / ".join(amount.column) or "—",
        rivals=tuple(" / ".join(rival) or "—" for rival in amount.rivals),
        complete=amount.rivals_complete,
    )


def _projects(facts: FilingFacts) -> tuple[ProjectRow, ...]:
    targets = Counter(one.project for one in facts.indicators)
    rows = []
    for one in facts.projects:
        parts = {name: one.part(name) for name in ("upper", "own", "other")}
        money = {name: part.amount.yuan if part else None for name, part in parts.items()}
        rows.append(
            ProjectRow(
                name=one.name,
                code=one.code,
                amount=one.amount.yuan if one.amount else None,
                upper=money["upper"],
                own=money["own"],
                other=money["other"],
                indicators=targets[one.key],
                line=min(one.lines),
            )
        )
    return tuple(rows)
