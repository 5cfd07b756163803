"""From a policy document to the money and back: the resolver, answers, and their graphs."""

from fiscograph.tracing.answers import (
    Basis,
    DocumentMoney,
    FundedProject,
    Funding,
    OrganizationDocuments,
    Part,
    ProjectBasis,
    Ranking,
    Share,
    Shares,
    Total,
    Unfounded,
    Unfoundeds,
    UnionTotal,
)
from fiscograph.tracing.details import VAGUE
from fiscograph.tracing.documents import Document, Documents, Step
from fiscograph.tracing.graphs import graph_of
from fiscograph.tracing.index import index_of, made_index_of
from fiscograph.tracing.mention import Mention
from fiscograph.tracing.number import normal_form
from fiscograph.tracing.overview import Wanted
from fiscograph.tracing.relations import Possible, Relation
from fiscograph.tracing.resolver import Candidate, Found, Resolution, resolve
from fiscograph.tracing.rules import Rule
from fiscograph.tracing.trace import Trace, trace
from fiscograph.tracing.tracer import Answer, Meant, Thing, Tracer
from fiscograph.tracing.written import as_csv, as_graphml, as_json, as_mermaid, graphml_lines, plain

__all__ = [
    "VAGUE",
    "Answer",
    "Basis",
    "Candidate",
    "Document",
    "DocumentMoney",
    "Documents",
    "Found",
    "FundedProject",
    "Funding",
    "Meant",
    "Mention",
    "OrganizationDocuments",
    "Part",
    "Possible",
    "ProjectBasis",
    "Ranking",
    "Relation",
    "Resolution",
    "Rule",
    "Share",
    "Shares",
    "Step",
    "Thing",
    "Total",
    "Trace",
    "Tracer",
    "Unfounded",
    "Unfoundeds",
    "UnionTotal",
    "Wanted",
    "as_csv",
    "as_graphml",
    "as_json",
    "as_mermaid",
    "graph_of",
    "graphml_lines",
    "index_of",
    "made_index_of",
    "normal_form",
    "plain",
    "resolve",
    "trace",
]
