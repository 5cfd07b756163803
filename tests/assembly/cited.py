"""Filings of a few sentences, to see what their citations become."""

from __future__ import annotations

from dataclasses import replace

from tests.golden.disclosed import QIJIANG_DATA, facts_of

from fiscograph.assembly.mentions import Cited, citations_of
from fiscograph.budget import FilingFacts, FilingId, TextField
from fiscograph.provenance import Place, Span
from fiscograph.vocabulary.codelists import load_code_lists

LISTS = load_code_lists()


def facts_with(
    *projects: str, region: str = "500110", body: str = "1", targets: str = ""
) -> FilingFacts:
    """Facts of a filing whose projects' 立项依据 are these texts, one a line."""
    base = facts_of(QIJIANG_DATA)
    name = FilingId(region=region, body=body, year=2023, kind="unit-budget")
    source = replace(base.filing.sources[0], sha256=f"{body}{region}".rjust(64, "0"))
    filing = replace(base.filing, id=name, region=region, sources=(source,))
    lines = [*projects, targets]
    fields = [
        TextField(
            field="立项依据",
            text=line,
            parts=(
                Place(source=source.sha256, span=Span(line=number, start=1, end=len(line) or 1)),
            ),
        )
        for number, line in enumerate(lines, 1)
    ]
    read: Cited = citations_of(
        filing,
        [(f"p{at}", f"code{at}", [field]) for at, field in enumerate(fields[:-1], 1)],
        [fields[-1]] if targets else [],
        (),
        (),
        lines=lines,
        lists=LISTS,
    )
    return replace(base, filing=filing, citations=read.citations, relations=read.relations)
