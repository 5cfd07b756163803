"""Commands that look at one filing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fiscograph.cli.application import (
    FINE,
    FOUND,
    Filing,
    Filings,
    Json,
    app,
    examples,
)


@app.command(
    epilog=examples(
        "fiscograph check filings/500152-426-2023.txt",
        "fiscograph check filings/500152-426-2023.txt --html report.html",
        "fiscograph check --strict filings/*.txt",
    )
)
def check(
    filings: Filings,
    strict: Annotated[
        bool, typer.Option("--strict", help="有发现或未读出的数字即返回 1 / exit 1 on findings.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="REPORT", help="写成一页报告 / one page that stands on its own."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """核对申报文件：合计、数字去向、未读出的数字、矛盾之处。What is read, unread, contradictory."""
    from fiscograph import pipeline
    from fiscograph.terminal import checked, console, report

    if html is not None:
        report.require_writable(html, filings)
    with console.progress() as steps:
        facts = tuple(
            pipeline.read_filing(path)
            for path in console.counted(filings, steps, lambda path: path.name)
        )
    if html is not None:
        report.write(facts[0], pipeline.printed_lines(filings[0], facts[0]), html)
    if json or html is None:
        checked.show(facts, as_json=json)
    clean = all(checked.is_clean(one) for one in facts)
    raise typer.Exit(FOUND if strict and not clean else FINE)


@app.command(
    epilog=examples(
        "fiscograph show filings/500152-426-2023.txt",
        "fiscograph show filings/500152-426-2023.txt --table 3",
    )
)
def show(
    filing: Filing,
    table: Annotated[
        int | None, typer.Option("--table", metavar="N", help="只看第 N 张表 / one table.", min=1)
    ] = None,
    json: Json = False,
) -> None:
    """逐格显示读到的表格与定列。The grids as they were seen, cell by cell, with placements."""
    from fiscograph import pipeline
    from fiscograph.terminal import seen

    seen.show(pipeline.show(filing, table), as_json=json)
