"""The ledger of a source: each numeric token in exactly one bin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fiscograph.budget import Bin, LedgerRow
from fiscograph.filings import NumericToken
from fiscograph.provenance import Place, Span

# What follows or precedes a token that labels and does not measure: dates, ordinals, documents.
_DATES = (
    (re.compile(r"(?:19|20)\d\d"), re.compile(r"\s*年")),
    (re.compile(r"\d{1,2}"), re.compile(r"\s*[月日]")),
    (re.compile(r"\d{1,5}"), re.compile(r"\s*号")),
)
_DOTTED_DATE = re.compile(r"(?:19|20)\d\d\.\d{1,2}\.\d{1,2}")
_DOCUMENT = re.compile(r"[〔\[【﹝（(]\s*\d{4}\s*[〕\]】﹞）)]\s*\d*\s*\Z")
_YEAR_IN_BRACKETS = re.compile(r"[〔\[【﹝（(]\s*\Z")
_ORDINAL = re.compile(r"\A\s*[-(（]*\s*\Z")
_ORDINAL_AFTER = re.compile(r"[.、)）](?!\d)|\s*\Z")
_SHORT = re.compile(r"\d{1,3}")
_LABELLED = re.compile(r"(附件|附表|表|第)\s*[\d\-]*\Z")
# An amount in yuan has up to eleven digits and no letters.
_CODE = re.compile(r"(?=\d*[A-Z])(?:[A-Z]*\d){4}[\dA-Z]*|\d{12,}")


class BinBook:
    """Which characters of a source belong to which bin; what comes first wins."""

    def __init__(self) -> None:
        self._by_line: dict[int, list[tuple[int, int, Bin]]] = {}

    def put(self, spans: Iterable[Span], bin_: Bin) -> None:
        """Give the characters of spans to a bin."""
        for span in spans:
            self._by_line.setdefault(span.line, []).append((span.start, span.end, bin_))

    def bin_at(self, span: Span) -> Bin | None:
        """The bin of the first span that holds a token's first character, or None."""
        for start, end, bin_ in self._by_line.get(span.line, ()):
            if start <= span.start <= end:
                return bin_
        return None


def ledger_rows(
    tokens: Sequence[NumericToken],
    lines: Sequence[str],
    bins: BinBook,
    folded: Iterable[Sequence[Span]] = (),
) -> tuple[LedgerRow, ...]:
    """The rows of the ledger in reading order; a contact's printed text is left empty.

    Args:
        tokens: all tokens of the source, one for each run and line.
        lines: the lines of the source.
        bins: what the forms and the running texts read.
        folded: the pieces of each number that goes on in the next line: one token, a row a line.
    """
    first = {
        (span.line, at): pieces[0].locator
        for pieces in folded
        for span in pieces[1:]
        for at in range(span.start, span.end + 1)
    }
    rows = []
    for token in tokens:
        bin_ = bins.bin_at(token.place.span) or _by_context(token, lines)
        rows.append(
            LedgerRow(
                place=token.place,
                token=first.get((token.place.line, token.place.start), token.place.locator),
                printed="" if bin_ is Bin.CONTACT else token.text,
                bin=bin_,
            )
        )
    return tuple(rows)


def _by_context(token: NumericToken, lines: Sequence[str]) -> Bin:
    """A token that no table took: a label by its neighbours, else unread."""
    line = lines[token.place.line - 1]
    before, after = line[: token.place.start - 1], line[token.place.end :]
    if _CODE.fullmatch(token.text) or _DOTTED_DATE.fullmatch(token.text):
        return Bin.LABEL
    if any(size.fullmatch(token.text) and word.match(after) for size, word in _DATES):
        return Bin.LABEL
    if _YEAR_IN_BRACKETS.search(before) or _DOCUMENT.search(before):
        return Bin.LABEL
    if _LABELLED.search(before):
        return Bin.LABEL
    short = _SHORT.fullmatch(token.text) is not None
    if short and _ORDINAL.match(before) and _ORDINAL_AFTER.match(after):
        return Bin.LABEL
    return Bin.UNREAD


def contact_places(lines: Sequence[str], spans: Iterable[Span], source: str) -> tuple[Place, ...]:
    """The places of names and telephone numbers that are printed as contacts.

    A label may end its line and leave name or number to the next line that prints something; a
    number with its area code, or of a mobile telephone, needs no label.
    """
    found = {Place(source=source, span=span) for span in spans}
    label: str | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        matches = [*_CONTACT.finditer(line), *_TELEPHONE.finditer(line)]
        below = {"name": _NAME_BELOW, "phone": _PHONE_BELOW}.get(label or "")
        if below is not None and (match := below.match(line)) is not None:
            matches.append(match)
        for match in matches:
            group = "name" if match.groupdict().get("name") else "phone"
            span = Span(line=number, start=match.start(group) + 1, end=match.end(group))
            found.add(Place(source=source, span=span))
        end = _LABEL_AT_END.search(line)
        label = None if end is None else "name" if end["name"] else "phone"
    return tuple(sorted(_without_inner(found)))


def _without_inner(places: Iterable[Place]) -> Iterator[Place]:
    """The places that lie in no other: one telephone may be told in two ways."""
    every = list(places)
    for place in every:
        if not any(
            other != place
            and other.line == place.line
            and other.start <= place.start
            and place.end <= other.end
            for other in every
        ):
            yield place


_NAME = r"(?P<name>[\u3400-\u9fff·]{2,6})"
_PHONE = r"(?P<phone>[\d\-—－（）() ]{7,20}\d)"
_NAMED = r"联\s*系\s*人(?:员)?\s*[:：]"
_CALLED = r"(?:联\s*系\s*(?:电\s*话|方\s*式)|电话)\s*[:：]"
_CONTACT = re.compile(rf"{_NAMED}\s*{_NAME}|{_CALLED}\s*{_PHONE}")
_TELEPHONE = re.compile(
    r"(?<![\d.,A-Za-z])(?P<phone>0\d{2,3}[\-—－]\d{7,8}|1[3-9]\d{9})(?![\d.,A-Za-z])"
)
_LABEL_AT_END = re.compile(rf"(?:(?P<name>{_NAMED})|{_CALLED})\s*\Z")
_NAME_BELOW = re.compile(rf"\s*{_NAME}(?=\s*\Z|\s{{2,}}|\s*联\s*系)(?!\s*[:：])")
_PHONE_BELOW = re.compile(rf"\s*{_PHONE}")
