"""What all commands share: the application, its options and its exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fiscograph import resources, settings

app = typer.Typer(
    name="fiscograph",
    help="部门预算公开 → 关联开放数据。Budget filings as linked open data.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

FINE, FOUND = 0, 1

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出 / for programs.")]
Filing = Annotated[Path, typer.Argument(help="申报文件 / a filing.", exists=True, dir_okay=False)]
Filings = Annotated[
    list[Path], typer.Argument(help="申报文件 / filings.", exists=True, dir_okay=False)
]
ReleaseFolder = Annotated[
    Path | None, typer.Option("--release", help="发布目录 / folder of a release.", file_okay=False)
]


def examples(*lines: str) -> str:
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


def settings_of(context: typer.Context) -> settings.Settings:
    """The settings of the file that was named, else of the nearest.

    Raises:
        SettingsError: they cannot be used.
    """
    return settings.load(Path.cwd(), context.obj)
