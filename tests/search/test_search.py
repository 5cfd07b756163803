"""What is typed finds what is meant, and no text that is typed does harm."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fiscograph.search import (
    MOST_OF_KIND,
    Entry,
    Hit,
    IndexUnwritable,
    Kind,
    Rank,
    SearchIndex,
    SearchUnavailable,
    build_index,
)
from fiscograph.search.words import fold, key, terms

_QUIET = settings(max_examples=60)


def drawn_from(some: list[Entry], most: int) -> list[Entry]:
    """Some of them, spread over all."""
    return some[:: max(1, len(some) // most)]


def hits(index: SearchIndex, typed: str) -> tuple[Hit, ...]:
    answer = index.search(typed)
    return answer.shown(answer.best)


@pytest.mark.parametrize(
    "typed",
    [
        "渝财社〔2022〕155号",
        "渝财社[2022]155",
        "渝财社（２０２２）第０155号",
        " 渝财社 2022 155 号",
        "渝财社2022155",
    ],
)
def test_a_document_number_in_any_style_finds_the_document_first(
    index: SearchIndex, typed: str
) -> None:
    first = hits(index, typed)[0]
    assert (first.kind, first.path) == (Kind.POLICY, "policy/渝财社/2022/155")
    assert first.rank is Rank.CODE


def test_every_code_and_every_name_finds_its_own_thing(
    index: SearchIndex, found: list[Entry]
) -> None:
    drawn = drawn_from([one for one in found if one.name], 60)
    for one in drawn:
        group = next(g for g in index.search(one.name).kinds if g.kind is one.kind)
        same = [r for r in group.best if r.rank <= Rank.NAME or r.found.name == one.name]
        assert one.path in {r.found.path for r in same}, one
    coded = [one for one in found if one.codes and one.kind is not Kind.CITATION]
    for one in drawn_from(coded, 150):
        exact = [hit for hit in hits(index, one.codes[0]) if hit.rank is Rank.CODE]
        assert one.path in {hit.path for hit in exact}, one


def test_any_two_characters_of_any_text_find_it(index: SearchIndex, found: list[Entry]) -> None:
    """A property of every entry, tried on pieces drawn from some."""
    for number, one in enumerate(drawn_from([one for one in found if len(one.text) > 6], 80)):
        runs = re.findall("[\u4e00-\u9fff]{2,}", fold(one.text).text)
        if not runs:
            continue
        run = runs[number % len(runs)]
        start = number % (len(run) - 1)
        piece = run[start : start + 2 + number % 7]
        group = next(g for g in index.search(piece).kinds if g.kind is one.kind)
        listed = {ranked.found.path for ranked in group.best}
        assert one.path in listed or group.count > MOST_OF_KIND, (piece, one)


@_QUIET
@given(data=st.data())
def test_what_is_marked_is_what_was_asked(index: SearchIndex, data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from(["就业补助", "社保 补贴", "2022年", "其他 20807", "10"]))
    answer = index.search(typed)
    for hit in answer.shown(answer.best[:40]):
        marked = [hit.name[a:b] for a, b in hit.name_marks]
        marked += [hit.excerpt[a:b] for a, b in hit.excerpt_marks]
        if hit.rank in {Rank.NAME, Rank.PREFIX, Rank.IN_NAME, Rank.IN_TEXT}:
            assert marked, hit
        pieces = "".join(terms(typed))
        assert all(char in pieces or not char.strip() for m in marked for char in key(m))


def test_better_fits_come_first_and_more_important_kinds_among_equals(index: SearchIndex) -> None:
    for typed in ("就业补助", "社保", "项目", "2022"):
        order = [(r.rank, r.found.kind.order, r.length) for r in index.search(typed).best]
        assert order == sorted(order)
        assert len({rank for rank, _, _ in order}) > 1


def test_words_apart_must_all_be_there_and_need_not_touch(index: SearchIndex) -> None:
    together = {hit.path for hit in hits(index, "失业保险 补贴")}
    assert {hit.path for hit in hits(index, "补贴 失业保险")} == together
    assert together < {hit.path for hit in hits(index, "补贴")}


@_QUIET
@given(typed=st.text(max_size=300))
@example('"')
@example("NEAR(就业 补助, 2)")
@example("name : 就业*")
@example("就业 AND OR NOT")
@example("'; DROP TABLE entry; --")
@example("\x00就业\ud800\u202e")
@example("＊％＿［")
@example("就" * 5000)
@example("1" * 300)
def test_no_text_is_syntax(index: SearchIndex, typed: str) -> None:
    answer = index.search(typed)
    index.suggest(typed, 5)
    shown = answer.shown(answer.best[:5])
    assert bool(answer.kinds) == bool(answer.count)
    assert not (answer.near and answer.kinds)
    assert all(0 <= a < b <= len(hit.excerpt) for hit in shown for a, b in hit.excerpt_marks)


def test_signs_alone_find_nothing_and_signs_around_a_word_do_not_matter(index: SearchIndex) -> None:
    assert index.search(' "*()-— ：').count == 0
    plain = [hit.path for hit in hits(index, "就业补助")]
    assert [hit.path for hit in hits(index, '"就业补助"*')] == plain


def test_a_misspelt_name_leads_to_names_like_it(index: SearchIndex) -> None:
    answer = index.search("就业补住资金")
    assert not answer.kinds
    assert "就业补助" in [hit.name for hit in answer.near]


def test_a_number_that_no_document_has_leads_to_its_neighbours(index: SearchIndex) -> None:
    answer = index.search("渝财社〔2022〕999号")
    assert not answer.kinds
    assert "渝财社〔2022〕155号" in [hit.name for hit in answer.near]


def test_suggestions_begin_with_what_was_typed(index: SearchIndex) -> None:
    names = [hit.name for hit in index.suggest("社保", 5)]
    assert names
    assert names[0].startswith("社保")
    assert len(names) == len(set(names))


def test_an_office_is_found_by_what_people_call_it(index: SearchIndex) -> None:
    office = "重庆市綦江区人力资源和社会保障信息中心"
    assert office in [hit.name for hit in hits(index, "綦江 人社")]
    assert office in [hit.name for hit in index.suggest("綦江 人社", 10)]


def test_no_contact_is_found(index: SearchIndex, found: list[Entry]) -> None:
    """The contacts of the filings stand in their files, and nowhere in what is searched."""
    blacked = [one for one in found if "█" in one.text]
    assert blacked
    for one in blacked:
        assert not any(char.isdigit() for run in one.text.split("█")[1:] for char in run[:1])


def test_one_release_gives_one_index_byte_for_byte(found: list[Entry], tmp_path: Path) -> None:
    files = tmp_path / "one.sqlite", tmp_path / "other.sqlite"
    for file in files:
        build_index(iter(found), file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_entries_are_taken_one_by_one(tmp_path: Path) -> None:
    """The index holds them, the program does not: their source may be longer than memory."""
    alive = 0
    most = 0

    class Counted(str):
        __slots__ = ()

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def many() -> object:
        nonlocal alive, most
        for number in range(12_000):
            alive += 1
            most = max(most, alive)
            yield Entry(kind=Kind.LINE, path=Counted(f"line/{number}"), text="就业")

    build_index(many(), tmp_path / "index.sqlite")  # type: ignore[arg-type]
    assert most < 6_000


def test_where_sqlite_has_no_fts5_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Bare(sqlite3.Connection):
        def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
            if "fts5" in sql:
                raise sqlite3.OperationalError("no such module: fts5")
            return super().execute(sql, *rest)  # type: ignore[arg-type]

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **rest: real(*args, factory=Bare, **rest))
    with pytest.raises(SearchUnavailable, match="FTS5"):
        build_index([], tmp_path / "index.sqlite")
    assert not list(tmp_path.iterdir())


def test_an_index_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnwritable, match=r"index\.sqlite"):
        build_index([], tmp_path / "file" / "index.sqlite")
