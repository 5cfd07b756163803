"""Text of which optical recognition left fragments: its digits are glyphs of something else."""

from __future__ import annotations

import re

_SAME_GLYPHS = re.compile(r"(?P<glyph>[\dlI|])(?:\s+(?P=glyph)){3,}")
# A lone letter, bracket or stroke inside a word, XX, or a digit behind a stop inside a word.
_MARKS = re.compile(
    r"(?<=[\u3400-\u9fff\d ])[A-Za-z\]\[|~^](?=[\u3400-\u9fff])|\bXX\b|(?<=[\u3400-\u9fff])\.\d"
)
_SHORT = 12
_BRACKETED = re.compile(r"[\u3400-\u9fff]\d{1,2}\](?=[\u3400-\u9fff])")


def is_torn(text: str) -> bool:
    """Whether a printed piece is visibly torn: its lone digits are no numbers.

    One mark tells it of a short piece, two of a longer one.

    >>> is_torn("1 1 1 1 1 1"), is_torn("XX 皿.1日 4小"), is_torn("A类企业 3 家")
    (True, True, False)
    """
    stripped = text.strip()
    if _SAME_GLYPHS.fullmatch(stripped) or _BRACKETED.search(stripped):
        return True
    return torn_marks(stripped) >= (1 if len(stripped) <= _SHORT else 2)


def torn_marks(text: str) -> int:
    """How many marks of torn glyphs a text shows; letters that begin it or a sentence are none."""
    return len(_MARKS.findall(text))
