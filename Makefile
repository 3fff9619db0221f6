# Everything from a bare checkout with only Python >= 3.11 and make. `make run` shows it, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP_FLAGS := --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test test-fast check bench serve docs lock clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes -r requirements.lock
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	touch $@

run: $(READY) ## set up and run the demonstration: 30 days of the whole loop
	$(BIN)/ocop demo --json

test: $(READY) ## set up and run every test
	$(BIN)/python -m pytest -n auto

test-fast: $(READY) ## without the soak and kill tests
	$(BIN)/python -m pytest -n auto -m "not slow"

check: $(READY) ## format, lint, types, architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

bench: $(READY) ## the ratios of docs/benchmarks.md against their floors, in this run
	$(BIN)/python -m benchmarks

serve: $(READY) ## the dashboard on the database of OCOP_DATABASE_URL
	$(BIN)/ocop init
	$(BIN)/ocop serve

docs: $(READY) ## print the feature table into the README
	$(BIN)/python -m docs.features

lock: $(READY) ## pin every dependency anew: names, versions and hashes, no addresses
	$(BIN)/python -m pip install $(PIP_FLAGS) pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --extra dev --extra postgres --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml

clean: ## remove what was set up and the demonstration's data
	rm -rf $(VENV) var
