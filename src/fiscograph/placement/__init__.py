"""Settles which column a number belongs to, and says how sure that is."""

from fiscograph.placement.grids import place_all
from fiscograph.placement.placed import PlacedCell, PlacedGrid, PlacedRow

__all__ = ["PlacedCell", "PlacedGrid", "PlacedRow", "place_all"]
