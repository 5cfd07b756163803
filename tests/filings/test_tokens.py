"""The numeric tokens of the ledger: what one is, where it ends, and what is none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import NAMES, lines_of, reading_of

from fiscograph.filings import numeric_tokens
from fiscograph.filings.tokens import token_bounds

PIECES = st.sampled_from(
    [
        *"0123456789",
        *"０９٣५",
        *",.，．",
        *"+-－−",
        *"%％",
        *"AbT",
        *" \t(（:〔〕号年元万、#＃项目≥=",
    ]
)
LINES = st.lists(PIECES, max_size=30).map("".join)


def tokens_in(line: str) -> list[str]:
    return [line[start:end] for start, end in token_bounds(line)]


def is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


@given(LINES)
def test_every_digit_stands_in_exactly_one_token(line: str) -> None:
    owners = [0] * len(line)
    for start, end in token_bounds(line):
        for index in range(start, end):
            owners[index] += 1
    assert all(count <= 1 for count in owners)
    assert all(owners[at] == 1 for at, char in enumerate(line) if is_digit(char))


@given(LINES)
def test_every_token_has_a_digit_and_they_come_in_reading_order(line: str) -> None:
    bounds = token_bounds(line)
    assert bounds == sorted(bounds)
    assert all(any(map(is_digit, token)) for token in tokens_in(line))


@given(LINES)
def test_tokens_are_maximal(line: str) -> None:
    """Neither a letter, nor a digit, nor a percent sign, nor ``,1`` or ``.1`` could still join."""

    def joins(char: str) -> bool:
        return is_digit(char) or (char.isascii() and char.isalpha())

    for start, end in token_bounds(line):
        before, after = line[:start], line[end:]
        assert not before or not joins(before[-1]) or before[-1:] in {"%", "％"}
        if line[end - 1] in "%％":
            continue
        assert not after or not (joins(after[0]) or after[0] in "%％")
        assert not (len(after) > 1 and after[0] in ",." and is_digit(after[1]))


@given(LINES)
def test_white_space_apart_from_the_one_after_a_point_ends_a_token(line: str) -> None:
    for token in tokens_in(line):
        for at, char in enumerate(token):
            if char.isspace():
                assert char == " "
                assert token[at - 1] == "."
                assert is_digit(token[at + 1])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("联系方式：023-68257538", ["023", "68257538"]),
        ("电话 023－6825－7538", ["023", "6825", "7538"]),
        ("50011023T000003175737", ["50011023T000003175737"]),
        ("98. 92\t10.05", ["98. 92", "10.05"]),
        ("98. 92万元", ["98. 92"]),
        ("一、1. 23456", ["1", "23456"]),
        ("3. 2023年", ["3", "2023"]),
        ("-3.5 +0.4 （-12.00）", ["-3.5", "+0.4", "-12.00"]),
        ("增长：-2,627.17", ["-2,627.17"]),
        ("附件4-1", ["4", "1"]),
        ("≥95% 和 ＝９０％", ["95%", "９０％"]),
        ("２，０００ ２,０００．５", ["２", "０００", "２,０００", "５"]),
        ("，. ,. . ##### ####", []),
        ("渝财社〔2022〕155号", ["2022", "155"]),
        ("1.2.3", ["1.2.3"]),
        ("1,,2 1..2", ["1", "2", "1", "2"]),
        ("5 % 30", ["5", "30"]),
        ("", []),
        ("- 2023年", ["2023"]),
    ],
)
def test_what_is_one_token(line: str, expected: list[str]) -> None:
    assert tokens_in(line) == expected


@pytest.mark.parametrize("name", NAMES)
def test_places_of_a_filing_hold_their_texts(name: str) -> None:
    source = reading_of(name).source
    tokens = numeric_tokens(source)
    lines = lines_of(name)
    for token in tokens:
        place = token.place
        assert place.source == source.file.sha256
        assert lines[place.line - 1][place.start - 1 : place.end] == token.text
    digits = sum(map(is_digit, "".join(lines)))
    assert sum(sum(map(is_digit, token.text)) for token in tokens) == digits
    assert len({token.place for token in tokens}) == len(tokens)
