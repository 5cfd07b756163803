"""The console script, and ``python -m fiscograph``, which is the same."""

from __future__ import annotations

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run one command; Ctrl-C ends it quietly, also while its modules are still being read."""
    try:
        from fiscograph.cli import run  # noqa: PLC0415  modules take a while to be read

        code = run()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
