# The commands of the project. `make run` and `make test` work on a machine that has only python3 (3.11 or later), git and make.
#
#   make run    set up, read seeds/, materialize everything in one Dagster run, print a recap
#   make test   set up with the development tools, run the quick tests    (make test ALL=1: the slow ones as well; JOBS=2)
#   make ui     the Dagster UI on http://127.0.0.1:3000                   (make ui PORT=3001)
#   make sql    a read-only SQL prompt on the published file              (make sql QUERY="FROM documents")
#   make fuzz   any bytes through reading, cleaning and extraction        (make fuzz RUNS=2000 SEED=7)
#   make lint   ruff, mypy, dg check defs
#   make docs   make docs/dictionary.md and docs/reference/rules.md anew
#   make setup  set up, and nothing else                              (make setup-dev: with the development tools)
#   make setup-spark   install what the engine `spark` needs beside Java 17
#   make lock   make the hashed locks in requirements/ anew
#   make clean  remove the virtual environment and caches; never the data
#
# XIANZHI_SEEDS (default seeds/) and XIANZHI_DATA (default warehouse/data) may come from the environment or the command line.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test fuzz ui sql lint docs setup setup-dev setup-spark lock clean

ifneq ($(origin XIANZHI_SEEDS),undefined)
export XIANZHI_SEEDS
endif
ifneq ($(origin XIANZHI_DATA),undefined)
export XIANZHI_DATA
endif

ifneq ($(origin XIANZHI_CORRECTIONS),undefined)
export XIANZHI_CORRECTIONS
endif

PORT ?= 3000
RUNS ?= 20000
JOBS ?= auto
SEED ?= 1
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
# The first interpreter that is new enough; PYTHON=… overrules.
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11; do \
	if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$candidate; break; fi; done)

help:
	@sed -n 's/^#   //p' Makefile

run: setup
	@$(BIN)/xianzhi run

test: setup-dev
	@$(BIN)/pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder $(if $(ALL),,-m "not slow") $(ARGS)

fuzz: setup-dev $(VENV)/.fuzz
	@$(BIN)/python -m tests.fuzz.guided --runs $(RUNS) --seed $(SEED) $(ARGS)

ui: setup
	@$(BIN)/xianzhi ui --port $(PORT)

# Through the environment, so that a query may hold any quotes.
sql: export QUERY := $(QUERY)
sql: setup
	@$(BIN)/xianzhi sql $(if $(QUERY),"$$QUERY")

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/xianzhi dg check defs

docs: setup
	@$(BIN)/python -m warehouse.dictionary
	@$(BIN)/python -m pipelines.reading_rules

# Setting up: a virtual environment, uv from its own hashed lock, then everything else with uv. The stamp files make a second call free.
setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev
setup-spark: $(VENV)/.spark
	@java -version 2>/dev/null || [[ -n "$${JAVA_HOME:-}" ]] || { \
		echo "the engine spark needs Java 17 as well: on Debian and Ubuntu, the package openjdk-17-jre-headless" >&2; exit 1; }

$(UV): requirements/bootstrap.txt
	@test -n "$(PYTHON)" || { echo "xianzhi needs Python 3.11 or later; found none (set PYTHON=…)." >&2; exit 1; }
	@echo "setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "Could not make $(VENV): on Debian and Ubuntu, install the package python3-venv." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml $(UV)
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q pipelines schemas warehouse
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.fuzz: requirements/fuzz.txt $(VENV)/.dev
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/fuzz.txt
	@touch $@

$(VENV)/.spark: requirements/spark.txt $(VENV)/.runtime
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/spark.txt
	@touch $@

# One lock for all platforms; no index address is written, so that a mirror works as well.
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: $(UV)
	printf 'setuptools\nuv\n' | $(COMPILE) --output-file requirements/bootstrap.txt -
	$(COMPILE) --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) --output-file requirements/dev.txt --group dev --constraint requirements/runtime.txt pyproject.toml
	$(COMPILE) --output-file requirements/fuzz.txt --group fuzz
	$(COMPILE) --output-file requirements/peers.txt --group peers
	$(COMPILE) --output-file requirements/spark.txt --extra spark --constraint requirements/runtime.txt pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
