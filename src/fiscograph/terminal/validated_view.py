"""What a validation found, put in words and in order: for the terminal and for the page alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fiscograph.reports.words import Words
from fiscograph.validation import Checked, Elsewhere, Violation
from fiscograph.vocabulary import PREFIXES

# What is wrong, by the constraint that fails; {path} and {value} are filled in.
_FAULTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "MinCount": ("没有给出 {path}，或给得太少", "{path} is missing, or given too few times"),
        "MaxCount": ("{path} 给得太多", "{path} is given too many times"),
        "Datatype": ("{path} 的值 {value} 数据类型不对", "{path} has {value}, of another datatype"),
        "Class": (
            "{path} 所指的 {value} 不是所要的类",
            "{path} leads to {value}, of another class",
        ),
        "Or": ("{path} 所指的 {value} 不是所要的类", "{path} leads to {value}, of another class"),
        "NodeKind": ("{path} 的值 {value} 不是资源", "{path} has {value}, which is no resource"),
        "In": ("{path} 的值 {value} 不在允许之列", "{path} has {value}, which is not allowed"),
        "HasValue": ("{path} 没有所要的值", "{path} lacks the value it must have"),
        "Pattern": ("{path} 的值 {value} 写法不对", "{path} has {value}, not in the right form"),
        "MinLength": ("{path} 的值是空的", "{path} is empty"),
        "MinInclusive": ("{path} 的值 {value} 太小", "{path} has {value}, which is too small"),
        "MaxInclusive": ("{path} 的值 {value} 太大", "{path} has {value}, which is too large"),
        "UniqueLang": ("{path} 同一语言有两个", "{path} is given twice in one language"),
        "LanguageIn": ("{path} 的值 {value} 语言不对", "{path} has {value}, in another language"),
        "LessThan": ("{path} 的值 {value} 太大", "{path} has {value}, which is too large"),
        "LessThanOrEquals": ("{path} 的值 {value} 太大", "{path} has {value}, which is too large"),
        "SPARQL": ("值 {value} 与别处不合", "{value} does not agree with the rest"),
        "Reference": ("{path} 所指的 {value} 没有描述", "{path} leads to {value}, not described"),
    }
)
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that breaks a shape: ``fault`` says what is wrong with it."""

    focus: str
    name: str | None
    line: int | None
    value: str | None
    fault: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A shape with all that breaks it: ``told`` says what is wrong and what to do."""

    shape: str
    told: Words
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Things of a class that the files refer to and do not describe."""

    classes: str
    things: int
    references: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationView:
    """Everything that is told of a validation, in its order."""

    checked: Checked
    broken: tuple[Broken, ...]
    unknown: tuple[Unknown, ...]

    @property
    def violations(self) -> int:
        return len(self.checked.report.violations)


def validation_view(checked: Checked) -> ValidationView:
    """The violations by shape, those that most things break first; among equals by name."""
    groups: dict[str, list[Violation]] = {}
    for violation in checked.report.violations:
        groups.setdefault(violation.shape, []).append(violation)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return ValidationView(
        checked=checked,
        broken=tuple(_broken(shape, found) for shape, found in ordered),
        unknown=_unknown(checked.report.elsewhere),
    )


def compact(iri: str) -> str:
    """An IRI, or a path of several, in the prefixes of our files.

    >>> compact("https://w3id.org/fiscograph#line")
    'fg:line'
    >>> compact("http://www.w3.org/2004/02/skos/core#broader|http://purl.org/dc/terms/title")
    'skos:broader | dcterms:title'
    """
    if "|" in iri:
        return " | ".join(compact(part) for part in iri.split("|"))
    for prefix, name in PREFIXES.items():
        local = iri.removeprefix(name)
        if local != iri and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri


def _broken(shape: str, found: Sequence[Violation]) -> Broken:
    cases = sorted(
        found, key=lambda one: (one.line or 0, one.focus, one.constraint, one.value or "")
    )
    return Broken(
        shape=shape.rsplit("#", 1)[-1] or "—",
        told=Words(zh=found[0].message_zh, en=found[0].message_en),
        cases=tuple(
            Case(
                focus=one.focus,
                name=one.name,
                line=one.line,
                value=one.value,
                fault=_fault(one),
            )
            for one in cases
        ),
    )


def _fault(violation: Violation) -> Words:
    zh, en = _FAULTS.get(
        violation.constraint,
        (f"不符合 {violation.constraint}", f"{violation.constraint} does not hold"),
    )
    value = "" if violation.value is None else f"“{_short(violation.value)}”"
    path = compact(violation.path) if violation.path else "—"
    return Words(zh=zh.format(path=path, value=value), en=en.format(path=path, value=value))


def _short(text: str) -> str:
    line = " ".join(compact(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _unknown(elsewhere: Iterable[Elsewhere]) -> tuple[Unknown, ...]:
    things: dict[str, dict[str, int]] = {}
    for one in elsewhere:
        kinds = " | ".join(compact(kind) for kind in one.expected)
        counted = things.setdefault(kinds, Counter())
        counted[one.value] += one.references
    return tuple(
        Unknown(
            classes=kinds,
            things=len(counted),
            references=sum(counted.values()),
            example=min(counted),
        )
        for kinds, counted in sorted(things.items())
    )
