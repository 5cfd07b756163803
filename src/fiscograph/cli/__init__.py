"""The command line: one function per command; what they do is in the rooms they call."""

from __future__ import annotations

import os
import sys

import typer

# The modules of commands add them to the application, in the order in which --help shows them.
from fiscograph.cli import releases  # isort: split

from fiscograph.cli import filings  # isort: split

from fiscograph.cli import questions  # isort: split

from fiscograph.cli.application import FINE, FOUND, app
from fiscograph.errors import FileTroubleError, FiscographError

__all__ = ["app", "filings", "questions", "releases", "run"]
_WRONG, _INTERRUPTED = 2, 130
# typer brings click along in one way or another; this is its error for wrong use in either.
_ClickUsageError: type[Exception] = typer.BadParameter.__bases__[0]


def run(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code: 0 fine, 1 found what was asked for, 2 wrong use."""
    from fiscograph.terminal import mistakes

    try:
        code = app(args=arguments, prog_name="fiscograph", standalone_mode=False)
    except FiscographError as error:
        mistakes.report(error)
        return FOUND if mistakes.is_violation(error) else _WRONG
    except _ClickUsageError as error:
        mistakes.report_usage(error)
        return _WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        where = error.filename or "输出 output"
        mistakes.report(FileTroubleError(f"{where}: {error.strerror or error}"))
        return _WRONG
    except (typer.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    return code if isinstance(code, int) else FINE
