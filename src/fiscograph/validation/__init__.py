"""Runs the shapes over a graph and returns a typed report."""

from fiscograph.validation.errors import GraphUnreadable, NothingToCheck, ShapesError
from fiscograph.validation.files import Checked, validate_files
from fiscograph.validation.reading import FORMATS, GraphFile, graph_file
from fiscograph.validation.references import described, of_other_class, types_of, unresolved
from fiscograph.validation.report import Elsewhere, Report, Violation
from fiscograph.validation.shacl import validate
from fiscograph.validation.terms import Undeclared

__all__ = [
    "FORMATS",
    "Checked",
    "Elsewhere",
    "GraphFile",
    "GraphUnreadable",
    "NothingToCheck",
    "Report",
    "ShapesError",
    "Undeclared",
    "Violation",
    "described",
    "graph_file",
    "of_other_class",
    "types_of",
    "unresolved",
    "validate",
    "validate_files",
]
