"""Two releases told apart: all that differs, once, and the same in the mirror."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.golden.disclosed import QIJIANG_DATA, text_of
from tests.pipeline.builds import built, folder_with

from fiscograph import cli
from fiscograph.release.comparison import SUBJECTS, Change, Comparison, Difference, Kind, compare
from fiscograph.release.comparison.matching import change, matched
from fiscograph.release.comparison.subjects import CHECKS, FILINGS, Row, Subject
from fiscograph.release.tables import TABLES

FILING = "filing/500110-212002-2023-unit-budget"
TOLD = [one for one in SUBJECTS if one not in {CHECKS, FILINGS}]
MIRRORED = {
    Kind.APPEARED: Kind.VANISHED,
    Kind.VANISHED: Kind.APPEARED,
    Kind.CHANGED: Kind.CHANGED,
}
COMMITTED = Path(__file__).resolve().parents[2] / "published"


@cache
def rows_of(table: str) -> tuple[Row, ...]:
    """The rows of one filing, or of all where filings share the table."""
    with (COMMITTED / f"tables/{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            row for row in csv.DictReader(file) if "filing" not in row or row["filing"] == FILING
        )


def mirrored(one: Change) -> Change:
    return replace(
        one,
        kind=MIRRORED[one.kind],
        name="",
        old_line=one.new_line,
        new_line=one.old_line,
        differences=tuple(
            Difference(column=value.column, old=value.new, new=value.old)
            for value in one.differences
        ),
    )


def told(subject: Subject, old: Sequence[Row], new: Sequence[Row]) -> list[Change]:
    pairs = matched(subject, old, new)
    return [one for a, b in pairs if (one := change(subject, a, b, "")) is not None]


def edited(row: Row, column: str, text: str) -> dict[str, str]:
    return {**row, column: text}


@st.composite
def edits(draw: st.DrawFn) -> tuple[Subject, list[Row], list[Row]]:
    """The rows of a subject, and the same with a few of them changed, dropped, added, moved."""
    subject = draw(st.sampled_from(TOLD))
    rows = list(rows_of(subject.table))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(rows) - 1))
        column = draw(st.sampled_from(subject.compared))
        action = draw(st.sampled_from(("edit", "drop", "copy", "move")))
        if action == "edit":
            rows[at] = edited(rows[at], column, draw(st.sampled_from(("", "7", "某某", "0.5"))))
        elif action == "drop" and len(rows) > 1:
            rows.pop(at)
        elif action == "copy":
            rows.append(edited(rows[at], column, "另"))
        elif "line" in rows[at]:
            rows = [edited(row, "line", str(int(row["line"]) + 3)) for row in rows]
    return subject, list(rows_of(subject.table)), rows


@given(edits())
@settings(max_examples=40)
def test_the_mirror_image_tells_the_same(made: tuple[Subject, list[Row], list[Row]]) -> None:
    subject, old, new = made
    forth, back = told(subject, old, new), told(subject, new, old)
    assert sorted(map(repr, map(mirrored, forth))) == sorted(
        repr(replace(one, name="")) for one in back
    )
    assert told(subject, new, new) == []


@pytest.mark.parametrize("subject", TOLD, ids=lambda one: one.table)
@given(data=st.data())
@settings(max_examples=8)
def test_one_change_is_told_once(subject: Subject, data: st.DataObject) -> None:
    rows = rows_of(subject.table)
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.sampled_from(subject.compared))
    old, new = rows[at], edited(rows[at], column, "改后的值")
    (one,) = told(subject, rows, [*rows[:at], *rows[at + 1 :], new])
    assert one.kind is Kind.CHANGED
    assert one.differences == (Difference(column=column, old=old[column], new="改后的值"),)
    (gone,) = told(subject, rows, [*rows[:at], *rows[at + 1 :]])
    assert gone.kind is Kind.VANISHED
    assert gone.name == subject.name(old)


def test_lines_that_move_change_nothing() -> None:
    for subject in TOLD:
        rows = rows_of(subject.table)
        moved = [edited(row, "line", str(int(row["line"]) + 5)) for row in rows if "line" in row]
        assert told(subject, rows if moved else [], moved) == []


def test_a_column_that_only_one_program_writes_is_no_change() -> None:
    (subject,) = (one for one in SUBJECTS if one.table == "projects")
    rows = rows_of("projects")
    without = [{name: text for name, text in row.items() if name != "category"} for row in rows]
    assert told(subject, rows, without) == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of one real filing."""
    folder = folder_with(tmp_path_factory.mktemp("small"), [QIJIANG_DATA])
    built(folder)
    return folder / "published"


def after(folder: Path, edit: Mapping[str, str]) -> Path:
    """The release of that filing with some texts replaced, each of which it prints."""
    made = folder_with(folder, [QIJIANG_DATA])
    text = text_of(QIJIANG_DATA)
    for before, behind in edit.items():
        assert before in text
        text = text.replace(before, behind)
    (made / f"filings/{QIJIANG_DATA}.txt").write_text(text, "utf-8")
    built(made)
    return made / "published"


