"""The end of an indicator row: operator, value, unit, weight, direction, core, in any order.

Printings lose what divides these columns: a weight runs into its unit (``5 % 30``), a sign into its
value (``≥95%``), a cell that is missing moves the others to the left. What can stand in a column is
told by its kind, and the order of the columns by the header; the words of a row are given to the
columns in that order, each word to one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from fiscograph.forms.schema import SheetWords
from fiscograph.provenance import Span
from fiscograph.tables import Cell

QUALITATIVE = "定性"
Tail = dict[str, Cell | None]

_NUMBER = re.compile(r"[+\-±]?[\d,]+(?:\.\s?\d+)?%?\Z")
_WEIGHT = re.compile(r"\d{1,3}(?:\.\s?\d+)?[%分]?\Z")
_COUNTED = re.compile(r"[+\-±]?[\d,]+(?:\.\d+)?[^\d\s.,%]{1,6}\Z")
_HAN = re.compile(r"[\u3400-\u9fff]")
_RANGE = re.compile(r"[\d.,%]+[\-~～至—–][\d.,%]+\S{0,4}\Z")
_GLYPH = re.compile(r"[^\w\s%.,，。、;；:：()（）]{1,3}\Z|\\[a-z]+\Z")
_LONGEST_SIGN = 6
_TRIED = 8


def sign_of(cell: Cell, words: SheetWords) -> str | None:
    """The operator that a cell prints, by its sign, its word, or a known misreading of it."""
    return words.operators.get(cell.text) or words.operators.get(cell.squeezed)


def flat_tail(cells: Sequence[Cell], order: Sequence[str], words: SheetWords) -> tuple[Tail, int]:
    """The tail that ends a line whose cells are not drawn.

    Args:
        cells: the words of the line.
        order: the columns of the header after the name.
        words: the words of sheets.

    Returns:
        the cells by their columns, and how many words of the line they took; none where the line
        ends in no tail.
    """
    for taken in range(min(len(order), len(cells)), 0, -1):
        last = cells[len(cells) - taken :]
        for columns in combinations(order, taken):
            found = dict(zip(columns, last, strict=True))
            if _is_tail(found, order, words):
                return {**dict.fromkeys(order), **found}, taken
    return _parted(cells, order, words)


def _parted(cells: Sequence[Cell], order: Sequence[str], words: SheetWords) -> tuple[Tail, int]:
    """A tail of which one word is a sign together with its value: ``合格率 ≥95 % 20``."""
    if "operator" not in order:
        return {}, 0
    for back, cell in enumerate(reversed(cells[-len(order) :]), start=1):
        match = signed(cell, words)
        if match is None or _NUMBER.match(match[1].squeezed) is None:
            continue
        at = len(cells) - back
        parts = [*cells[:at], *match, *cells[at + 1 :]]
        for taken in range(min(len(order), len(parts)), back, -1):
            last = parts[len(parts) - taken :]
            for columns in combinations(order, taken):
                found = dict(zip(columns, last, strict=True))
                if match[0] in last and _is_tail(found, order, words):
                    return {**dict.fromkeys(order), **found}, taken - 1
    return {}, 0


def _is_tail(found: Mapping[str, Cell], order: Sequence[str], words: SheetWords) -> bool:
    """Whether cells may be the tail of a row: sure enough that they are no words of its name."""
    if "weight" in order and "weight" not in found:
        return False
    operator = found.get("operator")
    sign = sign_of(operator, words) if operator is not None else None
    if sign == QUALITATIVE:
        return _fits_all(found, order, words, qualitative=True)
    if "value" not in found or not _fits_all(found, order, words, qualitative=False):
        return False
    whole = "unit" in found or found["value"].text.endswith("%")
    if sign is not None:
        return True
    if "operator" not in order:
        return "weight" in found or whole or signed(found["value"], words) is not None
    # Without a known sign, value, unit and weight together tell the row.
    return whole and "weight" in found and len(found) >= 3


def _fits_all(
    found: Mapping[str, Cell], order: Sequence[str], words: SheetWords, *, qualitative: bool
) -> bool:
    return all(
        fits(key, cell, words, order=order, qualitative=qualitative) for key, cell in found.items()
    )


def fits(
    key: str, cell: Cell, words: SheetWords, *, order: Sequence[str], qualitative: bool
) -> bool:
    """Whether a word may stand in a column.

    A value in words goes with a qualitative row alone; where the value stands before the operator
    its word must be a known one, for it could be the end of the name.
    """
    text = cell.squeezed
    if key == "value":
        return _is_value(cell, words, order=order, qualitative=qualitative)
    if key == "unit":
        return _is_unit(cell, words, order=order, qualitative=qualitative)
    if key == "operator":
        return sign_of(cell, words) is not None or _GLYPH.match(text) is not None
    if key == "weight":
        return _WEIGHT.match(text) is not None
    return text in ({"是", "否"} if key == "core" else words.directions)


def _is_value(cell: Cell, words: SheetWords, *, order: Sequence[str], qualitative: bool) -> bool:
    text = cell.squeezed
    if "operator" not in order and signed(cell, words) is not None:
        return True
    if "operator" not in order and "weight" in order:
        # Whatever stands between name and weight is the value: ≥100人, 明显, 95%.
        return True
    if not qualitative:
        return any(pattern.match(text) for pattern in (_NUMBER, _COUNTED, _RANGE))
    if text in words.qualities:
        return True
    plain = _NUMBER.match(text) is None and sign_of(cell, words) is None
    return plain and _after_operator("value", order)


def _is_unit(cell: Cell, words: SheetWords, *, order: Sequence[str], qualitative: bool) -> bool:
    text = cell.squeezed
    if qualitative and not _after_operator("unit", order):
        return text in {"-", "—", "/", "无"}
    plain = _NUMBER.match(text) is None and sign_of(cell, words) is None
    return plain and text not in words.directions


def _after_operator(key: str, order: Sequence[str]) -> bool:
    return "operator" in order and order.index("operator") < order.index(key)


def settled_tail(tail: Mapping[str, Cell | None], order: Sequence[str], words: SheetWords) -> Tail:
    """The cells of a drawn row in their columns, also where boundaries between them were lost.

    What fits its columns stays. Else the words of all cells are given to the columns in order; a
    number that is printed a second time (``5 % 30`` beside ``30``) is taken once.
    """
    columns = [key for key in order if key in tail]
    given = {key: cell for key in columns if (cell := tail[key]) is not None}
    if all(_sits(key, cell, words) for key, cell in given.items()):
        return dict(tail)
    parts = [part for cell in given.values() for part in _parts(cell, words)]
    for some in (parts, *_without_repeats(parts)):
        if len(some) > min(len(columns), _TRIED):
            continue
        for chosen in combinations(columns, len(some)):
            found = dict(zip(chosen, some, strict=True))
            operator = found.get("operator")
            qualitative = operator is not None and sign_of(operator, words) == QUALITATIVE
            if not qualitative and "value" not in found:
                continue
            if _fits_all(found, order, words, qualitative=qualitative):
                return {**dict.fromkeys(tail), **found}
    return dict(tail)


def _sits(key: str, cell: Cell, words: SheetWords) -> bool:
    """Whether a drawn cell can be what its column prints; a value may be any text."""
    text = cell.squeezed
    if key == "operator":
        plain = len(text) <= _LONGEST_SIGN and not any(char.isdigit() for char in text)
        return sign_of(cell, words) is not None or (plain and len(cell.text.split()) == 1)
    if key == "value":
        return not _is_crammed(cell, words)
    if key == "unit":
        return _NUMBER.match(text) is None and not _is_crammed(cell, words)
    if key == "weight":
        return not _is_crammed(cell, words) and (
            _WEIGHT.match(text) is not None or not _HAN.search(text)
        )
    return text not in words.operators and _NUMBER.match(text) is None


def _is_crammed(cell: Cell, words: SheetWords) -> bool:
    """Whether a cell holds words that belong to several columns: ``5 % 30``, ``人 10``, ``% =``."""
    parts = cell.text.split()
    own = (_NUMBER.match(part) or part in words.operators for part in parts)
    return 2 <= len(parts) <= 4 and any(own)


def _parts(cell: Cell, words: SheetWords) -> Iterator[Cell]:
    for match in re.finditer(r"\S+", cell.text):
        part = part_of(cell, match.start(), match.end())
        yield from signed(part, words) or (part,)


def _without_repeats(parts: Sequence[Cell]) -> Iterator[list[Cell]]:
    for index in range(1, len(parts)):
        if parts[index].text == parts[index - 1].text and parts[index].number is not None:
            yield [*parts[:index], *parts[index + 1 :]]


def signed(cell: Cell, words: SheetWords) -> tuple[Cell, Cell] | None:
    """A sign and the value that it is printed with: ``≥95%``, ``不低于80%``, ``90%以上``."""
    if sign_of(cell, words) is not None:
        return None
    for sign in _longest(words.operators):
        # € and « before a number are themselves far more often than a misreading of ≤.
        if sign in words.misread and not sign.startswith("\\"):
            continue
        rest = cell.text[len(sign) :].lstrip()
        if not cell.text.startswith(sign) or not rest or words.operators[sign] == QUALITATIVE:
            continue
        if sign[-1].isalpha() and not rest[0].isdigit():
            continue
        begin = len(cell.text) - len(rest)
        return part_of(cell, 0, len(sign)), part_of(cell, begin, len(cell.text))
    for sign in _longest(words.after):
        value = cell.text.removesuffix(sign).rstrip()
        if value != cell.text and value[:1].isdigit() and not re.search("[年月日]", value):
            begin = len(cell.text) - len(sign)
            return part_of(cell, begin, len(cell.text)), part_of(cell, 0, len(value))
    return None


def counted(cell: Cell) -> tuple[Cell, Cell] | None:
    """A number and the unit that is printed with it: ``100人``; a percentage is one number."""
    match = re.fullmatch(
        r"(?P<value>[+\-]?[\d,]+(?:\.\d+)?)\s*(?P<unit>[^\d\s.,%]\S{0,5})", cell.text
    )
    if match is None or match["unit"][0] in "-~～—–至％":
        return None
    begin = match.start("unit")
    return part_of(cell, 0, match.end("value")), part_of(cell, begin, match.end("unit"))


def part_of(cell: Cell, begin: int, end: int) -> Cell:
    """The characters of a cell from ``begin`` up to ``end`` (from 0, exclusive)."""
    first = cell.span.start + begin
    return Cell(
        text=cell.text[begin:end],
        span=Span(line=cell.span.line, start=first, end=first + end - begin - 1),
    )


def _longest(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-len(text), text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The cells of a tail, each in its own column."""

    operator: Cell | None
    value: Cell | None
    unit: Cell | None
    weight: Cell | None
    direction: Cell | None
    core: Cell | None


def settle(tail: Mapping[str, Cell | None], words: SheetWords) -> Settled:
    """Take a sign and a unit out of the value that they are printed with; 定性 is no value."""
    operator, value, unit = tail.get("operator"), tail.get("value"), tail.get("unit")
    if operator is None and value is not None and sign_of(value, words) == QUALITATIVE:
        operator, value = value, None
    named = operator is not None and operator.squeezed in words.quantitative
    parts = signed(value, words) if value is not None and (operator is None or named) else None
    if parts is not None:
        operator, value = parts
        count = counted(value) if unit is None else None
        if count is not None:
            value, unit = count
    return Settled(
        operator=operator,
        value=value,
        unit=unit,
        weight=tail.get("weight"),
        direction=tail.get("direction"),
        core=tail.get("core"),
    )
