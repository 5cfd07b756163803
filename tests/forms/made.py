"""Invented filings: one truth, drawn from a seed, printed in several layouts.

Every number that is printed knows the table, row, column and unit that it belongs to, so that what
is read can be compared with it number by number.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

NAMES = {
    "204": "公共安全支出",
    "20402": "公安",
    "2040201": "行政运行",
    "2040202": "一般行政管理事务",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30202": "印刷费",
    "30211": "差旅费",
}
GOVERNMENT = {"301": ("50101", "工资奖金津补贴"), "302": ("50201", "办公经费")}
LEAVES = ("2040201", "2040202", "2080505", "2210201")
BODY = ("109001", "某市公安局某分局")
TOTAL, WHOLE = "合计", "total"


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a number belongs: form, row (a code, a label or ``合计``), key of the column."""

    form: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell: its text, and what it stands for if it is a number."""

    text: str = ""
    truth: Truth | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A table: lines above it, header paths column by column, rows."""

    title: str
    head: Sequence[tuple[str, ...]]
    rows: Sequence[Sequence[Printed]]


@dataclass(slots=True)
class Page:
    """Lines that grow, with the place of each number: line and character, from 1."""

    lines: list[str] = field(default_factory=list)
    places: dict[tuple[int, int], Truth] = field(default_factory=dict)

    def line(self, cells: Sequence[tuple[int | None, Printed]]) -> None:
        text = ""
        for start, cell in cells:
            text = text.ljust(start or 0)
            if cell.truth is not None:
                self.places[len(self.lines) + 1, len(text) + 1] = cell.truth
            text += cell.text
        self.lines.append(text)


