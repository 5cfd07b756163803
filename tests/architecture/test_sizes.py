"""Modules aim below 300 lines and stop at 500; functions aim below 40 and stop at 60."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/fiscograph"
MODULE_AIM, MODULE_STOP = 300, 500
FUNCTION_AIM, FUNCTION_STOP = 40, 60
# Of all modules or functions, how many may miss the aim before it is one no more.
SHARE_OVER_AIM = 0.05
# Written by a program (python -m fiscograph.vocabulary.generate), so that its length is nobody's.
GENERATED = {SOURCE / "vocabulary/terms.py"}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if path not in GENERATED)


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions() -> Iterator[tuple[str, int]]:
    """Each function with its number of lines, docstring not counted."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                end = node.end_lineno or node.lineno
                first = node.body[0]
                docstring = ast.get_docstring(node, clean=False) is not None
                told = (first.end_lineno or first.lineno) - first.lineno + 1 if docstring else 0
                yield (
                    f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
                    end - node.lineno + 1 - told,
                )


def test_no_module_passes_the_stop() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    long = {str(path): lines_of(path) for path in modules() + tests if lines_of(path) > MODULE_STOP}
    assert not long


def test_modules_keep_the_aim() -> None:
    over = [str(path.relative_to(ROOT)) for path in modules() if lines_of(path) > MODULE_AIM]
    assert len(over) <= SHARE_OVER_AIM * len(modules()), over


def test_no_function_passes_the_stop() -> None:
    assert not {name: size for name, size in functions() if size > FUNCTION_STOP}


def test_functions_keep_the_aim() -> None:
    every = list(functions())
    over = [name for name, size in every if size > FUNCTION_AIM]
    assert len(over) <= SHARE_OVER_AIM * len(every), over
