"""Commands that make a release, check it, and give it away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from fiscograph.cli.application import (
    FINE,
    FOUND,
    Json,
    ReleaseFolder,
    app,
    examples,
    settings_of,
)


@app.command(
    epilog=examples("fiscograph build", "fiscograph build my-filings --out site --keep-going")
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

    chosen = settings_of(context)
    with console.progress() as steps:
        summary = pipeline.build(
            filings or chosen.filings,
            out or chosen.published,
            chosen,
            keep_going=keep_going,
            progress=steps,
        )
    built.show(summary, as_json=json)
    raise typer.Exit(FOUND if summary.failures else FINE)


@app.command(epilog=examples("fiscograph verify", "fiscograph verify published --deep"))
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

    folder = release or settings_of(context).published
    troubles = releases.examine(folder, deep=deep)
    verified.show(folder, troubles, deep=deep, as_json=json)
    raise typer.Exit(FOUND if troubles else FINE)


@app.command(
    epilog=examples(
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
    raise typer.Exit(FINE if found.same else FOUND)


@app.command(
    epilog=examples(
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

    dumped.write(release or settings_of(context).published, form, out, compress)


@app.command(
    epilog=examples(
        "fiscograph site --out site",
        "fiscograph site --out site --server https://data.example.org",
    )
)
def site(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option("--out", help="写到这个目录 / folder to write.", file_okay=False)
    ],
    release: ReleaseFolder = None,
    server: Annotated[
        str | None,
        typer.Option(
            "--server",
            metavar="URL",
            help="查询等须由服务器回答的，链接到这里 / where a server answers what files cannot.",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="换上之前查完所有链接 / follow every link before the switch."),
    ] = False,
) -> None:
    """把全部网页和数据写成文件，任何静态主机都能发布。Write all pages and data as files for a plain host."""
    from fiscograph.serving.static_site import publish_site
    from fiscograph.terminal import console

    chosen = settings_of(context)
    with console.progress() as steps:
        written = publish_site(
            release or chosen.published,
            out,
            filings=chosen.filings,
            var=chosen.var,
            server=server,
            check=check,
            progress=steps,
        )
    console.messages().print(
        f"{out}: {written.pages:,} 页 pages, {written.files:,} 个文件 files, {written.size:,} 字节 bytes"
    )


@app.command(epilog=examples("fiscograph serve", "fiscograph serve site --port 9000"))
def serve(
    context: typer.Context,
    release: Annotated[
        Path | None, typer.Argument(help="发布目录 / folder of a release.", file_okay=False)
    ] = None,
    host: Annotated[str, typer.Option(help="地址 / address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 / port.", min=0, max=65535)] = 8000,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            help="可信的反向代理 / a reverse proxy whose X-Forwarded-For is believed; repeatable.",
        ),
    ] = None,
    var: Annotated[
        Path | None,
        typer.Option(
            help="程序自己的目录 / the program's own folder; else [paths] var.",
            envvar="FISCOGRAPH_VAR",
            file_okay=False,
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="查询进程数，忙时加倍 / processes for queries, twice as many when busy; "
            "else [queries] workers.",
            min=1,
            max=256,
        ),
    ] = None,
    log: Annotated[
        Literal["text", "json"],
        typer.Option(help="日志：json 连每次请求 / log: json has every request, a line each."),
    ] = "text",
) -> None:
    """提供网页与 SPARQL 查询，Ctrl-C 结束；发布目录更新后自动换用。Serve pages and SPARQL; a new release in
    the folder is picked up while it runs; Ctrl-C ends it.

    查询的时间、行数、字节上限见 fiscograph.toml 的 [queries] / limits of queries: [queries] in fiscograph.toml.
    """
    from fiscograph import serving

    chosen = settings_of(context)
    serving.serve(
        release or chosen.published,
        host=host,
        port=port,
        filings=chosen.filings,
        proxies=proxy or (),
        var=var or chosen.var,
        limits=serving.public_limits(chosen.queries),
        workers=workers or chosen.queries.workers,
        log=serving.LogFormat(log),
    )
