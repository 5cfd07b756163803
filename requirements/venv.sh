#!/bin/sh
# Make the virtual environment $VENV with $PYTHON; on Debian the part of Python that does it may
# have to be installed first.
set -eu

if ! command -v "$PYTHON" >/dev/null 2>&1; then
    echo "fiscograph needs Python 3.11 or newer: '$PYTHON' was not found." >&2
    echo "需要 Python 3.11 或更高版本：找不到“$PYTHON”。make PYTHON=/path/to/python …" >&2
    exit 2
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "fiscograph needs Python 3.11 or newer; $PYTHON is $("$PYTHON" --version 2>&1)." >&2
    echo "需要 Python 3.11 或更高版本。make PYTHON=python3.11 …" >&2
    exit 2
fi

make_venv() {
    "$PYTHON" -m venv --clear "$VENV" >/dev/null 2>&1
}

make_venv && exit 0
rm -rf "$VENV"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo 'Installing python3-venv / 安装 python3-venv …' >&2
    minor="$("$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1 || true
    apt-get install -y -qq "$minor" >/dev/null 2>&1 ||
        apt-get install -y -qq python3-venv >/dev/null 2>&1 || true
    make_venv && exit 0
    rm -rf "$VENV"
fi
echo "$PYTHON cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2
echo "无法创建虚拟环境。Debian 上请先安装：apt-get install python3-venv" >&2
exit 2
