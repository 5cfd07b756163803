"""What the READMEs show is what the program says of the committed release."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fiscograph import cli


def blocks(page: Path) -> list[str]:
    return re.findall(r"```\n(\$ .*?)```", page.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands run: the store that the first one makes serves the others."""
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
class TestReadme:
    def test_trace(
        self,
        root: Path,
        name: str,
        capfd: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        here: Path,
    ) -> None:
        monkeypatch.chdir(here)
        command, _, answer = blocks(root / name)[0].partition("\n")
        assert command == "$ .venv/bin/fiscograph trace 渝财社〔2022〕155号"
        release = str(root / "published")
        assert cli.run(["trace", command.split()[-1], "--release", release]) == 0
        assert [
            line.rstrip() for line in capfd.readouterr().out.splitlines()
        ] == answer.splitlines()

    def test_query(
        self,
        root: Path,
        name: str,
        capfd: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        here: Path,
    ) -> None:
        monkeypatch.chdir(here)
        command, answer = blocks(root / name)[1].split("}'\n")
        query = command.partition("query='\n")[2] + "}"
        release = str(root / "published")
        assert cli.run(["query", query, "--format", "csv", "--release", release]) == 0
        assert capfd.readouterr().out.replace("\r", "") == answer  # the protocol's CSV has CR LF
