"""Settles which column a number belongs to, and says how sure that is."""

from fiscograph.placement.grids import PlacedCell, PlacedGrid, PlacedRow, place_all

__all__ = ["PlacedCell", "PlacedGrid", "PlacedRow", "place_all"]
