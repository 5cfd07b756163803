"""What a number with letters in place of digits may have been: 渝财社〔20Z2〕1S5号."""

from __future__ import annotations

from fiscograph.budget import DocumentNumber
from fiscograph.citations.codes import CodeBook
from fiscograph.citations.numbers import numbers_in, with_ascii_digits

# The letters that a scan shows for digits, and the digits that they look like.
_LIKE_DIGITS = str.maketrans("OoIl|ZzSsB", "0011122558")


def misread_number(printed: str, book: CodeBook) -> DocumentNumber | None:
    """The number that a printed text would hold if its letters were the digits they look like.

    It is a guess: another digit may have stood there. None where no letter stands for a digit, or
    the text would hold no number, or several.

    Args:
        printed: a mention as it is printed.
        book: the codes that are known.

    >>> book = CodeBook(issuers={}, signs={})
    >>> str(misread_number("渝财社〔20Z2〕1S5号", book)), misread_number("渝财社〔2022〕155号", book)
    ('渝财社〔2022〕155号', None)
    """
    plain = with_ascii_digits(printed)
    mended = plain.translate(_LIKE_DIGITS)
    if mended == plain:
        return None
    found = numbers_in(mended, book)
    return found[0].number if len(found) == 1 else None