def tables(found: Comparison) -> dict[str, list[Change]]:
    return {table: [one for one in found.changes if one.table == table] for table in found.counts}


def test_another_amount_is_told_once_with_what_follows_from_it(
    small: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    line = "2080199 其他人力资源和社会保障管理事务支出 8.50 8.50"
    new = after(tmp_path, {line: line.replace("8.50 8.50", "8.70 8.50")})
    found = tables(compare(small, new))
    (amount,) = found["printed_amounts"]
    assert Difference(column="printed", old="8.50", new="8.70") in amount.differences
    assert Difference(column="amount_cny", old="85000", new="87000") in amount.differences
    assert amount.new_line == "59"
    assert {one.kind for one in found["findings"]} == {Kind.APPEARED}
    assert cli.run(["diff", str(small), str(new)]) == 1
    out = capfd.readouterr().out
    assert "印出的文字 printed: 8.50 → 8.70" in out
    assert "折合元 amount_cny: 85,000 → 87,000" in out
    assert "程度 severity: 错误" in out
    # The row no longer adds up, so the money stays one level higher.
    assert found.keys() == {"filings", "findings", "allocations", "printed_amounts", "checks"}


def test_a_renamed_unit_is_told_where_its_name_is_data(small: Path, tmp_path: Path) -> None:
    names = ("人力资源和社会保障信息中心", "人力资源和社会保障数据中心")
    found = tables(compare(small, after(tmp_path, {names[0]: names[1]})))
    assert found.keys() == {"filings", "findings", "projects", "organizations"}
    assert {one.kind for several in found.values() for one in several} == {Kind.CHANGED}
    (unit,) = found["organizations"]
    (value,) = unit.differences
    assert (value.old[-13:], value.new[-13:]) == names


def test_a_filing_more_is_one_change_that_says_what_it_holds(small: Path, release: Path) -> None:
    more = tables(compare(small, release))
    fewer = tables(compare(release, small))
    for found, kind in ((more, Kind.APPEARED), (fewer, Kind.VANISHED)):
        assert found.keys() == {"filings", "policies", "organizations"}
        assert {one.kind for one in found["filings"]} == {kind}
        assert len(found["filings"]) == 4
    values = {value.column: value.new for value in more["filings"][0].differences}
    assert int(values["printed_amounts"]) > 100


def test_the_same_release_and_one_of_another_program_say_the_same(
    small: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert compare(small, small).same
    other = tmp_path / "other"
    shutil.copytree(small, other)
    document = json.loads((other / "MANIFEST.json").read_text("utf-8"))
    document["program"]["version"], document["identity"] = "9.9.9", "0" * 64
    for one in document["files"]:
        one["sha256"] = "0" * 64
    (other / "MANIFEST.json").write_text(json.dumps(document), "utf-8")
    assert cli.run(["diff", str(small), str(other)]) == 0
    assert "9.9.9" in capfd.readouterr().out


def test_the_command_says_it_as_text_page_table_and_json(
    small: Path, release: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page, table = tmp_path / "d.html", tmp_path / "d.csv"
    given = ["diff", str(small), str(release)]
    assert cli.run([*given, "--html", str(page), "--csv", str(table)]) == 1
    out = capfd.readouterr().out
    assert out.index("公开文件 Filings") < out.index("潼南区人力资源和社会保障局")
    assert "潼南区人力资源和社会保障局" in page.read_text("utf-8")
    assert "<script" not in page.read_text("utf-8")
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert cli.run([*given, "--json"]) == 1
    document = json.loads(capfd.readouterr().out)
    assert document["counts"]["filings"] == {"appeared": 4, "vanished": 0, "changed": 0}
    assert len(rows) == sum(len(one["values"]) for one in document["changes"])


def test_what_is_no_release_cannot_be_told_apart(
    small: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", str(small), str(tmp_path)]) == 2
    with TemporaryDirectory() as folder:
        broken = Path(folder) / "broken"
        shutil.copytree(small, broken)
        table = broken / "tables/projects.csv"
        table.write_text(table.read_text("utf-8") + "one cell\n", "utf-8")
        document = json.loads((broken / "MANIFEST.json").read_text("utf-8"))
        document["identity"] = "0" * 64
        for one in document["graphs"]:
            one["rdfc10_sha256"] = "0" * 64
        (broken / "MANIFEST.json").write_text(json.dumps(document), "utf-8")
        assert cli.run(["diff", str(small), str(broken)]) == 2
    assert "tables/projects.csv is damaged" in capfd.readouterr().err


def test_nothing_is_left_out_of_the_comparison() -> None:
    # The ledger counts numbers, and says nothing of what they mean.
    assert {one.table for one in SUBJECTS} == {one.name for one in TABLES} - {"ledger"}
