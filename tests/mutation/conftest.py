"""The session's variants, read once, and their counts at the end of the session."""

from __future__ import annotations

from typing import Any

import pytest
from tests.mutation.session import Result, planned, run_all, table

_LINES = pytest.StashKey[list[str]]()
_OUTPUT = "fiscograph mutations"


@pytest.fixture(scope="session")
def results(pytestconfig: pytest.Config) -> list[Result]:
    """Every case of the plan with what became of it."""
    made = run_all(planned())
    lines = table(made)
    if (output := getattr(pytestconfig, "workeroutput", None)) is not None:
        output[_OUTPUT] = lines
    pytestconfig.stash[_LINES] = lines
    return made


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over the counts of the worker process that read the variants."""
    if lines := getattr(node, "workeroutput", {}).get(_OUTPUT):
        node.config.stash[_LINES] = lines


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the counts of right, chosen and wrong by kind of mutation."""
    if lines := config.stash.get(_LINES, None):
        terminalreporter.write_sep("=", "mutations")
        for line in lines:
            terminalreporter.write_line(line)
