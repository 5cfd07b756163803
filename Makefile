# make run    set up, build published/ from filings/, serve it on http://127.0.0.1:8000
# make build  the same without serving
# make test   set up, run all tests
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
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-input

export PYTHONUTF8 := 1

.PHONY: help run build test check format lock clean

run: $(RUN)
	$(BIN)/fiscograph build
	@exec $(BIN)/fiscograph serve --host $(HOST) --port $(PORT)

build: $(RUN)
	$(BIN)/fiscograph build

test: $(DEV)
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

check: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m fiscograph.vocabulary.generate --check
	$(BIN)/python -m fiscograph.codelists --check
	$(BIN)/python -m fiscograph.validation.reference --check

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

# The locks are made in an environment of their own, by the one tool that is not locked itself.
lock:
	@test -d $(VENV)-lock || $(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --quiet install uv
	$(VENV)-lock/bin/uv pip compile --quiet --upgrade $(LOCK) --extra dev \
	  pyproject.toml requirements/build.in -o requirements/dev.txt
	$(VENV)-lock/bin/uv pip compile --quiet --upgrade $(LOCK) --constraint requirements/dev.txt \
	  pyproject.toml requirements/build.in -o requirements/run.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean:
	rm -rf $(VENV) $(VENV)-lock build dist var .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
