"""Bytes in, lines and numeric tokens with their places out; one reader per file format."""

from fiscograph.filings.declaration import Declaration, read_declaration
from fiscograph.filings.text import SourceText, read_text
from fiscograph.filings.tokens import NumericToken, numeric_tokens, token_bounds

__all__ = [
    "Declaration",
    "NumericToken",
    "SourceText",
    "numeric_tokens",
    "read_declaration",
    "read_text",
    "token_bounds",
]
