"""Answers for programs: JSON, CSV, and graphs as Mermaid and GraphML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from fiscograph.tracing.answers import (
    FundedProject,
    Funding,
    OrganizationDocuments,
    ProjectBasis,
    Ranking,
    Shares,
    Unfoundeds,
)
from fiscograph.tracing.graphs import graph_of, told


def as_json(value: object) -> Any:
    """An answer as a JSON value: fields by their names, amounts as texts of plain decimals (a
    binary float would not hold them).
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    return value


def plain(amount: Decimal) -> str:
    """An amount as the tables print it.

    >>> plain(Decimal("41440000.00")), plain(Decimal("0.50"))
    ('41440000', '0.5')
    """
    text = format(amount, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def as_csv(answer: object) -> str:
    """The rows of an answer with a header; several values of one field are joined by ``|``. An
    amount of yuan is a plain decimal.

    Raises:
        TypeError: it is no answer of tracing.
    """
    match answer:
        case Funding() | ProjectBasis() | OrganizationDocuments():
            rows: Iterable[Mapping[str, object]] = [_project(one) for one in answer.projects]
            header = list(_PROJECT)
        case Ranking() | Unfoundeds() | Shares():
            rows = [_flat(one) for one in answer.rows]
            header = list(dict.fromkeys(name for row in rows for name in row))
        case _:
            raise TypeError(f"no answer of tracing: {type(answer).__name__}")
    out = io.StringIO()
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


_PROJECT = (
    "relation", "documents", "scores", "inferred", "steps", "project_budget", "project_code", "project_name", "unit",
    "department", "region", "fiscal_year", "phase", "amount_cny", "covered", "other_documents",
    "functions", "printed", "printed_unit", "source_file", "line", "via", "sentences",
)  # fmt: skip


def _project(one: FundedProject) -> Mapping[str, object]:
    values = (
        one.relation,
        _joined(basis.label for basis in one.bases),
        _joined(plain_score(basis.score) for basis in one.bases),
        one.inferred,
        _joined(f"{s.document} {s.relation} {s.of}" for basis in one.bases for s in basis.steps),
        one.project_budget,
        one.code,
        one.name,
        one.unit,
        one.department,
        one.region_name,
        one.fiscal_year,
        one.phase,
        None if one.amount_cny is None else plain(one.amount_cny),
        one.covered,
        _joined(one.other_documents),
        _joined(f"{f.code or f.concept} {plain(f.amount_cny)}" for f in one.functions),
        one.printed,
        one.printed_unit,
        one.source_file,
        one.line,
        _joined(f"{m.field} {m.source_file or m.source}:{m.line} {m.text}" for m in one.via),
        _joined(dict.fromkeys(m.sentence for m in one.via if m.sentence)),
    )
    return dict(zip(_PROJECT, values, strict=True))


def plain_score(score: float) -> str:
    """A score as people read it.

    >>> plain_score(1.0), plain_score(0.6)
    ('1', '0.6')
    """
    return f"{score:g}"


def _flat(row: object) -> Mapping[str, object]:
    found = as_json(row)
    if "regions" in found:
        found["regions"] = _joined(
            f"{one['name'] or one['region']} {one['amount_cny']}" for one in found["regions"]
        )
    result: Mapping[str, object] = found
    return result


def _joined(texts: Iterable[str]) -> str:
    return "|".join(text.replace("|", "｜") for text in texts)


def as_graphml(answer: Funding | ProjectBasis | OrganizationDocuments) -> str:
    """The answer's graph in GraphML (http://graphml.graphdrawing.org/specification.html).

    Nodes are IRIs with ``kind`` and ``label``; amounts are texts of plain decimals, in yuan.
    """
    told_of = graph_of(answer)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for node, data in told_of.nodes(data=True):
        graph.add_node(node, kind=data["kind"], label=data["label"])
    for start, end, data in told_of.edges(data=True):
        graph.add_edge(start, end, **_texts(data))
    return "".join(graphml_lines(graph))


_GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def graphml_lines(graph: nx.DiGraph[str]) -> Iterator[str]:
    """A graph with texts as attributes in GraphML, element by element: beside the graph itself
    nothing of it is held.

    Args:
        graph: its attributes are texts; characters that XML does not take are left out.
    """
    keys: dict[tuple[str, str], str] = {}
    named = chain(
        (("node", name) for _, data in graph.nodes(data=True) for name in data),
        (("edge", name) for _, _, data in graph.edges(data=True) for name in data),
    )
    for one in named:
        keys.setdefault(one, f"d{len(keys)}")
    yield _GRAPHML
    for (of, name), key in keys.items():
        yield f'  <key id="{key}" for="{of}" attr.name={quoteattr(name)} attr.type="string"/>\n'
    yield '  <graph edgedefault="directed">\n'
    for node, data in graph.nodes(data=True):
        yield f"    <node id={quoteattr(node)}>{_data('node', data, keys)}</node>\n"
    for start, end, data in graph.edges(data=True):
        ends = f"source={quoteattr(start)} target={quoteattr(end)}"
        yield f"    <edge {ends}>{_data('edge', data, keys)}</edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(of: str, data: Mapping[str, str], keys: Mapping[tuple[str, str], str]) -> str:
    return "".join(
        f'<data key="{keys[of, name]}">{escape(_visible(text))}</data>'
        for name, text in data.items()
    )


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    texts = {"relation": data["relation"]}
    if "score" in data:
        texts["score"] = plain_score(data["score"])
        texts["inferred"] = str(data["inferred"]).lower()
    if data.get("amount") is not None:
        texts["amount_cny"] = plain(data["amount"])
    texts.update(
        (f"amount_cny_{year or ''}_{phase or ''}", plain(amount))
        for (year, phase), amount in data.get("amounts", {}).items()
    )
    return texts


def as_mermaid(answer: Funding | ProjectBasis | OrganizationDocuments) -> str:
    """The answer's graph as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html)."""
    graph = graph_of(answer)
    names = {node: f"n{at}" for at, node in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    for node, data in graph.nodes(data=True):
        open_, close = _SHAPES.get(data["kind"], ("[", "]"))
        lines.append(f'  {names[node]}{open_}"{_quoted(data["label"])}"{close}')
    for start, end, data in graph.edges(data=True):
        said = told(data)
        label = f'|"{_quoted(said)}"|' if said else ""
        lines.append(f"  {names[start]} -->{label} {names[end]}")
    return "\n".join(lines) + "\n"


_SHAPES = {
    "policy": ("([", "])"),
    "project-budget": ("[", "]"),
    "unit": ("(", ")"),
    "department": ("[[", "]]"),
    "function": ("{{", "}}"),
    "indicator": (">", "]"),
}


def _quoted(text: str) -> str:
    """A text within quotes: Mermaid takes characters by their numbers, as ``#34;``."""
    signs = {'"': "#34;", "#": "#35;", "<": "#60;", ">": "#62;", "&": "#38;", "`": "#96;"}
    return "".join(signs.get(char, char) for char in _visible(text))


def _visible(text: str) -> str:
    """The text in one line, without characters that XML does not take."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
