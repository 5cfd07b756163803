"""The filings' own text, line by line, with every number linked and the contacts blacked out."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from fiscograph.serving.things.spans import Span

_KEY_DIGITS = 16
_BLACK = "█"
_CONTACT = "contact"
_ENCODINGS = ("utf-8-sig", "gb18030")
# The ledger knows the numbers of a contact; the name beside them is known by its label.
_NAME = re.compile(
    r"(?:联系人|经办人|填报人)(?:员|姓名)?[\s：:]*([\u4e00-\u9fff·]{2,4}?)(?=\s|联系|电话|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Characters of which the release says something: from ``start`` to ``end``, both counted from
    1 and both in it; ``href`` is where it says so, ``mark`` how they are shown.
    """

    line: int
    start: int
    end: int
    href: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters of a line; ``anchor`` names what starts there."""

    text: str
    anchor: str | None = None
    href: str | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``number`` counts from 1."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)  # no slots: cached_property needs a __dict__
class Sources:
    """The source files of a release.

    ``filings`` is the folder of the files as disclosed, None where the server has none;
    ``ledger`` the release's ledger. Without the ledger no text is shown: it alone tells contacts.
    """

    filings: Path | None
    ledger: Path

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        if self.filings is None or not self.filings.is_dir():
            return {}
        files = (path for path in sorted(self.filings.rglob("*")) if path.is_file())
        return {
            hashlib.sha256(path.read_bytes()).hexdigest()[:_KEY_DIGITS]: path
            for path in files
            if path.suffix != ".toml"
        }

    @property
    def keys(self) -> tuple[str, ...]:
        """The sources whose text is here, sorted."""
        return tuple(sorted(self._files)) if self.ledger.is_file() else ()

    def text(self, key: str) -> Iterable[str] | None:
        """The lines of a source as :meth:`lines` gives them, each in one piece."""
        lines = self.lines(key)
        if lines is None:
            return None
        return ("".join(piece.text for piece in line.pieces) for line in lines)

    def lines(
        self, key: str, span: Span | None = None, places: Iterable[Place] = ()
    ) -> tuple[Line, ...] | None:
        """The text of a source by the first 16 hexadecimal digits of its SHA-256, all of it or some
        lines, with ``places`` marked; None where it is not here, or no longer what the release was
        made of.
        """
        path = self._files.get(key)
        if path is None or not self.ledger.is_file():
            return None
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest()[:_KEY_DIGITS] != key:
            return None
        contacts = self._contacts(key)
        by_line: dict[int, list[Place]] = {}
        for place in places:
            by_line.setdefault(place.line, []).append(place)
        lines = _decoded(content).split("\n")
        shown = Span(first=1, last=len(lines)) if span is None else span
        return tuple(
            Line(
                number=number,
                pieces=_pieces(
                    number,
                    _blacked_out(text.rstrip("\r"), contacts.get(number, ())),
                    by_line.get(number, ()),
                ),
            )
            for number, text in enumerate(lines[shown.first - 1 : shown.last], start=shown.first)
        )

    def _contacts(self, key: str) -> Mapping[int, list[tuple[int, int]]]:
        """The contacts of a source by line, as offsets from 0."""
        return self._contacts_of_all.get(f"source/{key}", {})

    @cached_property
    def _contacts_of_all(self) -> Mapping[str, Mapping[int, list[tuple[int, int]]]]:
        """The contacts of every source: few of the ledger's lines, which are read once; the others are
        passed over unread, as no cell of the ledger has a line break.
        """
        found: dict[str, dict[int, list[tuple[int, int]]]] = {}
        with self.ledger.open(encoding="utf-8", newline="") as file:
            told = (line for line in file if f",{_CONTACT}" in line)
            for row in csv.DictReader(chain([next(file, "")], told)):
                if row["bin"] == _CONTACT:
                    span = (int(row["start"]) - 1, int(row["end"]))
                    lines = found.setdefault(row["source"], {})
                    lines.setdefault(int(row["line"]), []).append(span)
        return found


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _pieces(number: int, text: str, places: Iterable[Place]) -> tuple[Piece, ...]:
    """Cut a line at its places. Of places that overlap the first is shown, the longer of two that
    start together; the others keep an anchor, so that a link to them still arrives.
    """
    pieces: list[Piece] = []
    done = 0
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        start, end = place.start - 1, min(place.end, len(text))
        anchor = f"L{number}C{place.start}"
        if start < done:
            if anchor not in {piece.anchor for piece in pieces}:
                pieces.append(Piece(text="", anchor=anchor))
            continue
        if start > done:
            pieces.append(Piece(text=text[done:start]))
        pieces.append(Piece(text=text[start:end], anchor=anchor, href=place.href, mark=place.mark))
        done = end
    if done < len(text):
        pieces.append(Piece(text=text[done:]))
    return tuple(pieces)


def _blacked_out(text: str, contacts: Iterable[tuple[int, int]]) -> str:
    """A contact keeps its length, so that places stay true."""
    for start, end in [*contacts, *(match.span(1) for match in _NAME.finditer(text))]:
        text = text[:start] + _BLACK * (min(end, len(text)) - start) + text[end:]
    return text
