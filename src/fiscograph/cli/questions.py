"""Commands that ask a release, or check a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fiscograph import resources
from fiscograph.cli.application import (
    FINE,
    FOUND,
    Json,
    ReleaseFolder,
    app,
    examples,
    settings_of,
)
from fiscograph.cli.trace_options import (
    Level,
    Phase,
    Ranking,
    RegionCode,
    Rows,
    Shared,
    Shares,
    WholeGraph,
    WithoutBasis,
    Year,
)


@app.command(
    epilog=examples(
        "fiscograph query 'SELECT ?f { ?f a <https://w3id.org/fiscograph#Filing> }'",
        "fiscograph query question.rq --format csv",
        "fiscograph query --examples",
        "fiscograph query --example 01-money-by-policy-number",
    )
)
def query(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="SPARQL，或 .rq 文件，或 - / text, file or stdin.")
    ] = None,
    *,
    release: ReleaseFolder = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", help="table, csv, tsv, json, xml; CONSTRUCT, DESCRIBE: table, json."
        ),
    ] = "table",
    examples: Annotated[
        bool, typer.Option("--examples", help="列出示例查询 / list the example queries.")
    ] = False,
    example: Annotated[
        str | None,
        typer.Option(
            "--example", metavar="NAME", help="运行一个示例查询 / run one, by name or NN."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """查询已发布的数据。Ask the release in SPARQL (SELECT, ASK, CONSTRUCT, DESCRIBE)."""
    from fiscograph.terminal import answered, asking, listed

    if examples:
        listed.show(as_json=json)
        return
    chosen = asking.text_of(text, example)
    question = asking.question(chosen, "json" if json else form)
    with asking.engine(release, settings_of(context)) as engine:
        result = engine.run(question)
    if example is not None and form == "table" and not json:
        listed.introduce(example)
    answered.show(result, form)


@app.command(
    epilog=examples(
        "fiscograph resolve '渝财社[2022]155'",
        "fiscograph resolve 渝财社2022155 --json",
        "fiscograph resolve 社会保险法",
        "fiscograph resolve '2022 155'",
    )
)
def resolve(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="文号（写法不拘）或标题 / a number or a title.")
    ],
    release: ReleaseFolder = None,
    json: Json = False,
) -> None:
    """文号或标题指哪份文件：一份、几份可能的，或相近的。Which document a number or title names."""
    from fiscograph.terminal import resolved

    raise typer.Exit(FINE if resolved.answer(text, release, settings_of(context), json) else FOUND)


@app.command(
    epilog=examples(
        "fiscograph trace 渝财社〔2022〕155号",
        "fiscograph trace '渝财社[2022]155' --json",
        "fiscograph trace 50015223T000003534367",
        "fiscograph trace 重庆市綦江区社会保险事务中心 --format table",
        "fiscograph trace 渝府发〔2005〕121号 --format mermaid",
        "fiscograph trace --ranking --region 500152",
        "fiscograph trace --shared",
        "fiscograph trace --without-basis --year 2023 --format csv",
        "fiscograph trace --shares",
        "fiscograph trace --whole --format graphml > release.graphml",
    )
)
def trace(
    context: typer.Context,
    thing: Annotated[
        str | None,
        typer.Argument(
            metavar="DOCUMENT|PROJECT|ORGANIZATION",
            help="文号、标题、项目编码或名称、部门或单位 / number, title, code, name or IRI.",
        ),
    ] = None,
    ranking: Ranking = False,
    shared: Shared = False,
    without_basis: WithoutBasis = False,
    shares: Shares = False,
    whole: WholeGraph = False,
    year: Year = None,
    phase: Phase = None,
    region: RegionCode = None,
    level: Level = None,
    rows: Rows = 100,
    form: Annotated[
        str | None,
        typer.Option("--format", help="tree, table, json, csv, mermaid, graphml."),
    ] = None,
    release: ReleaseFolder = None,
    json: Json = False,
) -> None:
    """从文件到钱，从项目到依据，从部门到文件。From documents to money, and from money to documents."""
    from fiscograph.terminal import tracing_asked

    asked = tracing_asked.asked(
        thing,
        {
            "ranking": ranking,
            "shared": shared,
            "without-basis": without_basis,
            "shares": shares,
            "whole": whole,
        },
        {"year": year, "phase": phase, "region": region, "level": level},
        rows=rows,
        form="json" if json else form,
    )
    found = tracing_asked.answer(asked, release, settings_of(context))
    raise typer.Exit(FINE if found else FOUND)


@app.command(
    epilog=examples(
        "fiscograph validate data.ttl",
        "fiscograph validate data.ttl organizations.jsonld --html report.html",
        "curl -s https://example.org/data | fiscograph validate - --format ttl",
    )
)
def validate(
    files: Annotated[
        list[str], typer.Argument(help="图数据文件，- 为标准输入 / files of RDF; - is stdin.")
    ],
    form: Annotated[
        str | None,
        typer.Option("--format", help="ttl, nt, nq, trig, jsonld；默认看后缀 / else the suffix."),
    ] = None,
    shapes: Annotated[
        Path | None,
        typer.Option(
            "--shapes", metavar="DIR", help="另用一组约束 / other shapes.", file_okay=False
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="REPORT", help="写成一页报告 / one page that stands on its own."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """核对任何使用本词汇的图数据。Check any graph that uses our vocabulary against the shapes."""
    from fiscograph import validation
    from fiscograph.terminal import validated, validated_page, validated_view

    given = [validation.graph_file(name, form) for name in files]
    if html is not None:
        validated_page.require_writable(html, given)
    checked = validation.validate_files(given, shapes or resources.shapes())
    view = validated_view.validation_view(checked)
    if html is not None:
        validated_page.write(view, html)
    if json or html is None:
        validated.show(view, as_json=json)
    raise typer.Exit(FINE if checked.report.conforms else FOUND)
