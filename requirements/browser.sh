#!/bin/sh
# Find a Chromium for the browser tests, and where there is none, install one if this machine can:
# Debian's with root and apt, else Playwright's own below the user's cache. Never fails: without a
# browser its tests are skipped, and say how to get one.
set -u

found() {
    "$VENV/bin/python" -m tests.browser.chromium
}

found >/dev/null 2>&1 && exit 0
echo 'Installing a browser for the tests / 安装测试用的浏览器 …' >&2
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1 || true
    apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 || true
    found >/dev/null 2>&1 && exit 0
fi
"$VENV/bin/python" -m playwright install chromium >/dev/null 2>&1 || true
found >&2 || true
