"""The session's variants, read once, and their counts at the end of the session."""

from __future__ import annotations

import pytest
from tests.mutation.session import Result, planned, run_all, table

_RESULTS = pytest.StashKey[list[Result]]()


@pytest.fixture(scope="session")
def results(pytestconfig: pytest.Config) -> list[Result]:
    """Every case of the plan with what became of it."""
    pytestconfig.stash[_RESULTS] = made = run_all(planned())
    return made


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the counts of right, chosen and wrong by kind of mutation."""
    if made := config.stash.get(_RESULTS, None):
        terminalreporter.write_sep("=", "mutations")
        for line in table(made):
            terminalreporter.write_line(line)
