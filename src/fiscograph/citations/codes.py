"""Where an issuer code begins: it has no mark at its left end.

A code that the list knows counts only where what stands before it cannot be its beginning: 綦财社
ends in 财社 and 通川府发 in 川府发, yet both are other issuers'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fiscograph.budget import Issuer, Sign
from fiscograph.citations.words import load_words

LONGEST = 8
_LOOKED_BACK = 14
_LONGEST_SIGN = 4
_SHORTEST = 2
# Any district's own: 区府发, 县财社, 市人社发.
_KINDS_OF_DIVISION = frozenset("省区县市州旗盟镇乡")
LISTED, RECALLED, CUT, GUESSED = Decimal(1), Decimal("0.9"), Decimal("0.7"), Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """A code at the end of a lead: how many characters it has there, and how sure it is."""

    code: str
    length: int
    score: Decimal

    @property
    def known(self) -> bool:
        return self.score >= RECALLED


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBook:
    """The codes of the issuers' list, and the signs that open the codes of regions."""

    issuers: Mapping[str, Issuer]
    signs: Mapping[str, Sign]

    def code_at_end(self, lead: str, parted: Callable[[int], bool]) -> FoundCode | None:
        """The issuer code that a run of Chinese characters ends with.

        Args:
            lead: what stands before the bracket, without white space, up to the next mark.
            parted: whether white space stands before the last so many characters.
        """
        lead = lead[-_LOOKED_BACK:]
        for length in range(len(lead), 1, -1):
            code = lead[-length:]
            if code in self.issuers:
                start = length
                while start < len(lead) and not parted(start):
                    start += 1
                return self._listed(lead[len(lead) - start : -length], code)
        return self._unlisted(lead)

    def names_an_owner(self, title: str) -> bool:
        """Whether a title names a division or a body of the whole state: whose it is."""
        return any(word in title for word in load_words().whose) or any(
            title[start : start + length] in self.signs
            for start in range(len(title))
            for length in range(_SHORTEST, _LONGEST_SIGN + 1)
        )

    def sign_of(self, code: str) -> Sign | None:
        """The longest sign of a region that opens a code and leaves something of it."""
        for length in range(min(_LONGEST_SIGN, len(code) - 1), 0, -1):
            sign = self.signs.get(code[:length])
            if sign is not None:
                return sign
        return None

    def _listed(self, before: str, code: str) -> FoundCode:
        """A listed code, or the longer one of which it is the end: 深 + 财社 is no 财社."""
        issuer = self.issuers[code]
        sure = RECALLED if issuer.confidence == "recalled" else LISTED
        known = FoundCode(code=issuer.canonical, length=len(code), score=sure)
        if not before or (ends_in_a_word(before) and not self._ends_in_a_place(before)):
            return known
        longer = self._longer(before, code)
        if longer is not None:
            return FoundCode(code=longer, length=len(longer), score=CUT)
        if self.sign_of(code) is not None:
            return known
        if code.startswith(load_words().central):
            return FoundCode(code=issuer.canonical, length=len(code), score=CUT)
        before = before[words_before(before, 1) :]
        longer = (before if len(before) <= _SHORTEST else before[-1]) + code
        score = CUT if len(before) <= _SHORTEST else GUESSED
        return FoundCode(code=longer, length=len(longer), score=score)

    def _ends_in_a_place(self, before: str) -> bool:
        """Whether 和 is the end of 云和, or 城 of 东城."""
        return any(before[-length:] in self.signs for length in range(_SHORTEST, _LONGEST_SIGN + 1))

    def _longer(self, before: str, code: str) -> str | None:
        """The code with what belongs to it before: 綦 + 财社, 通 + 川府发, 区 + 财社."""
        inners = (0, 1, 2) if self.sign_of(code) is None else (1, 2)
        for taken in range(min(_LONGEST_SIGN, len(before)), 0, -1):
            head = before[-taken:]
            if any(head + code[:inner] in self.signs for inner in inners):
                return head + code
        district = before[-1] in _KINDS_OF_DIVISION and self.sign_of(code) is None
        return before[-1] + code if district else None

    def _unlisted(self, lead: str) -> FoundCode | None:
        words = load_words()
        cut = words_before(lead)
        rest, sure = lead[cut:], cut > 0 or len(lead) < _LOOKED_BACK
        if len(rest) > LONGEST or self.sign_of(rest) is None:
            signed = self._from_sign(rest)
            if signed is not None:
                rest = signed
            elif len(rest) > LONGEST:
                rest, sure = _while_in_alphabet(rest), False
        if len(rest) < _SHORTEST or rest.endswith(words.not_codes):
            return None
        return FoundCode(code=rest, length=len(rest), score=CUT if sure else GUESSED)

    def _from_sign(self, rest: str) -> str | None:
        """The code from the last sign of a sure region on, of at most 8 characters.

        A sign that is the end of a longer one, as 川 is of 通川, is none.
        """
        for start in range(len(rest) - _SHORTEST, max(-1, len(rest) - LONGEST - 1), -1):
            sign = self.sign_of(rest[start:])
            if sign is None or sign.region is None:
                continue
            for earlier in (3, 2, 1):
                if start >= earlier and any(
                    rest[start - earlier : end] in self.signs for end in (start + 1, start + 2)
                ):
                    return rest[start - earlier :]
            return rest[start:]
        return None


def ends_in_a_word(before: str) -> bool:
    """Whether what stands before a code is a word that introduces it."""
    words = load_words()
    if before[-1] in words.introduced_by_one or before[-1] == "经":
        return True
    return any(match.end() == len(before) for match in words.introduced.finditer(before))


def words_before(lead: str, least: int = _SHORTEST) -> int:
    """Where the words that introduce a code end; 0 where none leaves ``least`` characters."""
    words = load_words()
    ends = (match.end() for match in words.introduced.finditer(lead))
    end = max((end for end in ends if len(lead) - end >= least), default=0)
    while len(lead) - end > least and (
        lead[end] in words.introduced_by_one
        or (lead[end] == "经" and lead[end + 1] not in words.jing_begins)
    ):
        end += 1
    return end


def _while_in_alphabet(rest: str) -> str:
    """The end of a text as far back as its characters are such as codes are made of."""
    length = 0
    while length < LONGEST and rest[-length - 1] in load_words().alphabet:
        length += 1
    return rest[-length:] if length >= _SHORTEST else rest[-LONGEST:]
