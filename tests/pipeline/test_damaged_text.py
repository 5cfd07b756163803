"""However a text is damaged: facts that keep the promises, or one clear refusal; no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.golden.disclosed import BEIBEI, QIJIANG_DATA, TONGCHUAN, lines_of, written
from tests.mapping.builder import IDS

from fiscograph.budget import Bin, FilingFacts
from fiscograph.errors import FilingError
from fiscograph.filings import numeric_tokens, read_text
from fiscograph.pipeline import read_filing

NOISE = ["#####", ",.", "合计", "2080101", "9.99", "表二", "单位：万元", "\t\t", "", "|", "定性 10"]


def facts_or_refusal(path: Path) -> FilingFacts | FilingError:
    try:
        return read_filing(path)
    except FilingError as error:
        return error


def assert_promises_hold(path: Path) -> None:
    read = facts_or_refusal(path)
    if isinstance(read, FilingError):
        assert read.file == path.name
        assert "\n" not in str(read)
        return
    source = read_text(path.read_bytes(), path.name)
    assert [row.place for row in read.ledger] == [t.place for t in numeric_tokens(source)]
    places = [amount.place for amount in read.printed_amounts]
    assert len(places) == len(set(places))
    for amount in read.printed_amounts:
        place = amount.place
        assert source.line(place.line)[place.start - 1 : place.end] == amount.printed
    assert all(set(a.evidence) <= set(places) for a in read.allocations)
    kept = [IDS.allocation(read.filing.id, allocation) for allocation in read.allocations]
    assert len(kept) == len(set(kept))
    bins = {row.place: row.bin for row in read.ledger}
    assert all(bins.get(place, Bin.PRINTED_AMOUNT) is Bin.PRINTED_AMOUNT for place in places)


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG_DATA, TONGCHUAN])
@settings(max_examples=10)
@given(data=st.data())
def test_lines_lost(name: str, data: st.DataObject, tmp_path: Path) -> None:
    lines = [*lines_of(name)]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(lines) - 1))
        del lines[start : start + data.draw(st.integers(1, 40))]
    assert_promises_hold(written(tmp_path, "\n".join(lines), name))


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG_DATA, TONGCHUAN])
@settings(max_examples=10)
@given(data=st.data())
def test_lines_put_in_or_moved(name: str, data: st.DataObject, tmp_path: Path) -> None:
    lines = [*lines_of(name)]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        moved = data.draw(st.one_of(st.sampled_from(NOISE), st.sampled_from(lines)))
        lines.insert(at, moved)
    assert_promises_hold(written(tmp_path, "\n".join(lines), name))


@pytest.mark.parametrize("name", [BEIBEI, QIJIANG_DATA, TONGCHUAN])
@settings(max_examples=10)
@given(data=st.data())
def test_words_lost_or_changed(name: str, data: st.DataObject, tmp_path: Path) -> None:
    lines = [*lines_of(name)]
    printed = [at for at, line in enumerate(lines) if line.strip()]
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.sampled_from(printed))
        words = lines[at].split(" ")
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(st.sampled_from(NOISE))
        lines[at] = " ".join(words)
    assert_promises_hold(written(tmp_path, "\n".join(lines), name))
