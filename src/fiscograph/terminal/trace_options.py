"""The options of ``fiscograph trace`` that ask for an overview, and those that narrow it."""

# Typer reads the annotations while it makes the command, so they are no forward references.
from typing import Annotated

import typer

_OVERVIEWS = "全部文件，代替文号等 / overviews of the release, in place of one thing"
_NARROWED = "缩小范围，只用于全部文件 / an overview of a part"
Ranking = Annotated[
    bool,
    typer.Option(
        "--ranking", help="文件按金额排名 / documents by money.", rich_help_panel=_OVERVIEWS
    ),
]
Shared = Annotated[
    bool,
    typer.Option(
        "--shared",
        help="几个地区共同依据的文件 / documents of several regions.",
        rich_help_panel=_OVERVIEWS,
    ),
]
WithoutBasis = Annotated[
    bool,
    typer.Option(
        "--without-basis",
        help="没有依据的项目 / projects without a document.",
        rich_help_panel=_OVERVIEWS,
    ),
]
Shares = Annotated[
    bool,
    typer.Option(
        "--shares",
        help="各部门有依据的占比 / money with a document behind it.",
        rich_help_panel=_OVERVIEWS,
    ),
]
WholeGraph = Annotated[
    bool,
    typer.Option("--whole", help="整个发布的图 / the whole graph.", rich_help_panel=_OVERVIEWS),
]
Phase = Annotated[
    str | None,
    typer.Option(
        "--phase", help="approved 预算, executed 决算 / budget phase.", rich_help_panel=_NARROWED
    ),
]
Year = Annotated[
    str | None, typer.Option("--year", help="年度 / fiscal year.", rich_help_panel=_NARROWED)
]
RegionCode = Annotated[
    str | None,
    typer.Option(
        "--region",
        help="地区代码，含下级 / region code with those below.",
        rich_help_panel=_NARROWED,
    ),
]
Level = Annotated[
    str | None,
    typer.Option(
        "--level",
        help="发文层级 / central, province, prefecture or county.",
        rich_help_panel=_NARROWED,
    ),
]
Rows = Annotated[
    int,
    typer.Option("--rows", help="最多列几行 / the most rows.", rich_help_panel=_NARROWED, min=1),
]
