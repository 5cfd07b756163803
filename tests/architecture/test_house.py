"""The rooms, their names, and who may import whom."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.rooms import rows

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/fiscograph"
FORBIDDEN = re.compile(r"utils?|helpers?|common|managers?|misc|process_\w+")


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_contract_speaks_of_rooms_that_exist() -> None:
    text = (ROOT / ".importlinter").read_text("utf-8")
    table = text.partition("cellar = ")[2].partition("table =\n")[2].partition("\n\n")[0]
    named = set(rows([line.strip() for line in table.splitlines() if line.strip()]))
    rooms = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or path.is_dir()}
    rooms -= {"__init__", "__pycache__", "settings", "resources", "errors", "provenance"}
    assert named == {room for room in rooms if not room.startswith("_data")}


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_names_say_what_is_in_them(path: Path) -> None:
    names = [part.removesuffix(".py") for part in path.relative_to(SOURCE).parts]
    tree = ast.parse(path.read_text("utf-8"))
    names += [
        node.name.lstrip("_")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    assert not [name for name in names if FORBIDDEN.fullmatch(name)]


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_dataclasses_are_frozen() -> None:
    """Those that are not, say in ``slots=True, kw_only=True`` that they change on purpose."""
    loose = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                loose += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for decorator in node.decorator_list
                    if isinstance(decorator, ast.Name) and decorator.id == "dataclass"
                ]
    assert not loose
