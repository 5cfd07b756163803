"""Header paths: merged cells spelled out, nothing invented and nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import QIJIANG, lines_of

from fiscograph.tables import Line, header_paths, split_line, squeeze

CELLS = st.sampled_from(["", "", "合计", "支出", "基本支出", "小 计"])
HEADERS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4
    ).map(lambda rows: (width, rows))
)


def drawn(rows: list[list[str]]) -> list[Line]:
    return [split_line(at, "\t".join(row) + "\t") for at, row in enumerate(rows, start=1)]


@given(HEADERS)
def test_every_printed_header_is_in_the_path_of_its_own_column(
    header: tuple[int, list[list[str]]],
) -> None:
    width, rows = header
    paths = header_paths(drawn(rows), width)
    assert len(paths) == width
    for row in rows:
        for column, text in enumerate(row):
            assert not text or squeeze(text) in paths[column]


@given(HEADERS)
def test_no_header_is_invented(header: tuple[int, list[list[str]]]) -> None:
    width, rows = header
    for column, path in enumerate(header_paths(drawn(rows), width)):
        left = {squeeze(text) for row in rows for text in row[: column + 1]}
        assert set(path) <= left
        assert len(path) <= len(rows)


def test_a_merged_cell_covers_its_empty_neighbours() -> None:
    lines = lines_of(QIJIANG)
    rows = [split_line(at, lines[at - 1]) for at in (130, 131)]
    assert [line.split("\t")[0] for line in lines[129:131]] == ["合计", ""]
    vehicles = "公务用车购置及运行费"
    assert header_paths(rows, 6) == (
        ("合计",),
        ("因公出国(境)费",),
        (vehicles, "小计"),
        (vehicles, "公务用车购置费"),
        (vehicles, "公务用车运行费"),
        ("公务接待费",),
    )


def test_two_merged_cells_side_by_side_do_not_mix() -> None:
    rows = drawn([["资金", "基本", "", "项目", ""], ["", "合计", "财政", "合计", "财政"]])
    assert header_paths(rows, 5) == (
        ("资金",),
        ("基本", "合计"),
        ("基本", "财政"),
        ("项目", "合计"),
        ("项目", "财政"),
    )


def test_a_table_wider_than_its_header_has_empty_paths() -> None:
    assert header_paths(drawn([["合计"]]), 3)[0] == ("合计",)
    assert header_paths([], 2) == ((), ())
