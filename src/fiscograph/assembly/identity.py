"""Who disclosed what for which year: read from the filing itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fiscograph.assembly.regions import region_of
from fiscograph.budget import FilingId, FilingKind, Region, name_key
from fiscograph.forms.layout import Layout
from fiscograph.tables import squeeze

_YEAR = re.compile(r"(20\d\d)年")
_KIND = re.compile(r"(?P<who>部门|单位).{0,6}?(?P<what>预算|决算)")
_FORM_WORDS = re.compile(
    r"(20\d\d年)?(年初)?(部门|单位)?(财政拨款|一般公共预算|政府性基金|国有资本|收支|收入|支出|三公|"
    r"政府采购|采购|项目支出|预算整体|整体|基本支出).*\Z"
)
_CODED = re.compile(r"(?:\d{3}-[^\d-]{2,8})?(?P<code>\d{3,9})-(?P<name>\D.*)\Z")
# What tables print of whom they are: [205036]某校, 205036-某校, 205036某校.
_BODY_CODED = re.compile(r"[\[(]?(?P<code>\d{3,9})[\])]?[-－—]?(?P<name>[\u3400-\u9fff].*)\Z")
_BODY_END = re.compile(
    r"(局|中心|院|队|所|站|馆|学校|大学|中学|小学|学院|党校|园|场|台|库|办公室|办|处|委员会|委|会|厅|政府"
    r"|镇|乡|街道|社|团|部门|部|公司|联合会|工会|总队|管委会)"
    r"(\((本级|机关|本部)\)|本级|机关)?\Z"
)
# The first line of a filing may begin with its year, and its own heading mark.
_LEADING = re.compile(r"\A(?:#+|附件\d*[:.]?)?(?:20\d\d年?度?)?")
_HEAD_LINES = 6
# Lines of a table of contents before the title tell nothing of the filing.
_CONTENTS = re.compile(r"目录|第[一二三四五六七八九十]+(?:部分|章)(?!.*20\d\d年).*")
_CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TITLE_LIMIT = 80
# What follows the name of the discloser in the title of its filing.
_OWN_END = re.compile(
    r"(?:20\d\d年?度?(?:部门|单位)?(?:预算|决算)?|(?:部门|单位)(?:预算|决算)).*\Z"
)
_OWN_TITLE = re.compile(r"20\d\d年?(度)?[^,。;:表]{0,40}?(部门|单位)?(预算|决算)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedName:
    """A body printed with its budget code, such as ``426001-人社局（本级）``."""

    code: str
    name: str
    field: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIdentity:
    """What a filing says of itself; anything that it does not say is None."""

    title: str
    department: str | None
    region: str | None
    code: str | None
    year: int | None
    kind: FilingKind | None
    coded: tuple[CodedName, ...]

    def derived_id(self) -> FilingId | None:
        """The id that the filing gives itself, or None where a part of it is not said."""
        body = self.code or (name_key(self.department) if self.department else None)
        if not (self.region and body and self.year and self.kind):
            return None
        return FilingId(region=self.region, body=body, year=self.year, kind=self.kind.value)


def coded_name(text: str, field: str, line: int) -> CodedName | None:
    """Read ``212006-重庆市…``; a division's own number before it is left out."""
    match = _CODED.match(squeeze(text))
    if match is None:
        return None
    return CodedName(code=match["code"], name=match["name"], field=field, line=line)


def read_identity(
    lines: Sequence[str], layout: Layout, regions: Mapping[str, Region]
) -> ReadIdentity:
    """Read a filing's title, discloser, region, code, year and kind."""
    printed = [squeeze(line) for line in lines if line.strip()][:_HEAD_LINES]
    printed = [line for line in printed if not _CONTENTS.fullmatch(line)] or printed
    head = [_with_digits(line) for line in printed]
    coded = _coded_names(layout)
    names = _without_province(
        _names(head, layout), [_without_code(body) for body in layout.bodies], regions
    )
    department = names[0] if names else next((c.name for c in coded if c.field == "body"), None)
    code = _own_code(department, coded)
    title = _title(head, department)
    return ReadIdentity(
        title=_as_printed(title, head, printed).lstrip("#"),
        department=department,
        region=region_of([*(names[:3]), *(c.name for c in coded)], regions),
        code=code,
        year=_year(title, layout),
        kind=_kind(head, code, layout),
        coded=tuple(coded),
    )


def _with_digits(text: str) -> str:
    """The text with years in Chinese digits as others print them; as long as before.

    >>> _with_digits("某局二〇二三年部门预算")
    '某局2023年部门预算'
    """
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)


def _as_printed(title: str, head: Sequence[str], printed: Sequence[str]) -> str:
    """The printed form of a title that was read from the head of a filing."""
    at = "".join(head).find(title)
    return title if at < 0 else "".join(printed)[at : at + len(title)]


