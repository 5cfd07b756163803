"""The same project in lists and on sheets becomes one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fiscograph.assembly.identity import coded_name
from fiscograph.assembly.organizations import OrganizationBook
from fiscograph.assembly.texts import text_field
from fiscograph.budget import (
    Amount,
    FundingPart,
    OrganizationKey,
    ProjectBudget,
    TextField,
    Unit,
    label_key,
)
from fiscograph.forms.sheets.indicators import IndicatorRow
from fiscograph.forms.sheets.sheet import EVALUATION, Sheet, SheetField
from fiscograph.placement import PlacedGrid, PlacedRow
from fiscograph.provenance import Place
from fiscograph.tables import Cell, squeeze

_CODE = re.compile(r"(?P<code>\d{8}[A-Z]\d{6,15})\s*[-－—]?\s*(?P<name>.*)\Z", re.DOTALL)
# 2023年初专项- and 2023年安排- say when money was set aside, not what for.
_OCCASION = re.compile(r"\A20\d\d年?\S{1,4}?[-－—]")
_DURATION = re.compile(
    r"(?P<starts>\d{4}[^\-－—–~～至]*)(?:[\-－—–~～]+|至)(?P<ends>\d[^\-－—–~～至]*|长期)"
)
_BRACKETED = re.compile(r"[\[［【(（](?P<code>\d{3,9})[\]］】)）]\s*(?=\D)")
_TEXTS = (
    *("overview", "basis", "schedule", "goals", "medium_goals", "remarks"),
    *("executor", "appropriation"),
)
_TARGETS, _ACCOUNT = "project-targets", "project-account"
_FUNDING = ("total", "upper", "own", "other")
_SURE, _LIKELY = 0.6, 0.3


@dataclass(slots=True, kw_only=True)
class Draft:
    """A project budget while its printings are put together."""

    source: str
    code: str | None = None
    number: str | None = None
    names: list[str]
    unit: OrganizationKey | None = None
    department: OrganizationKey | None = None
    category: str | None = None
    funding: list[FundingPart]
    listed: FundingPart | None = None
    texts: list[TextField]
    name_texts: list[TextField]
    repeats: list[TextField]
    spending: str | None = None
    starts: str | None = None
    ends: str | None = None
    lines: set[int]
    indicators: list[IndicatorRow]

    @property
    def total(self) -> Amount | None:
        part = self.listed or next((p for p in self.funding if p.part == "total"), None)
        return part.amount if part is not None else None


def drafts_of(
    grids: Sequence[PlacedGrid],
    sheets: Sequence[Sheet],
    units: Unit,
    source: str,
    book: OrganizationBook,
) -> list[Draft]:
    """All projects of a source: the rows of lists, joined with their sheets."""
    on_sheets = _from_sheets(sheets, units, source, book)
    listed = [row for grid in grids for row in _from_list(grid, units, source)]
    pairs = _pairs([draft for draft, _ in listed], on_sheets)
    for (_, unit), at in zip(listed, pairs, strict=True):
        if at is not None and unit is not None:
            coded = on_sheets[at].unit
            if coded is not None and not book.is_known(unit):
                book.learn(unit, coded)
    drafts: list[Draft] = []
    for (draft, unit), at in zip(listed, pairs, strict=True):
        key = book.uncoded_key(unit) if unit is not None else None
        if at is None:
            draft.unit = key or draft.unit
            drafts.append(draft)
        else:
            drafts.append(_joined(draft, on_sheets[at], key))
    drafts.extend(d for at, d in enumerate(on_sheets) if at not in pairs)
    return drafts


def _from_list(placed: PlacedGrid, units: Unit, source: str) -> list[tuple[Draft, str | None]]:
    form = placed.grid.form
    lists_all = form.grammar.value == "project-list"
    found = []
    for index, row in enumerate(placed.rows):
        is_leaf = not any(other.parent == index for other in placed.rows)
        named = row.row.role == "item" and row.row.label and is_leaf
        if not named or not (lists_all or (form.lists_projects and row.row.key is None)):
            continue
        column = placed.column_index("total")
        cell = row.cell(column) if column is not None else None
        if cell is None:
            continue
        part = FundingPart(
            part="total",
            amount=Amount(value=cell.number.value, unit=placed.grid.unit or units),
            place=Place(source=source, span=cell.number.span),
        )
        label = row.row.label_cells or [
            Cell(text=row.row.label, span=span) for span in row.row.spans[-1:]
        ]
        lines = {span.line for span in row.row.spans} | {
            other.number.span.line for other in row.cells
        }
        found.append(
            (
                Draft(
                    source=source,
                    number=row.row.number,
                    names=[row.row.label],
                    funding=[part, *_list_parts(placed, row, units, source)],
                    listed=part,
                    texts=[
                        text_field(note.header, [note.cell], source, note.key)
                        for note in row.row.notes
                    ],
                    repeats=[],
                    spending=_spending(placed.grid.title),
                    name_texts=[text_field("项目名称", label, source)],
                    lines=lines,
                    indicators=[],
                ),
                row.row.unit,
            )
        )
    return found


def _spending(title: str) -> str | None:
    """The spending type that a title names."""
    return "project" if "项目支出" in squeeze(title) else None


def _list_parts(placed: PlacedGrid, row: PlacedRow, units: Unit, source: str) -> list[FundingPart]:
    """What a list prints of a project's own and upper funds, by the columns that stand for them."""
    parts = []
    for cell in row.cells:
        key = placed.grid.columns[cell.column].key if cell.column is not None else ""
        spec = next((spec for spec in placed.grid.form.columns if spec.key == key), None)
        if spec is not None and spec.part is not None:
            parts.append(
                FundingPart(
                    part=spec.part,
                    amount=Amount(value=cell.number.value, unit=placed.grid.unit or units),
                    place=Place(source=source, span=cell.number.span),
                )
            )
    return parts


