"""What deploy/ says is what the program takes and what the checkout has."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import typer

from fiscograph.cli import app

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMMANDS = typer.main.get_group(app)


def text(name: str) -> str:
    """A file of deploy/ without its remarks."""
    lines = (DEPLOY / name).read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def started() -> list[list[str]]:
    """The arguments with which the program is started."""
    command = re.search(r"^CMD (\[\"serve\".*\])$", text("Dockerfile"), re.MULTILINE)
    unit = re.search(r"^ExecStart=\S+/fiscograph (.*)$", text("fiscograph.service"), re.MULTILINE)
    assert command is not None
    assert unit is not None
    return [json.loads(command[1]), shlex.split(unit[1])]


@pytest.mark.parametrize("arguments", started(), ids=["container", "unit"])
def test_the_program_takes_the_arguments_that_it_is_started_with(arguments: list[str]) -> None:
    name, *rest = arguments
    command = COMMANDS.commands[name]
    made = command.make_context(name, rest)
    assert made.params["log"] == "json"


def test_the_image_copies_only_what_stands_in_the_checkout() -> None:
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.*)$", text("Dockerfile"), re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert copied
    missing = [one for one in copied if not (ROOT / one).exists()]
    assert missing == []
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    assert {one.split("/")[0] for one in copied} <= allowed


def test_the_image_and_the_proxy_speak_on_the_same_port() -> None:
    port = re.search(r"^EXPOSE (\d+)$", text("Dockerfile"), re.MULTILINE)
    assert port is not None
    assert f"reverse_proxy fiscograph:{port[1]}" in text("Caddyfile")
    assert f'"--port", "{port[1]}"' in text("Dockerfile")
    assert f"127.0.0.1:{port[1]}/readyz" in text("Dockerfile")


def test_the_container_runs_as_nobody_on_what_cannot_be_written() -> None:
    assert re.search(r"^USER [1-9]\d+$", text("Dockerfile"), re.MULTILINE)
    compose = text("compose.yaml")
    assert "read_only: true" in compose
    assert "internal: true" in compose
    assert "..:/data:ro" in compose
