"""What a comparison of two releases says, in words and in the order in which it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fiscograph.budget import FilingKind, Outcome, Placement, Severity
from fiscograph.release import Comparison
from fiscograph.release.comparison import SUBJECTS, Change, Difference, Kind, Side
from fiscograph.release.tables.columns import schemas
from fiscograph.reports import Words, concept, words, yuan

_RULED = ("findings", "checks")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
# What a column's description says after these is for those who read the tables.
_AFTER = re.compile("[；：，]")
_OWN: Mapping[str, Words] = {
    "count": Words(zh="项数", en="number"),
    "expected": Words(zh="应为", en="expected"),
    "issuer": Words(zh="发文机关", en="issuer"),
    "sha256": Words(zh="文件内容（SHA-256）", en="content of the file"),
}
# Both are long numbers of which a reader compares the beginning.
_HASHES, _SHORT = ("sha256",), 12
_CODED: Mapping[str, type[Enum]] = {
    "severity": Severity,
    "placement": Placement,
    "outcome": Outcome,
    "kind": FilingKind,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much of a table appeared, vanished and changed."""

    words: Words
    numbers: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a thing in both releases; one is empty where the thing is only in the other."""

    words: Words
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change; ``where`` says in which lines it is printed."""

    words: Words
    kind: Kind
    name: str
    where: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes of one filing, or of what filings share."""

    title: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """``remarks`` are what is to be known of the releases as a whole."""

    old: str
    new: str
    remarks: tuple[str, ...]
    counts: tuple[Counted, ...]
    groups: tuple[Group, ...]


def view_of(found: Comparison) -> View:
    """Put the changes of each filing together, those of what filings share first."""
    groups: dict[str, list[Change]] = {}
    for one in found.changes:
        groups.setdefault(one.filing, []).append(one)
    return View(
        old=_side(found.old),
        new=_side(found.new),
        remarks=_remarks(found),
        counts=tuple(
            Counted(words=_table(table), numbers=_numbers(numbers))
            for table, numbers in found.counts.items()
        ),
        groups=tuple(
            Group(
                title=filing or "各文件共有 / shared by filings",
                changes=tuple(_changed(one) for one in groups[filing]),
            )
            for filing in sorted(groups)
        ),
    )


def _numbers(of: Mapping[Kind, int]) -> tuple[int, int, int]:
    return of[Kind.APPEARED], of[Kind.VANISHED], of[Kind.CHANGED]


def _side(side: Side) -> str:
    return f"{side.folder}（fiscograph {side.version}，{len(side.graphs)} 份文件 / filings）"


def _remarks(found: Comparison) -> tuple[str, ...]:
    if found.old.version != found.new.version:
        told = (
            f"由不同版本的程序生成：{found.old.version} → {found.new.version}，"
            "改变可能出自程序而非文件。 / Made by different versions of the program: a change may "
            "be the program's and not the filing's."
        )
        return (told,)
    if found.same and found.old.identity != found.new.identity:
        return ("写法不同，内容相同。 / The files are written differently and say the same.",)
    return ()


def _changed(one: Change) -> Changed:
    named = set(one.name.split(" · "))
    # Of what appeared or vanished the name says most; of what changed every value counts.
    values = [
        value
        for value in one.differences
        if one.kind is Kind.CHANGED or not named & {value.old, value.new}
    ]
    return Changed(
        words=_table(one.table),
        kind=one.kind,
        name=_name(one),
        where=_where(one),
        values=tuple(_value(one.table, value) for value in values),
    )


def _value(table: str, value: Difference) -> Value:
    old, new = (_said(value.column, text) for text in (value.old, value.new))
    return Value(words=_column(table, value.column), old=old, new=new)


def _said(column: str, text: str) -> str:
    """A value as people write it: a code by its name, yuan with their thousands set apart."""
    if not text:
        return text
    if column in _HASHES:
        return text[:_SHORT]
    if column.endswith("_cny") and _NUMBER.fullmatch(text):
        return yuan(Decimal(text))
    if column in _CODED:
        return _coded(_CODED[column], text)
    return text


def _coded(kind: type[Enum], text: str) -> str:
    known = {str(one.value): one for one in kind}
    return words(known[text]).zh if text in known else text


def _name(one: Change) -> str:
    first, dot, rest = one.name.partition(" · ")
    if one.table not in _RULED:
        return one.name
    rule = concept("rule", first)
    # What the code lists do not name is an equality between two tables.
    named = rule.zh if rule.en else f"表间相等（{first}）"
    return f"{named}{dot}{_coded(Outcome, rest)}"


def _where(one: Change) -> str:
    lines = [line for line in (one.old_line, one.new_line) if line]
    if not lines:
        return ""
    if len(lines) == 2 and lines[0] != lines[1]:
        return f"第 {lines[0]} 行 → 第 {lines[1]} 行 / line {lines[0]} → {lines[1]}"
    return f"第 {lines[0]} 行 / line {lines[0]}"


def _table(name: str) -> Words:
    schema = schemas()[name]
    return Words(zh=schema.zh, en=schema.en)


def _column(table: str, name: str) -> Words:
    if name in _OWN:
        return _OWN[name]
    if any(name == subject.table for subject in SUBJECTS):
        return _table(name)
    described = next((one for one in schemas()[table].columns if one.name == name), None)
    return Words(zh=_AFTER.split(described.zh)[0] if described else name, en=name)
