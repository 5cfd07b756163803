"""Where this machine's Chromium is.

As a program it prints the path, or says how to get a browser and returns 1.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NONE = (
    "没有可供测试的浏览器：请安装 chromium（Debian：apt-get install chromium），或运行 python -m "
    "playwright install chromium，或用变量 CHROMIUM 给出它的路径 / no browser for the tests: install "
    "chromium (Debian: apt-get install chromium), or run python -m playwright install chromium, or "
    "name one in the variable CHROMIUM"
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> Path | None:
    """The browser that the variable CHROMIUM names, else the machine's own, else the one that
    Playwright downloaded; None where there is none.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return _program(named)
    for name in _NAMES:
        if (path := _program(name)) is not None:
            return path
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else None


def _program(name: str) -> Path | None:
    path = shutil.which(name)
    return None if path is None else Path(path)


if __name__ == "__main__":
    chosen = chromium()
    sys.stdout.write(f"{chosen or NONE}\n")
    sys.exit(chosen is None)