class Filing:
    """The tables of one invented department, by a seed; empty cells print ``blank``."""

    def __init__(self, seed: int, blank: str) -> None:
        chance = random.Random(seed)  # noqa: S311 - chosen to be repeatable, not to be secret
        self.blank = blank
        self.separated = chance.random() < 0.5
        self.first = chance.random() < 0.5
        self.leaf = {
            code: {
                "personnel": self._amount(chance, 0 if code == "2040202" else 900),
                "public": self._amount(chance, 300 if code == "2040201" else 0),
                "project": self._amount(chance, 400 if code.startswith("204") else 0),
            }
            for code in LEAVES
        }
        self.leaf["2040202"]["project"] = Decimal("120.50")
        self.other = Decimal(chance.randint(1, 90_00)) / 100
        wages, goods = self.sum("", "personnel"), self.sum("", "public")
        self.economic = {
            **dict(_shared(chance, wages, ("30101", "30102", "30103"))),
            **dict(_shared(chance, goods, ("30201", "30202", "30211"))),
        }
        spent = {
            "abroad": self._amount(chance, chance.choice((0, 9))),
            "vehicles_purchase": self._amount(chance, chance.choice((0, 20))),
            "vehicles_running": self._amount(chance, 30),
            "reception": self._amount(chance, 8),
        }
        cars = spent["vehicles_purchase"] + spent["vehicles_running"]
        whole = cars + spent["abroad"] + spent["reception"]
        self.spent = {**spent, "vehicles_total": cars, WHOLE: whole}

    @staticmethod
    def _amount(chance: random.Random, most: int) -> Decimal:
        return Decimal(chance.randint(1, most * 100)) / 100 if most else Decimal(0)

    def sum(self, code: str, *parts: str) -> Decimal:
        return sum(
            (v[p] for c, v in self.leaf.items() if c.startswith(code) for p in parts), Decimal(0)
        )

    def cell(self, value: Decimal, form: str, row: str, column: str) -> Printed:
        if not value:
            return Printed(self.blank)
        return Printed(
            f"{value:,.2f}" if self.separated else f"{value:.2f}", Truth(form, row, column)
        )

    def spending(self, code: str, column: str) -> Decimal:
        parts = {
            WHOLE: ("personnel", "public", "project"),
            "basic": ("personnel", "public"),
            "current_income": ("personnel", "public", "project"),
        }
        own = self.other if "2040202".startswith(code) else Decimal(0)
        if column == "UNIT_OTH":
            return own
        if column == "GPB":
            return self.spending(code, WHOLE) - own
        if column in {"GFB", "CARRY"}:
            return Decimal(0)
        return self.sum(code, *parts.get(column, (column,)))

    def tables(self) -> Iterator[Made]:
        yield self.balance()
        yield self.classes(
            "department-revenue",
            "部门收入总表",
            {
                (TOTAL,): WHOLE,
                ("本年收入", "小计"): "current_income",
                ("本年收入", "一般公共预算"): "GPB",
                ("本年收入", "政府性基金预算"): "GFB",
                ("本年收入", "其他收入"): "UNIT_OTH",
                ("上年结转结余",): "CARRY",
            },
        )
        yield self.classes(
            "department-expenditure",
            "部门支出总表",
            {
                (TOTAL,): WHOLE,
                ("基本支出", "小计"): "basic",
                ("基本支出", "人员经费"): "personnel",
                ("基本支出", "公用经费"): "public",
                ("项目支出",): "project",
            },
            body=True,
        )
        yield self.basic()
        yield self.across() if self.first else self.downwards()

    def balance(self) -> Made:
        form = "department-balance"
        classes = [code for code in NAMES if len(code) == 3 and code < "3"]
        whole = self.spending("", WHOLE)
        left = [
            ("一、一般公共预算拨款收入", whole - self.other),
            ("二、政府性基金预算拨款收入", Decimal(0)),
            ("三、其他收入", self.other),
            ("收入总计", whole),
        ]
        right = [
            *(
                (f"{n}、{NAMES[c]}", self.spending(c, WHOLE))
                for n, c in zip("一二三", classes, strict=True)
            ),
            ("支出总计", whole),
        ]
        rows = [
            [
                Printed(a),
                self.cell(x, form, a, "income"),
                Printed(b),
                self.cell(y, form, b, "expenditure"),
            ]
            for (a, x), (b, y) in zip(left, right, strict=True)
        ]
        heads = [("收入", "项目"), ("收入", "预算数"), ("支出", "项目"), ("支出", "预算数")]
        return Made("部门收支总表", heads, rows)

    def classes(
        self, form: str, title: str, columns: Mapping[tuple[str, ...], str], *, body: bool = False
    ) -> Made:
        codes = [code for code in NAMES if code < "3" and (not body or len(code) == 7)]
        rows = []
        for code in (TOTAL, *codes):
            parts = [code[:3], code[3:5], code[5:]] if body else [code]
            if code == TOTAL:
                lead = [Printed() for _ in range(4 if body else 1)]
            else:
                lead = [Printed(text) for text in ([BODY[0]] if body else []) + parts]
            under = "" if code == TOTAL else code
            numbers = [self.cell(self.spending(under, k), form, code, k) for k in columns.values()]
            rows.append([*lead, Printed(NAMES.get(code, TOTAL)), *numbers])
        heads = (
            [("科目编码", "类"), ("科目编码", "款"), ("科目编码", "项")]
            if body
            else [("科目编码",)]
        )
        return Made(
            title, [*([("单位代码",)] if body else []), *heads, ("科目名称",), *columns], rows
        )

    def basic(self) -> Made:
        form = "basic-expenditure"
        rows = []
        for code in (TOTAL, *(code for code in NAMES if code > "3")):
            under = "" if code == TOTAL else code
            both = [
                sum(
                    (v for c, v in self.economic.items() if c.startswith(under) and c[2] == n),
                    Decimal(0),
                )
                for n in "12"
            ]
            second = GOVERNMENT[code[:3]] if len(code) == 5 else ("", "")
            numbers = [sum(both, Decimal(0)), *both]
            rows.append(
                [
                    Printed("" if code == TOTAL else code),
                    Printed(NAMES.get(code, TOTAL)),
                    *(Printed(text) for text in second),
                    *(
                        self.cell(value, form, code, key)
                        for value, key in zip(numbers, (WHOLE, "personnel", "public"), strict=True)
                    ),
                ]
            )
        heads = [
            ("部门经济科目编码",),
            ("部门经济科目名称",),
            ("政府经济科目编码",),
            ("政府经济科目名称",),
            (TOTAL,),
            ("人员经费",),
            ("公用经费",),
        ]
        return Made("一般公共预算基本支出表", heads, rows)

    def across(self) -> Made:
        cover = "公务用车购置及运行费"
        columns: dict[tuple[str, ...], str] = {
            (TOTAL,): WHOLE,
            ("因公出国（境）费",): "abroad",
            ("公务接待费",): "reception",
            (cover, "小计"): "vehicles_total",
            (cover, "公务用车购置费"): "vehicles_purchase",
            (cover, "公务用车运行费"): "vehicles_running",
        }
        form = "three-public-expenses"
        row = [self.cell(self.spent[key], form, "", key) for key in columns.values()]
        return Made("一般公共预算“三公”经费支出表", list(columns), [row])

    def downwards(self) -> Made:
        form = "three-public-expenses"
        items = {
            "“三公”经费合计": WHOLE,
            "一、因公出国（境）费用": "abroad",
            "二、公务接待费": "reception",
            "三、公务用车购置及运行维护费": "vehicles_total",
            "其中：（1）公务用车运行维护费": "vehicles_running",
            "（2）公务用车购置": "vehicles_purchase",
        }
        rows = [
            [Printed(label), self.cell(self.spent[key], form, "", key)]
            for label, key in items.items()
        ]
        return Made("一般公共预算“三公”经费支出表", [("项目",), ("2024年预算数",)], rows)


