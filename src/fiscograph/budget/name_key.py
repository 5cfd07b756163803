"""The one function that turns a printed name into a key of an IRI."""

from __future__ import annotations

import unicodedata

# RFC 3987 reserves these in an IRI's path, or forbids them; quotes are added because they are
# printed in many styles. Each becomes its full-width form, so that no percent escape is needed.
_RESERVED = " \"'`<>%{}|\\^#?[]/:@!$&()*+,;="
_FULL_WIDTH = {ord(char): chr(ord(char) + 0xFEE0) for char in _RESERVED if char != " "}
_FULL_WIDTH |= {ord(char): "＂" for char in "“”„‟«»「」『』"}
_FULL_WIDTH |= {ord(char): "＇" for char in "‘’‚‛"}


def name_key(name: str) -> str:
    """NFKC, white space and control characters removed, reserved characters full-width.

    >>> name_key("2023 年安排(本级)")
    '2023年安排（本级）'
    """
    folded = unicodedata.normalize("NFKC", name)
    kept = "".join(
        char
        for char in folded
        if not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )
    return unicodedata.normalize("NFC", kept.translate(_FULL_WIDTH))
