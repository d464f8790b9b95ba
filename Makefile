# Three commands: `make setup`, `make run`, `make test`. Each installs what it needs into .venv, once.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test neo4j lint format bench laws lock clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := graph extractors schema api bench tests
PIP_INSTALL = UV="$$(command -v uv || echo $(BIN)/uv)"; VIRTUAL_ENV=$(VENV) "$$UV" pip install --quiet
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.run ## Make .venv and install Palimpsest and what it runs on

run: $(VENV)/.run ## Serve Palimpsest with a conversation in it on http://127.0.0.1:8000
	@exec $(BIN)/palimpsest serve --demo

test: $(VENV)/.test ## Run the tests, several at once where there are cores
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

neo4j: $(VENV)/.test ## Run a Neo4j for development until Ctrl-C; its data stays in ./neo4j-data
	@exec $(BIN)/python -m tests.servers

lint: $(VENV)/.test ## Check formatting, rules, types and import contracts
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.test ## Format the code and apply the safe fixes of the rules
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix $(SOURCES)

bench: $(VENV)/.run ## Measure speed and memory quality; says which data it wants and where
	@$(BIN)/python -m bench

laws: $(VENV)/.test ## Compare both stores with the law of time over 11,000 random histories: half an hour
	@$(BIN)/python -m bench.laws

lock: $(VENV)/.build ## Compile requirements/*.txt from pyproject.toml
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) pyproject.toml --extra test -c requirements/run.txt -o requirements/test.txt
	@$(COMPILE) --group build -c requirements/test.txt -o requirements/build.txt

clean: ## Remove .venv and all caches; stores (*.db) stay
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps below make a second run of any target free.
$(VENV)/.made:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "error: Palimpsest needs Python 3.11 or later, and $(PYTHON) is $$("$(PYTHON)" --version 2>/dev/null || echo missing)." >&2; \
	  echo "hint: name one: make PYTHON=python3.12 $(or $(MAKECMDGOALS),setup)" >&2; exit 1; }
	@echo "Making $(VENV) ..."
	@if command -v uv >/dev/null; then uv venv --quiet --clear --python "$$(command -v "$(PYTHON)")" $(VENV); \
	  else "$(PYTHON)" -m venv --clear $(VENV) && $(BIN)/pip install --quiet --require-hashes -r requirements/build.txt; fi
	@touch $@

$(VENV)/.build: requirements/build.txt $(VENV)/.made
	@$(PIP_INSTALL) --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.build
	@echo "Installing Palimpsest ..."
	@$(PIP_INSTALL) --require-hashes -r requirements/run.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "Installing the test tools ..."
	@$(PIP_INSTALL) --require-hashes -r requirements/test.txt
	@touch $@