def _from_sheets(
    sheets: Sequence[Sheet], units: Unit, source: str, book: OrganizationBook
) -> list[Draft]:
    drafts: list[Draft] = []
    by_code: dict[str, Draft] = {}
    told = [
        _from_sheet(one, units, source, book)
        for one in sheets
        if one.form.id in {_ACCOUNT, EVALUATION}
    ]
    for sheet in sheets:
        if sheet.form.id != _TARGETS:
            continue
        draft = _from_sheet(sheet, units, source, book)
        known = by_code.get(draft.code or "")
        if known is not None:
            # A sheet printed over two pages repeats its fields and goes on with its indicators.
            known.indicators.extend(draft.indicators)
            known.lines |= draft.lines
            known.funding.extend(p for p in draft.funding if p not in known.funding)
            known.repeats.extend((*draft.name_texts, *draft.texts))
            continue
        if draft.code:
            by_code[draft.code] = draft
        if draft.code or draft.names:
            drafts.append(draft)
    told = [draft for draft in told if draft.code or draft.names]
    for draft, at in zip(told, _pairs(told, drafts), strict=True):
        if at is None:
            drafts.append(draft)
        else:
            drafts[at] = _accounted(drafts[at], draft)
    return drafts


def _accounted(sheet: Draft, told: Draft) -> Draft:
    """A project of a sheet with what a section of the running text, or an evaluation, says of it."""
    known = {text.kind for text in sheet.texts}
    return replace(
        sheet,
        names=list(dict.fromkeys((*sheet.names, *told.names))),
        unit=sheet.unit or told.unit,
        funding=[*sheet.funding, *told.funding],
        texts=[*sheet.texts, *(text for text in told.texts if text.kind not in known)],
        repeats=[*sheet.repeats, *(text for text in told.texts if text.kind in known)],
        name_texts=[*sheet.name_texts, *told.name_texts],
        starts=sheet.starts or told.starts,
        ends=sheet.ends or told.ends,
        lines=sheet.lines | told.lines,
        indicators=sheet.indicators or told.indicators,
    )


def _from_sheet(sheet: Sheet, units: Unit, source: str, book: OrganizationBook) -> Draft:
    code, name = _code_and_name(sheet)
    name_field = sheet.field("project_name")
    divided = any(
        cell.number is not None
        for item in sheet.fields
        if item.key in {"upper", "own"}
        for cell in item.cells
    )
    kinds = _FUNDING if divided else (*_FUNDING, "fiscal")
    funding = [
        FundingPart(
            part=item.key,
            amount=Amount(value=cell.number, unit=item.unit or sheet.unit or units),
            place=Place(source=source, span=cell.span),
        )
        for item in sheet.fields
        if item.key in kinds and item.term is None
        for cell in item.cells
        if cell.number is not None
    ]
    category = sheet.field("project_type") or sheet.field("property")
    starts, ends = _duration(_text(sheet.field("duration")))
    told = sheet.form.id == _ACCOUNT and starts is None
    return Draft(
        source=source,
        code=code,
        names=[name] if name else [],
        unit=_body(sheet.field("unit"), book),
        department=_body(sheet.field("department"), book),
        category=_text(category),
        funding=funding,
        texts=[
            text_field(item.label.rstrip(":： "), item.cells, source, item.key)
            for item in sheet.fields
            if item.cells and (item.key in _TEXTS or (told and item.key == "duration"))
        ],
        name_texts=[text_field("项目名称", name_field.cells, source)]
        if name_field is not None and name_field.cells
        else [],
        repeats=[],
        spending=_spending(sheet.title),
        starts=_text(sheet.field("starts")) or starts,
        ends=_text(sheet.field("ends")) or ends,
        lines=set(sheet.lines),
        indicators=list(sheet.indicators),
    )


def _duration(text: str | None) -> tuple[str | None, str | None]:
    """The two ends of 2023年1月—2023年12月; a term without two ends gives none."""
    match = _DURATION.fullmatch(text or "")
    return (match["starts"], match["ends"]) if match is not None else (None, None)


