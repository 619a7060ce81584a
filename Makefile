PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint bench docs clean

run: $(READY)  ## set up, then open the app on a scratch copy of the sample
	@scratch=$$(mktemp -d) && cp sample_orgs/startup_a.toml "$$scratch" && \
	  $(BIN)/orgtui "$$scratch/startup_a.toml"; status=$$?; \
	  echo "The scratch copy and its plan are in $$scratch"; exit $$status

test: $(READY)  ## set up, then run every test
	$(BIN)/python -m pytest

lint: $(READY)  ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## measure, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks

docs: $(READY)  ## the generated pages: keys and rules
	$(BIN)/python -m orgtui.tui.keys_page > docs/keys.md
	$(BIN)/python -m orgtui.rules.pages > docs/rules.md

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
