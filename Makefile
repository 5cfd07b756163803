# make run    set up, build published/ from filings/, serve it on http://127.0.0.1:8000
# make build  the same without serving
# make test   set up, run all tests
# make web    build the pages' scripts (run and test do it too, and go on without where it fails)
# make check  what CI checks besides the tests: style, types, imports, generated files
# make help   the list of targets
#
# PYTHON names another interpreter (3.11 or newer): make PYTHON=python3.12 test

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV ?= .venv
# Processes that share the tests; 0 runs them in one.
WORKERS ?= 2

BIN := $(VENV)/bin
# A stamp stands for a finished step: it is redone when what it comes from is newer.
MADE := $(VENV)/.made
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
# The last file that the build of web/ writes stands for all of it.
WEB := src/fiscograph/serving/static/built/NOTICE.txt
WEB_SOURCES := requirements/web.sh requirements/node.txt web/.npmrc $(wildcard web/*.json) \
  web/build.mjs $(wildcard web/src/*)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-input

export PYTHONUTF8 := 1

.PHONY: help run build test check format lock clean web pictures browser \
  check-types check-style check-imports check-generated check-scripts

run: $(RUN) pictures
	$(BIN)/fiscograph build
	@exec $(BIN)/fiscograph serve --host $(HOST) --port $(PORT)

build: $(RUN)
	$(BIN)/fiscograph build

test: $(DEV) pictures browser
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile \
	  --no-loadscope-reorder

# None of them needs another: make --jobs=2 check.
check: check-types check-style check-imports check-generated check-scripts

check-types: $(DEV)
	$(BIN)/mypy

check-style: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

check-imports: $(DEV)
	$(BIN)/lint-imports

check-generated: $(DEV)
	$(BIN)/python -m fiscograph.vocabulary.generate --check
	$(BIN)/python -m fiscograph.codelists --check
	$(BIN)/python -m fiscograph.validation.reference --check

check-scripts: $(WEB)
	@if command -v npm >/dev/null 2>&1; then cd web && npm run --silent check; fi

format: $(DEV)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

$(MADE):
	@PYTHON='$(PYTHON)' VENV='$(VENV)' sh requirements/venv.sh
	@touch $@

$(RUN): $(MADE) requirements/run.txt pyproject.toml
	@echo 'Installing locked dependencies / 安装锁定的依赖 …' >&2
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo 'Installing locked tools for the tests / 安装测试工具 …' >&2
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

web: $(WEB)

# The pages show their tables without pictures, so a machine that cannot reach npm goes on.
pictures:
	@$(MAKE) --no-print-directory web || \
	  echo 'The pages go without pictures / 页面将没有图，只有表格。' >&2

$(WEB): $(WEB_SOURCES) | $(RUN)
	@echo 'Building the scripts of the pages / 构建页面脚本 …' >&2
	@VENV='$(abspath $(VENV))' sh requirements/web.sh

# The tests of the pages drive a Chromium; where none can be had they are skipped, and say so.
browser: $(DEV)
	@VENV='$(abspath $(VENV))' sh requirements/browser.sh

# The locks are made in an environment of their own, by the one tool that is not locked itself.
lock:
	@test -d $(VENV)-lock || $(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --quiet install uv
	$(VENV)-lock/bin/uv pip compile --quiet --upgrade $(LOCK) --extra dev \
	  pyproject.toml requirements/build.in -o requirements/dev.txt
	$(VENV)-lock/bin/uv pip compile --quiet --upgrade $(LOCK) --constraint requirements/dev.txt \
	  pyproject.toml requirements/build.in -o requirements/run.txt
	$(VENV)-lock/bin/uv pip compile --quiet --upgrade $(LOCK) requirements/node.in \
	  -o requirements/node.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean:
	rm -rf $(VENV) $(VENV)-lock build dist var .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache web/node_modules src/fiscograph/serving/static/built
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
