# make demo    run the main job on an example, from nothing
# make test    run the tests
# make lint    types, style, forbidden words
# make bench   measure speed, and write docs/performance.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The stamp is written last: an installation that broke off is done again.
READY := $(VENV)/ready

.PHONY: demo test lint bench clean

$(READY): .ci/requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("auditor needs Python 3.11 or later: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	@$(BIN)/python examples/demo.py

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m benchmarks --write

clean:
	rm -rf $(VENV) examples/work benchmarks/work dist
