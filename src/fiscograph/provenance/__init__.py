"""Where a value is printed: the cellar room that every other room may import."""

from fiscograph.provenance.place import Place, Span

__all__ = ["Place", "Span"]
