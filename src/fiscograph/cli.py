"""The command line: one function per command; what they do is in the rooms they call."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from fiscograph import resources, settings
from fiscograph.errors import FiscographError, UsageError
from fiscograph.terminal.trace_options import (
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

app = typer.Typer(
    name="fiscograph",
    help="部门预算公开 → 关联开放数据。Budget filings as linked open data.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_FINE, _FOUND, _WRONG, _INTERRUPTED = 0, 1, 2, 130
# typer brings click along in one way or another; this is its error for wrong use in either.
_ClickUsageError: type[Exception] = typer.BadParameter.__bases__[0]

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 / for programs.")]
Filing = Annotated[Path, typer.Argument(help="申报文件 / a filing.", exists=True, dir_okay=False)]
Filings = Annotated[
    list[Path], typer.Argument(help="申报文件 / filings.", exists=True, dir_okay=False)
]
ReleaseFolder = Annotated[
    Path | None, typer.Option("--release", help="发布目录 / folder of a release.", file_okay=False)
]


def _examples(*lines: str) -> str:
    """The end of a command's help: one example a line."""
    return "\n\n".join(("例 / examples:", *lines))


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"fiscograph {resources.program_version()}")
        raise typer.Exit


@app.callback()
def fiscograph(
    context: typer.Context,
    settings_file: Annotated[
        Path | None,
        typer.Option("--settings", metavar="FILE", help="配置文件 / instead of fiscograph.toml."),
    ] = None,
    version: Annotated[  # noqa: ARG001  its callback answers
        bool,
        typer.Option("--version", help="版本 / the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """部门预算公开 → 关联开放数据。Budget filings as linked open data."""
    context.obj = settings_file


@app.command(
    epilog=_examples("fiscograph build", "fiscograph build my-filings --out site --keep-going")
)
def build(
    context: typer.Context,
    filings: Annotated[
        Path | None, typer.Argument(help="申报文件所在目录 / folder of filings.", file_okay=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="发布目录 / where the release goes.")
    ] = None,
    keep_going: Annotated[
        bool,
        typer.Option("--keep-going", help="跳过读不了的文件 / publish without broken filings."),
    ] = False,
    json: Json = False,
) -> None:
    """读取全部申报文件并发布。Read all filings and publish the release."""
    from fiscograph import pipeline
    from fiscograph.terminal import built, console

    chosen = _settings(context)
    with console.progress() as steps:
        summary = pipeline.build(
            filings or chosen.filings,
            out or chosen.published,
            chosen,
            keep_going=keep_going,
            progress=steps,
        )
    built.show(summary, as_json=json)
    raise typer.Exit(_FOUND if summary.failures else _FINE)


@app.command(epilog=_examples("fiscograph serve", "fiscograph serve site --port 9000"))
def serve(
    context: typer.Context,
    release: Annotated[
        Path | None, typer.Argument(help="发布目录 / folder of a release.", file_okay=False)
    ] = None,
    host: Annotated[str, typer.Option(help="地址 / address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 / port.", min=0, max=65535)] = 8000,
    var: Annotated[
        Path | None,
        typer.Option(
            help="程序自己的目录 / the program's own folder; else [paths] var.",
            envvar="FISCOGRAPH_VAR",
            file_okay=False,
        ),
    ] = None,
    log: Annotated[
        Literal["text", "json"],
        typer.Option(help="日志：json 连每次请求 / log: json has every request, a line each."),
    ] = "text",
) -> None:
    """提供网页与 SPARQL 查询，Ctrl-C 结束；发布目录更新后自动换用。Serve pages and SPARQL; a new release in
    the folder is picked up while it runs; Ctrl-C ends it.
    """
    from fiscograph import serving

    chosen = _settings(context)
    serving.serve(
        release or chosen.published,
        host=host,
        port=port,
        filings=chosen.filings,
        var=var or chosen.var,
        log=serving.LogFormat(log),
    )


@app.command(
    epilog=_examples(
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
    raise typer.Exit(_FOUND if strict and not clean else _FINE)


@app.command(
    epilog=_examples(
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


@app.command(
    epilog=_examples(
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
    with asking.engine(release, _settings(context)) as engine:
        result = engine.run(question)
    if example is not None and form == "table" and not json:
        listed.introduce(example)
    answered.show(result, form)


@app.command(
    epilog=_examples(
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
    from fiscograph import tracing
    from fiscograph.terminal import asking, resolved

    with asking.engine(release, _settings(context)) as engine:
        found = tracing.Tracer(engine).resolve(text)
    resolved.show(found, for_programs=json)
    raise typer.Exit(_FINE if found.document is not None else _FOUND)


@app.command(
    epilog=_examples(
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
    found = tracing_asked.answer(asked, release, _settings(context))
    raise typer.Exit(_FINE if found else _FOUND)


@app.command(
    epilog=_examples(
        "fiscograph dump --out fiscograph.nq.gz",
        "fiscograph dump --format jsonld > fiscograph.jsonld",
        "fiscograph dump --format ntriples --compress xz | xz -d | wc -l",
        "fiscograph dump --out fiscograph.xlsx",
        "fiscograph dump --format parquet --out tables",
    )
)
def dump(
    context: typer.Context,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="nquads, turtle, jsonld, trig, ntriples; parquet, xlsx: 表格 / the tables. "
            "默认看 --out 的后缀 / else by --out.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="文件，默认标准输出 / file, else stdout.")
    ] = None,
    compress: Annotated[
        str | None, typer.Option("--compress", help="gz, xz；默认看后缀 / else the suffix.")
    ] = None,
    release: ReleaseFolder = None,
) -> None:
    """把整个图写成一个文件，或把表格写成 Parquet、Excel。The whole graph, or the tables."""
    from fiscograph.terminal import dumped

    dumped.write(release or _settings(context).published, form, out, compress)


@app.command(
    epilog=_examples(
        "fiscograph diff last-year/published published",
        "fiscograph diff old new --html changes.html --csv changes.csv",
        "fiscograph diff old new --json | jq .counts",
    )
)
def diff(
    old: Annotated[Path, typer.Argument(help="旧的发布目录 / older release.", file_okay=False)],
    new: Annotated[Path, typer.Argument(help="新的发布目录 / newer release.", file_okay=False)],
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="REPORT", help="另写成一页 / also as one page of HTML."),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="另写成表 / also as a table, a row a value."),
    ] = None,
    json: Json = False,
) -> None:
    """比较两次发布：增、减、改了哪些文件、项目、金额、政策文件、依据和发现。

    What appeared, vanished or changed from one release to another: filings, projects, amounts,
    policy documents, links, findings. Things are known by what they are, not by the line they are
    printed in, so that a line more at the top of a filing changes nothing.
    Exit code 0: the same; 1: different; 2: it cannot be told.
    """
    from fiscograph import release as releases
    from fiscograph.terminal import compared

    compared.require_writable(tuple(out for out in (html, csv) if out is not None))
    found = releases.compare(old, new)
    compared.write(found, html=html, csv=csv)
    compared.show(found, as_json=json)
    raise typer.Exit(_FINE if found.same else _FOUND)


@app.command(epilog=_examples("fiscograph verify", "fiscograph verify published --deep"))
def verify(
    context: typer.Context,
    release: Annotated[
        Path | None, typer.Argument(help="发布目录 / folder of a release.", file_okay=False)
    ] = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="重读每个图并重算散列值 / read every graph again.")
    ] = False,
    json: Json = False,
) -> None:
    """核对发布目录与清单。Compare a release with its manifest: files, sizes, hashes, counts."""
    from fiscograph import release as releases
    from fiscograph.terminal import verified

    folder = release or _settings(context).published
    troubles = releases.examine(folder, deep=deep)
    verified.show(folder, troubles, deep=deep, as_json=json)
    raise typer.Exit(_FOUND if troubles else _FINE)


@app.command(
    epilog=_examples(
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
    raise typer.Exit(_FINE if checked.report.conforms else _FOUND)


def run(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code: 0 fine, 1 found what was asked for, 2 wrong use."""
    from fiscograph.terminal import mistakes

    try:
        code = app(args=arguments, prog_name="fiscograph", standalone_mode=False)
    except FiscographError as error:
        mistakes.report(error)
        return _FOUND if mistakes.is_violation(error) else _WRONG
    except _ClickUsageError as error:
        mistakes.report_usage(error)
        return _WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FINE
    except OSError as error:
        mistakes.report(UsageError(f"{error.filename or 'file'}: {error.strerror or error}"))
        return _WRONG
    except (typer.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    return code if isinstance(code, int) else _FINE


def main() -> None:
    """The console script."""
    sys.exit(run())


def _settings(context: typer.Context) -> settings.Settings:
    return settings.load(Path.cwd(), context.obj)