def _coded_names(layout: Layout) -> list[CodedName]:
    found = []
    for sheet in layout.sheets:
        for field in sheet.fields:
            if field.key in {"body", "unit", "department"} and field.cells:
                text = "".join(cell.text for cell in field.cells)
                read = coded_name(text, field.key, field.cells[0].span.line)
                if read is not None:
                    found.append(read)
    found.extend(
        CodedName(code=match["code"], name=match["name"], field="body", line=1)
        for body in layout.bodies
        if (match := _BODY_CODED.match(body)) is not None
    )
    found.extend(
        CodedName(code=row.body, name=squeeze(row.label), field="row", line=row.line)
        for grid in layout.grids
        for row in grid.rows
        if row.body and row.label and row.code is None and row.key is None
    )
    return found


def _without_code(body: str) -> str:
    match = _BODY_CODED.match(body)
    return match["name"] if match is not None else body


def _names(head: Sequence[str], layout: Layout) -> list[str]:
    """Printed names of the discloser, the most frequent first."""
    counts: Counter[str] = Counter()
    for title, _ in layout.titles:
        body = _FORM_WORDS.sub("", squeeze(title))
        if len(body) >= 4 and _BODY_END.search(body):
            counts[body] += 1
    for printed in layout.bodies:
        body = _without_code(printed)
        if _BODY_END.search(body):
            counts[body] += 1
    titles = [line for line in head[2:] if _OWN_END.search(line) and _OWN_TITLE.search(line)]
    for line in (*head[:2], "".join(head[:2]), "".join(head[:3]), *titles):
        body = _LEADING.sub("", line, count=1)
        body = _OWN_END.sub("", body).rpartition(":")[2]
        if (
            4 <= len(body) <= 40
            and _BODY_END.search(body)
            and not re.match(r"-|[一二三四五六七八九十]+、", body)
        ):
            counts[body] += 2
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], -len(item[0])))]


def _without_province(
    names: Sequence[str], bodies: Sequence[str], regions: Mapping[str, Region]
) -> list[str]:
    """The names, first what the tables call the discloser, where the most frequent name puts only
    the name of the province before it.
    """
    for body in bodies if names else ():
        province = names[0].removesuffix(body)
        told = any(
            region.name == province for code, region in regions.items() if code.endswith("0000")
        )
        rest = tuple(region.name for code, region in regions.items() if not code.endswith("0000"))
        if told and body.startswith(rest):
            return [body, *(name for name in names if name != body)]
    return list(names)


def _alike(name: str, department: str | None) -> bool:
    """Whether a competent department may be the discloser: its name is the other's beginning or end."""
    one, other = squeeze(name), squeeze(department or "")
    return not other or one.endswith(other) or other.endswith(one) or other.startswith(one)


def _own_code(department: str | None, coded: Sequence[CodedName]) -> str | None:
    """The discloser's own budget code: of the whole-department sheet, of its full name, of the
    competent department, of the one body that a table names.
    """
    for wanted in ("body", "row", "unit"):
        same = [
            c.code
            for c in coded
            if c.field == wanted and department and squeeze(c.name) == squeeze(department)
        ]
        if same:
            return same[0]
    for wanted in ("body", "department"):
        codes = Counter(
            c.code
            for c in coded
            if c.field == wanted and (wanted == "body" or _alike(c.name, department))
        )
        if codes:
            return codes.most_common(1)[0][0]
    return next((c.code for c in coded if c.field == "row"), None)


def _title(head: Sequence[str], department: str | None) -> str:
    for index, line in enumerate(head):
        if _OWN_TITLE.search(line) and len(line) < 60:
            before = head[index - 1] if index and len(head[index - 1]) < 40 else ""
            return line if department and department in line else before + line
    whole = "".join(head)
    match = _OWN_TITLE.search(whole[:_TITLE_LIMIT])
    if match is not None:
        return whole[: match.end()]
    return department or (head[0] if head else "")


def _year(title: str, layout: Layout) -> int | None:
    match = _YEAR.search(title)
    if match:
        return int(match[1])
    counts: Counter[int] = Counter()
    for text, _ in layout.titles:
        counts.update(int(year) for year in _YEAR.findall(squeeze(text)))
    for grid in layout.grids:
        counts.update({column.year for column in grid.columns if column.year})
    if not counts:
        return None
    return max(counts, key=lambda year: (counts[year], year))


def _kind(head: Sequence[str], code: str | None, layout: Layout) -> FilingKind | None:
    """The kind as the filing calls itself in its first lines, else by its code and its titles."""
    for line in (*head, "".join(head)[:_TITLE_LIMIT]):
        match = _KIND.search(line)
        if match is not None and _YEAR.search(line):
            return _kind_of(match["who"] == "单位", match["what"] == "决算")
    titles = "".join(title for title, _ in layout.titles)
    if "预算" not in titles and "决算" not in titles:
        return None
    final = titles.count("决算") > titles.count("预算")
    unit = code is not None and len(code) > 3
    return _kind_of(unit, final)


def _kind_of(unit: bool, final: bool) -> FilingKind:
    if unit:
        return FilingKind.UNIT_FINAL if final else FilingKind.UNIT_BUDGET
    return FilingKind.DEPARTMENT_FINAL if final else FilingKind.DEPARTMENT_BUDGET
