"""The pages of ``fiscograph query --examples`` and of the example that it runs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from fiscograph.queries import example_queries, example_query
from fiscograph.terminal.console import plain_table, results


def show(*, as_json: bool) -> None:
    """Print the names and questions of all example queries; everything of them for programs."""
    if as_json:
        everything = [asdict(example) for example in example_queries()]
        sys.stdout.write(json.dumps(everything, ensure_ascii=False, indent=2) + "\n")
        return
    table = plain_table("NAME", "问题 / question")
    for example in example_queries():
        table.add_row(example.name, f"{example.question_zh}\n{example.question_en}")
    results().print(table)


def introduce(name: str) -> None:
    """Print the question that an example answers, its columns and how it counts."""
    example = example_query(name)
    out = results()
    out.print(f"{example.question_zh}\n{example.question_en}", markup=False)
    for column in example.columns:
        out.print(f"  {column.name}：{column.zh} / {column.en}", markup=False)
    out.print(f"{example.rule_zh}\n{example.rule_en}\n", markup=False)
