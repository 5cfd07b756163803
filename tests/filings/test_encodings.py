"""Which bytes are a filing: the same facts from every encoding that is read, an error else."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import QIJIANG, TONGCHUAN, facts_of, path_of, text_of, written

from fiscograph.errors import FilingError
from fiscograph.filings import SourceText, read_text
from fiscograph.pipeline import read_filing

UTF8 = path_of(QIJIANG).read_bytes()


def facts_without_hash(name: str, folder: Path, data: bytes) -> str:
    """Everything read from bytes, but for what may differ: hash, size and encoding."""
    path = written(folder, "", name)
    path.write_bytes(data)
    return comparable(repr(read_filing(path)))


def comparable(facts: str) -> str:
    facts = re.sub(r"[0-9a-f]{64}", "HASH", facts)
    return re.sub(r"size=\d+, encoding='[^']*'", "size, encoding", facts)


@pytest.mark.parametrize("name", [QIJIANG, TONGCHUAN])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_every_encoding_that_is_read_gives_the_same_facts(
    name: str, encoding: str, tmp_path: Path
) -> None:
    data = text_of(name).encode(encoding)
    assert facts_without_hash(name, tmp_path, data) == comparable(repr(facts_of(name)))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (UTF8, "UTF-8"),
        (codecs.BOM_UTF8 + UTF8, "UTF-8"),
        (text_of(QIJIANG).encode("gb18030"), "GB18030"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030"],
)
def test_the_encoding_is_recorded(data: bytes, encoding: str) -> None:
    source = read_text(data, "x.txt")
    assert source.file.encoding == encoding
    assert source.file.size == len(data)
    assert source.lines == tuple(text_of(QIJIANG).split("\n"))
    assert source.line(3) == source.lines[2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7\n" + UTF8, "PDF"),
        (b"PK\x03\x04" + UTF8, "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Office"),
        (text_of(QIJIANG).encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + text_of(QIJIANG).encode("utf-16-be"), "UTF-16"),
        (bytes(range(256)) * 8, "UTF-8"),
    ],
    ids=["no byte", "blank", "mark only", "pdf", "zip", "doc", "utf-16-le", "utf-16-be", "bytes"],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(FilingError, match=reason) as caught:
        read_text(data, "某局.txt")
    assert str(caught.value).startswith("某局.txt")
    assert "\n" not in str(caught.value)


def test_another_east_asian_encoding_is_refused() -> None:
    text = "臺北市政府社會局\n單位預算收入與支出總表\n項目 金額\n" * 20
    for encoding in ("big5", "euc-kr", "shift_jis"):
        with pytest.raises(FilingError, match="neither UTF-8 nor GB18030") as caught:
            read_text(text.encode(encoding, "ignore"), "x.txt")
        assert caught.value.line == 1


def test_a_control_character_is_told_with_its_line() -> None:
    with pytest.raises(FilingError, match=r"x\.txt:3: .*U\+0000") as caught:
        read_text("单位预算\n支出\n收入\x00\n".encode(), "x.txt")
    assert caught.value.line == 3


@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_cut_within_a_character_says_so(cut: int) -> None:
    text = text_of(QIJIANG)
    end = text.index("社会保障和就业支出") + 1
    data = text[:end].encode()[: -cut or None]
    with pytest.raises(FilingError, match="cut off within a character") as caught:
        read_text(data, "x.txt")
    assert caught.value.line == text[:end].count("\n") + 1


def outcome(data: bytes) -> SourceText | FilingError:
    try:
        return read_text(data, "x.txt")
    except FilingError as error:
        return error


@given(st.integers(min_value=0, max_value=len(UTF8)))
def test_a_prefix_of_a_filing_is_read_or_refused_with_its_last_line(length: int) -> None:
    read = outcome(UTF8[:length])
    if isinstance(read, FilingError):
        assert read.line in {None, UTF8[:length].count(b"\n") + 1}
    else:
        assert "\n".join(read.lines).encode() == UTF8[:length]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_a_filing_error(data: bytes) -> None:
    read = outcome(data)
    if isinstance(read, FilingError):
        assert read.file == "x.txt"
    else:
        assert read.file.lines == len(read.lines)


def test_lines_of_windows_give_the_same_facts(tmp_path: Path) -> None:
    data = text_of(QIJIANG).replace("\n", "\r\n").encode()
    assert facts_without_hash(QIJIANG, tmp_path, data) == comparable(repr(facts_of(QIJIANG)))
