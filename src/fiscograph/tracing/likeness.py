"""How much two texts are like each other."""

from __future__ import annotations


def distance(one: str, other: str) -> int:
    """The least number of characters inserted, left out, changed or swapped with their neighbour
    (optimal string alignment).

    >>> distance("渝财社〔2022〕155号", "渝财社〔2202〕155号")
    1
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (char != against))
            swapped = (
                row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == against
            )
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1]


def likeness(one: str, other: str) -> float:
    """1 for equal texts, 0 for texts with nothing in common, in hundredths."""
    longest = max(len(one), len(other))
    return 1.0 if not longest else round(1 - distance(one, other) / longest, 2)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def shared_pairs(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two sets of pairs, in hundredths."""
    count = len(one) + len(other)
    return round(2 * len(one & other) / count, 2) if count else 0.0
