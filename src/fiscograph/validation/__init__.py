"""Runs the shapes over a graph and returns a typed report."""

from fiscograph.validation.errors import ShapesError
from fiscograph.validation.references import described, unresolved
from fiscograph.validation.report import Report, Violation
from fiscograph.validation.shacl import validate

__all__ = ["Report", "ShapesError", "Violation", "described", "unresolved", "validate"]
