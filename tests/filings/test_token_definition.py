"""The numeric token, read a second time: character by character, without the pattern."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fiscograph.filings import token_bounds

SIGNS, BEFORE_SIGN = "+-－−", " \t\n\r\f\v\u3000(（[:：,，;；、=＝≥≤<>"
LINES = st.lists(
    st.sampled_from([*"0127", *"０９５", *",.，", *"+-－%％", *"AbT", *" \t(:〔号年元万、个#="]),
    max_size=24,
).map("".join)


def digit(line: str, at: int) -> bool:
    return at < len(line) and unicodedata.category(line[at]) == "Nd"


def joins(line: str, at: int) -> bool:
    letter = at < len(line) and line[at].isascii() and line[at].isalpha()
    return letter or digit(line, at)


def run(line: str, at: int) -> int:
    """Where the letters and digits that begin at a character end."""
    while joins(line, at):
        at += 1
    return at


def decimals_after_space(line: str, at: int) -> int | None:
    """Where one or two digits end that a space parts from their point, if they end an amount."""
    if line[at : at + 2] != ". " or not digit(line, at + 2):
        return None
    end = at + 4 if digit(line, at + 3) else at + 3
    after = line[end : end + 1]
    ends = not after or after in "元万千亿" or not (after.isalnum() or after in "_.,")
    return end if ends else None


def read(line: str) -> list[tuple[int, int]]:
    """The tokens of a line by the definition of the design."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(line):
        end = run(line, at)
        if not any(digit(line, i) for i in range(at, end)):
            at = max(end, at + 1)
            continue
        while True:
            if line[end : end + 1] in {",", "."} and digit(line, end + 1):
                end = run(line, end + 1)
            elif (spaced := decimals_after_space(line, end)) is not None:
                end = spaced
            else:
                break
        end += line[end : end + 1] in {"%", "％"}
        signed = (
            at > 0
            and line[at - 1] in SIGNS
            and digit(line, at)
            and (at == 1 or line[at - 2] in BEFORE_SIGN)
            and (not found or found[-1][1] < at)
        )
        found.append((at - 1 if signed else at, end))
        at = end
    return found


@given(LINES)
def test_the_tokens_are_those_of_the_definition(line: str) -> None:
    assert token_bounds(line) == read(line)
