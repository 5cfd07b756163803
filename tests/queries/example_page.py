"""The page of the example queries.

``python -m tests.queries.example_page`` writes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fiscograph.queries import ExampleQuery, example_queries

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/example-queries.md"
_HEAD = """\
# 示例查询 / Example queries

Each answers one question about a release, on any SPARQL 1.1 engine that holds its dumps. `fiscograph query --examples` lists them, `fiscograph query --example NAME` runs one (its number alone will do). To ask the same of another document, project or unit, change the value after `VALUES`.

金额一律为元。Amounts are in yuan. This page is made from the files in `src/fiscograph/queries/examples/` by `python -m tests.queries.example_page`.
"""


def page() -> str:
    return "".join([_HEAD, *(f"\n{part}" for part in map(_section, example_queries()))])


def _section(example: ExampleQuery) -> str:
    return "\n".join(_lines(example))


def _lines(example: ExampleQuery) -> Iterator[str]:
    yield f"## {example.name}"
    yield ""
    yield f"**{example.title_zh} / {example.title_en}**"
    yield ""
    yield f"{example.question_zh} {example.question_en}"
    yield ""
    yield f"{example.rule_zh} {example.rule_en}"
    yield ""
    yield "| 列 / column | 含义 | meaning |"
    yield "|---|---|---|"
    yield from (f"| `{column.name}` | {column.zh} | {column.en} |" for column in example.columns)
    yield ""
    yield "```sparql"
    yield from (line for line in example.text.rstrip("\n").split("\n") if not line.startswith("#"))
    yield "```"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