def _code_and_name(sheet: Sheet) -> tuple[str | None, str]:
    name = _text(sheet.field("project_name")) or ""
    own = _text(sheet.field("project_code"))
    match = _CODE.match(name)
    if match is not None and own is None:
        return match["code"], match["name"]
    return own, name


def _text(item: SheetField | None) -> str | None:
    if item is None or not item.cells:
        return None
    return "".join(cell.text for cell in item.cells)


def _body(item: SheetField | None, book: OrganizationBook) -> OrganizationKey | None:
    text = _text(item)
    if item is None or not text:
        return None
    # [426]某局 and 426-某局 are the same.
    text = _BRACKETED.sub(r"\g<code>-", text, count=1) if _BRACKETED.match(text) else text
    read = coded_name(text, item.key, item.cells[0].span.line)
    return book.coded(read) if read is not None else book.uncoded_key(text)


def _pairs(listed: Sequence[Draft], sheets: Sequence[Draft]) -> list[int | None]:
    """For each listed row the sheet of the same project, each sheet at most once: best first."""
    scored = sorted(
        (
            (-_likeness(row, sheet), i, j)
            for i, row in enumerate(listed)
            for j, sheet in enumerate(sheets)
            if _likeness(row, sheet) > 0
        ),
    )
    pairs: list[int | None] = [None] * len(listed)
    taken: set[int] = set()
    for _, i, j in scored:
        if pairs[i] is None and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _likeness(row: Draft, sheet: Draft) -> float:
    """How surely two printings mean one project; 0 where they do not."""
    if not sheet.names or not row.names:
        return 0.0
    same = _similarity(row.names[0], sheet.names[0])
    left, right = row.total, sheet.total
    equal = left is not None and right is not None and _equal(left, right)
    if equal and same >= _LIKELY:
        return same + 1
    return same if same >= _SURE else 0.0


def _equal(left: Amount, right: Amount) -> bool:
    coarse = max(left.unit.value.scaleb(-left.decimals), right.unit.value.scaleb(-right.decimals))
    return abs(left.yuan - right.yuan) < coarse / 2 or left.yuan == right.yuan


def _similarity(left: str, right: str) -> float:
    one, other = _bigrams(left), _bigrams(right)
    if not one or not other:
        return 1.0 if label_key(left) == label_key(right) else 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _bigrams(name: str) -> set[str]:
    bare = label_key(_OCCASION.sub("", name))
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def _joined(listed: Draft, sheet: Draft, unit: OrganizationKey | None) -> Draft:
    # A sheet that prints no code is no better known than the list, whose cells are its own.
    names = (*sheet.names, *listed.names) if sheet.code else (*listed.names, *sheet.names)
    known = {text.kind for text in sheet.texts}
    return replace(
        sheet,
        number=listed.number,
        names=list(dict.fromkeys(names)),
        spending=listed.spending or sheet.spending,
        unit=sheet.unit or unit,
        funding=[*listed.funding, *sheet.funding],
        listed=listed.listed,
        texts=[*sheet.texts, *(text for text in listed.texts if text.kind not in known)],
        repeats=[*sheet.repeats, *(text for text in listed.texts if text.kind in known)],
        name_texts=[*listed.name_texts, *sheet.name_texts],
        lines=listed.lines | sheet.lines,
    )


def project_budgets(
    drafts: Sequence[Draft], own: OrganizationKey, department: OrganizationKey | None
) -> tuple[tuple[ProjectBudget, Draft], ...]:
    """Drafts as project budgets, each with its draft, in order of their first line.

    Args:
        drafts: the projects of a filing.
        own: the discloser, which runs a project that names no unit.
        department: the competent department of a project that names none, if it is known.
    """
    budgets = []
    for draft in sorted(drafts, key=lambda d: (min(d.lines), d.code or "")):
        winner = draft.listed or next((p for p in draft.funding if p.part == "total"), None)
        key = draft.code or draft.number or (winner.place.locator if winner else "")
        ordered = sorted(draft.funding, key=lambda p: (p is not winner, p.part, p.place))
        names = list(dict.fromkeys(name.strip() for name in draft.names if name.strip()))
        budget = ProjectBudget(
            key=key or f"L{min(draft.lines)}C1",
            code=draft.code,
            name=names[0] if names else key,
            other_names=tuple(names[1:]),
            unit=draft.unit or own,
            department=draft.department or department,
            category=draft.category,
            amount=winner.amount if winner else None,
            amount_place=winner.place if winner else None,
            funding=tuple(ordered),
            texts=tuple(draft.texts),
            spending=draft.spending,
            starts=draft.starts,
            ends=draft.ends,
            lines=tuple(sorted(draft.lines)),
            source=draft.source,
        )
        budgets.append((budget, draft))
    return tuple(budgets)
