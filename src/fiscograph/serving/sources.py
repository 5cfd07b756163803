"""The filings' own text, line by line, with every number linked and the contacts blacked out."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_KEY_DIGITS = 16
_BLACK = "█"
_CONTACT = "contact"
_AMOUNT = "printed-amount"
_ENCODINGS = ("utf-8-sig", "gb18030")
# The ledger knows the numbers of a contact; the name beside them is known by its label.
_NAME = re.compile(
    r"(?:联系人|经办人|填报人)(?:员|姓名)?[\s：:]*([\u4e00-\u9fff·]{2,4}?)(?=\s|联系|电话|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters of a line; ``anchor`` names a token, ``amount`` says that it is a
    printed amount with an address of its own.
    """

    text: str
    anchor: str | None = None
    amount: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``number`` counts from 1."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    start: int
    end: int
    bin: str


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

    def lines(self, key: str) -> tuple[Line, ...] | None:
        """The text of a source by the first 16 hexadecimal digits of its SHA-256; None where it is
        not here, or no longer what the release was made of.
        """
        path = self._files.get(key)
        if path is None or not self.ledger.is_file():
            return None
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest()[:_KEY_DIGITS] != key:
            return None
        tokens = self._tokens(key)
        lines = _decoded(content).split("\n")
        return tuple(
            Line(number=number, pieces=_pieces(number, text, tokens.get(number, ())))
            for number, text in enumerate(lines, start=1)
        )

    def _tokens(self, key: str) -> Mapping[int, list[_Token]]:
        found: dict[int, list[_Token]] = {}
        with self.ledger.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["source"] == f"source/{key}":
                    token = _Token(start=int(row["start"]), end=int(row["end"]), bin=row["bin"])
                    found.setdefault(int(row["line"]), []).append(token)
        return found


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _pieces(number: int, text: str, tokens: Iterable[_Token]) -> tuple[Piece, ...]:
    """Cut a line at its tokens. A contact keeps its length, so that places stay true."""
    tokens = sorted(tokens, key=lambda token: token.start)
    text = _blacked_out(text.rstrip("\r"), tokens)
    pieces = []
    done = 0
    for token in tokens:
        start, end = token.start - 1, token.end
        if start < done or end > len(text):
            continue
        if start > done:
            pieces.append(Piece(text=text[done:start]))
        anchor = None if token.bin == _CONTACT else f"L{number}C{token.start}"
        pieces.append(Piece(text=text[start:end], anchor=anchor, amount=token.bin == _AMOUNT))
        done = end
    if done < len(text):
        pieces.append(Piece(text=text[done:]))
    return tuple(pieces)


def _blacked_out(text: str, tokens: Iterable[_Token]) -> str:
    spans = [(token.start - 1, token.end) for token in tokens if token.bin == _CONTACT]
    spans += [match.span(1) for match in _NAME.finditer(text)]
    for start, end in spans:
        text = text[:start] + _BLACK * (min(end, len(text)) - start) + text[end:]
    return text
