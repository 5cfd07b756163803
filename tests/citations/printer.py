"""Prints document numbers in all the styles that filings use."""

from __future__ import annotations

from hypothesis import strategies as st

from fiscograph.budget import DocumentNumber
from fiscograph.citations import CodeBook
from fiscograph.vocabulary.codelists import load_code_lists

LISTS = load_code_lists()
BOOK = CodeBook(issuers=LISTS.issuers, signs=LISTS.signs)
ORDERS = sorted(
    code for code, one in LISTS.issuers.items() if code.endswith("令") and not one.same_as
)
NOTICES = sorted(
    code for code, one in LISTS.issuers.items() if code.endswith("公告") and not one.same_as
)
KNOWN = sorted(code for code in LISTS.issuers if not code.endswith(("令", "公告")))
BRACKETS = (
    *("〔〕", "[]", "【】", "﹝﹞", "（）", "()", "〈〉", "<>", "＜＞", "［］", "「」", "『』", "〖〗", "｛｝", "“”"),
    *("（)", "(）", "〔]", "【〕"),
)  # fmt: skip
SPACES = ("", "", "", " ", "\u3000", "\n", "\t", "\u200b", " \n ")
WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}
CHINESE = {ord("0") + digit: char for digit, char in enumerate("〇一二三四五六七八九")}
NUMBERS = st.builds(
    DocumentNumber,
    issuer_code=st.sampled_from(KNOWN),
    year=st.integers(1980, 2039),
    serial=st.integers(1, 99999),
    part=st.none() | st.none() | st.integers(1, 20),
)
ORDER_NUMBERS = st.builds(
    DocumentNumber,
    issuer_code=st.sampled_from(ORDERS),
    year=st.none(),
    serial=st.integers(1, 999),
)
NOTICE_NUMBERS = st.builds(
    DocumentNumber,
    issuer_code=st.sampled_from(NOTICES),
    year=st.integers(1980, 2039),
    serial=st.integers(1, 999),
)


@st.composite
def prints(draw: st.DrawFn, number: DocumentNumber) -> str:
    """A number with brackets, as it is printed in the wild: styles, spaces, widths, 第 and 号."""
    brackets = draw(st.sampled_from(BRACKETS))
    left, right = brackets[0], brackets[1]
    year = _digits(draw, number.year or 0, (WIDE, CHINESE, {}))
    serial = _digits(draw, number.serial, (WIDE, {}))
    # 15-18号 may as well be a range.
    if number.part is not None and number.part <= number.serial and draw(st.booleans()):
        tail = [f"{serial}-{number.part}", "号"]
    elif number.part is not None:
        tail = [serial, f"号之{_numeral(number)}"]
    else:
        tail = [serial, draw(st.sampled_from(["号", "号", ""]))]
    parts = [number.issuer_code, left, year, draw(st.sampled_from(["", "", "年"])), right]
    parts += [draw(st.sampled_from(["", "", "第"])), *tail]
    return _spaced(draw, [part for part in parts if part])


@st.composite
def order_prints(draw: st.DrawFn, number: DocumentNumber) -> str:
    """国务院令第709号, 国务院第709号令, 主席令第七十三号, 财政部公告2021年第12号."""
    serial = draw(st.sampled_from([str(number.serial), _in_words(number.serial)]))
    if number.year is not None:
        return _spaced(draw, [number.issuer_code, str(number.year), "年", "第", serial, "号"])
    body = number.issuer_code.removesuffix("令")
    if serial.isascii() and draw(st.booleans()):
        return _spaced(draw, [body, "第", serial, "号令"])
    opened, closed = draw(st.sampled_from([("第", "号"), ("（第", "号）"), ("", "号")]))
    return _spaced(draw, [part for part in (body, "令", opened, serial, closed) if part])


def _spaced(draw: st.DrawFn, parts: list[str]) -> str:
    gaps = [draw(st.sampled_from(SPACES)) for _ in parts[:-1]]
    return "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True))


def _digits(
    draw: st.DrawFn, value: int, styles: tuple[dict[int, int] | dict[int, str], ...]
) -> str:
    return str(value).translate(draw(st.sampled_from(styles)))


def _numeral(number: DocumentNumber) -> str:
    return str(number).rsplit("之", 1)[-1]


def _in_words(value: int) -> str:
    """A number below 1000 in Chinese numerals.

    >>> [_in_words(value) for value in (7, 10, 73, 105, 709)]
    ['七', '十', '七十三', '一百零五', '七百零九']
    """
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    digits = "零一二三四五六七八九"
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if not hundreds and tens == 1 else f"{digits[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (digits[ones] if ones else "")
