"""``resolve`` and ``trace`` over the release of the repository's filings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fiscograph import cli

Ask = Callable[[list[str]], int]


@pytest.fixture
def ask(release: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(folder)
    return lambda arguments: cli.run([*arguments, "--release", str(release)])


def test_what_names_no_one_thing_lists_what_it_may_mean(
    ask: Ask, capfd: pytest.CaptureFixture[str]
) -> None:
    for command in ("trace", "resolve"):
        assert ask([command, "渝财社〔2022〕156号"]) == 1
        assert "渝财社〔2022〕155号" in capfd.readouterr().out
        assert ask([command, "没有的东西"]) == 1
        assert "没有的东西" in capfd.readouterr().out
    assert ask(["resolve", "2022 155", "--json"]) == 1
    found = json.loads(capfd.readouterr().out)
    assert (found["found"], len(found["candidates"])) == ("candidates", 1)


@pytest.mark.parametrize("typed", ["渝财社[2022]155", "渝财社2022155", "渝财社（２０２２）155号"])
def test_resolve_names_the_document_of_a_number(
    ask: Ask, capfd: pytest.CaptureFixture[str], typed: str
) -> None:
    assert ask(["resolve", typed]) == 0
    assert "渝财社〔2022〕155号" in capfd.readouterr().out
    assert ask(["resolve", typed, "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["document"]["iri"] == "https://fiscograph.example/policy/渝财社/2022/155"


@pytest.mark.parametrize("option", ["--ranking", "--shared", "--without-basis", "--shares"])
def test_overviews_in_every_form(ask: Ask, capfd: pytest.CaptureFixture[str], option: str) -> None:
    assert ask(["trace", option, "--year", "2023", "--json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["rule"]["zh"]
    assert found["filters"] == [["year", "2023"]]
    assert found["rows"]
    assert ask(["trace", option, "--format", "csv", "--rows", "1"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 1 + min(1, found["rows_in_all"])
    assert ask(["trace", option]) == 0
    assert found["rule"]["id"] in capfd.readouterr().out
