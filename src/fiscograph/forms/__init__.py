"""The nationally known forms as data; decides tables, rows and headers."""

from fiscograph.forms.grid import Column, Grid, NumberCell, Row
from fiscograph.forms.layout import Layout, read_layout
from fiscograph.forms.schema import Form, FormBook, Grammar, load_forms
from fiscograph.forms.sheets.indicators import IndicatorRow
from fiscograph.forms.sheets.sheet import Sheet
from fiscograph.provenance import Span

__all__ = [
    "Column",
    "Form",
    "FormBook",
    "Grammar",
    "Grid",
    "IndicatorRow",
    "Layout",
    "NumberCell",
    "Row",
    "Sheet",
    "Span",
    "load_forms",
    "read_layout",
]
