"""The reader of plain text: which encoding it is in is told by the bytes, never assumed."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from fiscograph.budget import SourceFile
from fiscograph.errors import FilingError

_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_SIGNATURES = {
    b"%PDF": ("a PDF file", "take out its text layer first, for instance with pdftotext -layout"),
    b"PK\x03\x04": ("an Office or ZIP file", "save it as plain text first"),
    b"\xd0\xcf\x11\xe0": ("an old Office file", "save it as plain text first"),
}
# A wrong decoding of another East Asian encoding almost never yields one of these words.
_WITNESSES = ("预算", "决算", "支出", "收入", "单位", "项目")
_ALLOWED_CONTROLS = {"\t", "\n", "\r", "\f"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A decoded file. ``lines`` are what line feeds separate, in order, without them."""

    file: SourceFile
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """The text of a line, numbered from 1."""
        return self.lines[number - 1]


def read_text(data: bytes, name: str) -> SourceText:
    """Decode a filing that is plain text: UTF-8, else GB18030.

    Args:
        data: the bytes of the file.
        name: the file's name, for messages and the record.

    Raises:
        FilingError: empty, binary, of another format or in another encoding.
    """
    _refuse_other_formats(data, name)
    text, encoding = _decode(data, name)
    if not text.strip():
        raise FilingError(name, "the file is empty", way_out="disclose or convert it again")
    _refuse_binary(text, name)
    lines = tuple(text.split("\n"))
    file = SourceFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=encoding,
        lines=len(lines),
    )
    return SourceText(file=file, lines=lines)


def _refuse_other_formats(data: bytes, name: str) -> None:
    for signature, (what, way_out) in _SIGNATURES.items():
        if data.startswith(signature):
            raise FilingError(name, f"this is {what}, not text", way_out=way_out)
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            raise FilingError(
                name, f"encoded as {encoding}; UTF-8 and GB18030 are read", way_out="save as UTF-8"
            )


def _decode(data: bytes, name: str) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        utf8_error = error
    line = data[: utf8_error.start].count(b"\n") + 1
    # A file that is UTF-8 up to its very end was cut within its last character.
    if utf8_error.end >= len(data) and utf8_error.reason == "unexpected end of data":
        raise FilingError(
            name, "cut off within a character at its end", line=line, way_out="fetch it again"
        )
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and any(word in text for word in _WITNESSES) and not _has_private_use(text):
        return text, "GB18030"
    raise FilingError(
        name,
        f"neither UTF-8 nor GB18030 (byte {utf8_error.start + 1} is wrong in UTF-8)",
        line=line,
        way_out="save as UTF-8",
    )


def _has_private_use(text: str) -> bool:
    return any(unicodedata.category(char) in {"Co", "Cn"} for char in text)


def _refuse_binary(text: str, name: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        for char in line:
            if char < " " and char not in _ALLOWED_CONTROLS:
                raise FilingError(
                    name,
                    f"not text: control character U+{ord(char):04X}",
                    line=number,
                    way_out="is this the right file?",
                )