def _shared(
    chance: random.Random, whole: Decimal, codes: Sequence[str]
) -> Iterator[tuple[str, Decimal]]:
    left = whole
    for code in codes[:-1]:
        part = (left * chance.randint(10, 60) / 100).quantize(Decimal("0.01"))
        left -= part
        yield code, part
    yield codes[-1], left


def header_rows(table: Made) -> list[list[Printed]]:
    """The header's lines; a header over several columns stands over the first of them."""
    rows = []
    for depth in range(max(len(path) for path in table.head)):
        row: list[Printed] = []
        for at, path in enumerate(table.head):
            covered = (
                at > 0
                and depth < len(path) - 1
                and table.head[at - 1][: depth + 1] == path[: depth + 1]
            )
            row.append(Printed("" if covered or depth >= len(path) else path[depth]))
        rows.append(row)
    return rows


def drawn(mark: str) -> Callable[[Page, Made], None]:
    """Cells with a mark between them."""

    def written(page: Page, table: Made) -> None:
        for row in (*header_rows(table), *table.rows):
            cells = [part for cell in row for part in ((None, Printed(mark)), (None, cell))]
            page.line(cells[1:])

    return written


def flat(page: Page, table: Made) -> None:
    """Words with one space between them."""
    for row in (*header_rows(table), *table.rows):
        full = [cell for cell in row if cell.text]
        page.line([p for cell in full for p in ((None, Printed(" ")), (None, cell))][1:])


def one_a_line(page: Page, table: Made) -> None:
    """One cell a line; what is empty is not printed."""
    for row in (*header_rows(table), *table.rows):
        for cell in row:
            if cell.text:
                page.line([(None, cell)])


def aligned(page: Page, table: Made) -> None:
    """Cells below each other, numbers to the right."""
    lines = [*header_rows(table), *table.rows]
    width = [2 * max(len(row[at].text) for row in lines) for at in range(len(table.head))]
    starts = [sum(width[:at]) + 3 * at for at in range(len(width))]
    for row in lines:
        page.line(
            [
                (starts[at] + (width[at] - len(cell.text) if cell.truth else 0), cell)
                for at, cell in enumerate(row)
                if cell.text
            ]
        )


LAYOUTS: Mapping[str, Callable[[Page, Made], None]] = {
    "tabs": drawn("\t"),
    "rules between": drawn(" | "),
    "aligned": aligned,
    "flat": flat,
    "one a line": one_a_line,
}


def printed(seed: int, layout: str, blank: str) -> Page:
    """An invented filing in a layout."""
    page = Page(lines=[f"{BODY[1]}2024年部门预算", "", "第二部分 2024年部门预算表", ""])
    for number, table in enumerate(Filing(seed, blank).tables(), start=1):
        page.lines += [table.title, f"预算{number:02d}表", f"部门：{BODY[1]}  单位：万元"]
        LAYOUTS[layout](page, table)
        page.lines.append("")
    return page
