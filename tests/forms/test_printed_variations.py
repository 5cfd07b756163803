"""One table printed in other ways is read the same: folds, breaks, names of columns, page ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.golden.disclosed import (
    BEIBEI,
    QIJIANG,
    QIJIANG_DATA,
    TONGNAN,
    grids_of,
    reading_of,
    text_of,
    written,
)

from fiscograph.pipeline import Reading, read_source

# Form, columns, rows with code, label, role and the column of each number.
Contents = list[tuple[str, list[str], list[tuple[object, ...]]]]
ROW = re.compile(r"^ *(\d{3}|\d{5}|\d{7}) +([^\d\s]\S{5,})((?: [\d,]+\.\d\d)+) *$", re.MULTILINE)


def contents(reading: Reading) -> Contents:
    return [
        (
            placed.grid.form.id,
            [column.key for column in placed.grid.columns],
            [
                (
                    row.row.code,
                    row.row.label.replace(" ", ""),
                    row.row.role,
                    [(cell.number.text, cell.column, cell.rivals) for cell in row.cells],
                )
                for row in placed.rows
            ],
        )
        for placed in reading.placed
    ]


def read_changed(name: str, text: str, folder: Path) -> Contents:
    assert text != text_of(name)
    return contents(read_source(written(folder, text, name)))


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG_DATA, TONGNAN])
@pytest.mark.parametrize("sixths", [1, 3, 5])
def test_labels_folded_at_any_point_are_mended(name: str, sixths: int, tmp_path: Path) -> None:
    """``2080199 其他人力资源和 / 社会保障管理事务支出 / 654.22``, as the long ones are printed."""

    def folded(match: re.Match[str]) -> str:
        label = match[2]
        cut = max(1, len(label) * sixths // 6)
        return f"{match[1]} {label[:cut]}\n\n{label[cut:]}\n{match[3].strip()}"

    text = ROW.sub(folded, text_of(name))
    assert read_changed(name, text, tmp_path) == contents(reading_of(name))


@pytest.mark.parametrize("name", [QIJIANG_DATA, TONGNAN])
@pytest.mark.parametrize("sixths", [2, 6])
def test_a_code_alone_on_its_line_opens_its_row(name: str, sixths: int, tmp_path: Path) -> None:
    """``2080199 / 其他人力资源和 / 社会保障管理事务支出 / 654.22``, the first row under a header too."""

    def folded(match: re.Match[str]) -> str:
        label = match[2]
        cut = len(label) * sixths // 6
        pieces = [match[1], label[:cut], label[cut:], match[3].strip()]
        return "\n".join(piece for piece in pieces if piece)

    text = ROW.sub(folded, text_of(name))
    assert read_changed(name, text, tmp_path) == contents(reading_of(name))


def test_the_end_of_a_label_after_its_numbers_is_mended(tmp_path: Path) -> None:
    def folded(match: re.Match[str]) -> str:
        return f"{match[1]} {match[2][:-2]}{match[3]}\n{match[2][-2:]}"

    text = ROW.sub(folded, text_of(BEIBEI))
    assert read_changed(BEIBEI, text, tmp_path) == contents(reading_of(BEIBEI))


def test_a_row_folded_over_six_lines_is_one_row() -> None:
    lines = text_of(TONGNAN).split("\n")
    assert [line for line in lines[764:769] if line] == [
        "2080199",
        "其他人力资源和社会保障管理事务支",
        "出",
        "654.22 654.22",
    ]
    (revenue,) = grids_of(TONGNAN, "department-revenue")
    (row,) = [row for row in revenue.rows if row.code == "2080199"]
    assert row.label == "其他人力资源和社会保障管理事务支出"
    assert [(cell.text, cell.span.line) for cell in row.numbers] == [("654.22", 769)] * 2


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG_DATA, TONGNAN])
def test_blank_lines_and_indents_say_nothing(name: str, tmp_path: Path) -> None:
    text = re.sub(r"^ +", "", text_of(name), flags=re.MULTILINE)
    text = ROW.sub(lambda match: f"   {match[0].strip()}   \n", text)
    assert read_changed(name, text, tmp_path) == contents(reading_of(name))


@pytest.mark.parametrize(
    ("printed", "broken"),
    [
        ("科目编码 科目名称 小计 基本支出 项目支出", "科目编码 科目名称 小计 基本支\n出\n项目支出"),
        (
            "科目编码 科目名称 小计 基本支出 项目支出",
            "科目编码 科目名称\n小计\n\n基本支出\n\n项目支\n出",
        ),
        (
            "科目编码 科目名称 合计 人员经费 公用经费",
            "科目编码 科目名称 合计 人员\n经费 公用\n经费",
        ),
    ],
)
def test_headers_broken_at_other_points_are_put_together(
    printed: str, broken: str, tmp_path: Path
) -> None:
    text = text_of(QIJIANG_DATA).replace(printed, broken)
    read = read_changed(QIJIANG_DATA, text, tmp_path)
    assert read == contents(reading_of(QIJIANG_DATA))


@pytest.mark.parametrize(
    ("name", "printed", "alias"),
    [
        (QIJIANG, "\t公用经费", "\t日常公用经费"),
        (QIJIANG, "\t人员经费\t", "\t人员支出\t"),
        (QIJIANG, "\t小计\t基本支出\t项目支出", "\t合计\t基本支出\t项目支出"),
        (QIJIANG, "一般公共预算财政拨款\t政府性基金预算财政拨款", "一般公共预算\t政府性基金"),
        (QIJIANG, "\t对下级单位补助支出", "\t对附属单位补助支出"),
        (QIJIANG_DATA, "人员经费 公用经费", "人员经费 日常公用经费"),
        (
            BEIBEI,
            "科目编码 科目名称 总计 基本支出 项目支出",
            "科目编码 科目名称 合计 基本支出 项目支出",
        ),
        (BEIBEI, "合计 因公出国（境）费 公务接待费", "合计 因公出国（境）费用 公务接待费"),
    ],
)
def test_a_column_by_another_of_its_names_is_the_same_column(
    name: str, printed: str, alias: str, tmp_path: Path
) -> None:
    text = text_of(name).replace(printed, alias)
    assert read_changed(name, text, tmp_path) == contents(reading_of(name))


@pytest.mark.parametrize("after", ["2080705", "2089999"])
def test_a_header_repeated_on_one_more_page_is_the_table_continued(
    after: str, tmp_path: Path
) -> None:
    text = text_of(TONGNAN)
    start = text.index("表二\n", text.index("表二\n") + 1)
    furniture = text[start : text.index("2080704", start)]
    row = re.search(rf"^{after} .*\n", text[start:], re.MULTILINE)
    assert row is not None
    end = start + row.end()
    paged = f"{text[:end]}\n\n\n\n{furniture}{text[end:]}"
    assert read_changed(TONGNAN, paged, tmp_path) == contents(reading_of(TONGNAN))


@pytest.mark.parametrize("row", ["208 社会保障和就业支出 4,132.22", "2080103   机关服务 235.80"])
@pytest.mark.parametrize("pages", [1, 2])
def test_a_header_repeated_above_a_title_that_stands_below_is_the_table_continued(
    row: str, pages: int, tmp_path: Path
) -> None:
    """``表二 / 单位：万元 / 科目编码 …`` in the middle of a table that prints its title last."""
    text = text_of(BEIBEI)
    head = "表二\n\n单位：万元\n\n 科目编码 科目名称 合计 基本支出 项目支出\n"
    assert head in text
    repeated = text
    for page in range(pages):
        cut = repeated.index(row) if page == 0 else repeated.index("210 卫生健康支出 118.62")
        cut = repeated.rindex("\n", 0, cut) + 1
        repeated = f"{repeated[:cut]}\n- {page + 7} -\n\n{head}\n{repeated[cut:]}"
    assert read_changed(BEIBEI, repeated, tmp_path) == contents(reading_of(BEIBEI))


def test_tables_of_one_label_with_other_headers_are_not_one(tmp_path: Path) -> None:
    text = text_of(BEIBEI).replace("\n表三\n", "\n表二\n", 1)
    assert read_changed(BEIBEI, text, tmp_path) == contents(reading_of(BEIBEI))


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG_DATA])
@pytest.mark.parametrize(
    ("printed", "other"),
    [(" ", "\u3000"), (" ", "  "), (r"\n{4,}", "\n\f\n"), (r"\n\n(?!\n)", "\n")],
    ids=["ideographic spaces", "double spaces", "form feeds", "no blank lines"],
)
def test_the_kind_of_space_says_nothing(
    name: str, printed: str, other: str, tmp_path: Path
) -> None:
    text = re.sub(printed, other, text_of(name))
    assert read_changed(name, text, tmp_path) == contents(reading_of(name))


def test_cells_drawn_by_rules_are_cells_drawn_by_tabs(tmp_path: Path) -> None:
    title = "2023年部门（单位）整体支出绩效目标表"
    text = "\n".join(
        "| " + " | ".join(line.split("\t")) + " |" if "\t" in line and title not in line else line
        for line in text_of(QIJIANG).split("\n")
    )
    assert read_changed(QIJIANG, text, tmp_path) == contents(reading_of(QIJIANG))


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG, QIJIANG_DATA])
def test_separators_of_thousands_say_nothing(name: str, tmp_path: Path) -> None:
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text_of(name))
    expected = re.sub(r"(?<=\d),(?=\d{3})", "", repr(contents(reading_of(name))))
    assert repr(read_changed(name, text, tmp_path)) == expected


@pytest.mark.parametrize("name", [QIJIANG, TONGNAN])
def test_width_of_characters_says_nothing(name: str, tmp_path: Path) -> None:
    """Brackets, quotes and digits of rows in full or half width."""
    text = text_of(name).replace("（", "(").replace("）", ")").replace("“", '"').replace("”", '"')
    read = read_changed(name, text, tmp_path)
    expected = re.sub("（", "(", repr(contents(reading_of(name)))).replace("）", ")")
    assert repr(read) == expected
