"""White space draws columns where cells stand below each other, and only there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fiscograph.provenance import Span
from fiscograph.tables import Line, clusters, is_aligned, nearest, split_line, stacks_of

# Rows of three columns; None is an empty cell.
ROWS = st.lists(
    st.tuples(
        st.integers(2, 8),
        *[st.one_of(st.none(), st.integers(0, 9_999_999)) for _ in range(3)],
    ),
    min_size=4,
    max_size=12,
)


def printed(rows: list[tuple[int | None, ...]], gap: int) -> list[Line]:
    """Rows as text: a label, then numbers set right in columns 14 wide, or close to each other."""
    lines = []
    for at, (label, *values) in enumerate(rows, start=1):
        texts = [f"{value / 100:,.2f}" if value is not None else "" for value in values]
        if gap:
            text = "支" * (label or 0) + "".join(" " * gap + text for text in texts if text)
        else:
            text = ("支" * (label or 0)).ljust(10) + "".join(text.rjust(14) for text in texts)
        lines.append(split_line(at, text))
    return lines


def numbers_of(lines: list[Line]) -> list[list[Span]]:
    return [[cell.span for cell in line.words if cell.number is not None] for line in lines]


@given(ROWS)
def test_cells_below_each_other_are_of_one_column(rows: list[tuple[int | None, ...]]) -> None:
    lines = printed(rows, 0)
    spans = numbers_of(lines)
    found = clusters(spans)
    filled = [at for at in range(1, 4) if any(row[at] is not None for row in rows)]
    assert found is not None
    assert len(found) == len(filled)
    for row, line in zip(rows, spans, strict=True):
        own = [at for at in filled if row[at] is not None]
        assert len(line) == len(own)
    if any(spans):
        assert is_aligned(lines, spans, found)


@given(ROWS, st.integers(1, 3))
def test_a_text_that_lost_its_columns_is_not_aligned(
    rows: list[tuple[int | None, ...]], gap: int
) -> None:
    lines = printed(rows, gap)
    spans = numbers_of(lines)
    found = clusters(spans)
    assert found is None or not is_aligned(lines, spans, found)


def test_a_folded_header_is_read_down_its_column() -> None:
    header = [
        "                                 三公经费",
        "                                 公务用车购置及运行维护费",
        "    合计                 因公出国                          公务接          会议费      培训费",
        "              小计",
        "                       （境）费               公务用车 公务用车运 待费",
        "                                 小计",
        "                                           购置费 行维护费",
    ]
    stacks = stacks_of([split_line(at, text) for at, text in enumerate(header, start=1)])
    assert [stack.texts for stack in stacks] == [
        ("合计",),
        ("小计",),
        ("因公出国", "(境)费"),
        ("三公经费", "公务用车购置及运行维护费", "小计"),
        ("公务用车购置及运行维护费", "公务用车", "购置费"),
        ("公务用车运", "行维护费"),
        ("公务接", "待费"),
        ("会议费",),
        ("培训费",),
    ]
    row = "   1,656.86   675.10    106.00   156.60         156.60   412.50   884.16   97.60"
    spans = numbers_of([split_line(8, row)])
    found = clusters(spans)
    assert found is not None
    assert nearest(found, stacks) == (0, 1, 2, 3, 5, 6, 7, 8)


def test_no_header_is_chosen_where_two_are_as_near() -> None:
    stacks = stacks_of([split_line(1, "合计          基本支出      项目支出")])
    assert nearest([(18, 21)], stacks) is None
