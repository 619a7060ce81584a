PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint bench soak docs clean

run: $(READY)  ## set up, then open the app on a scratch copy of the sample
	@scratch=$$(mktemp -d) && cp sample_orgs/startup_a.toml "$$scratch" && \
	  $(BIN)/orgtui "$$scratch/startup_a.toml"; status=$$?; \
	  echo "The scratch copy and its plan are in $$scratch"; exit $$status

test: $(READY) $(VENV)/.tools  ## set up, then run every test; many wait for programs, so there is one worker more than cores
	$(BIN)/python -m compileall -q -j 0 src
	$(BIN)/python -m pytest --numprocesses $$(( $$(nproc 2>/dev/null || echo 2) + 1 )) --dist worksteal

lint: $(READY)  ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## measure, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks

soak: $(READY)  ## at length what the tests try briefly; writes docs/reliability.md
	$(BIN)/python -m pytest -m soak
	$(BIN)/python -m pytest -m 'hypothesis and not soak' --hypothesis-profile thorough
	$(BIN)/python -m tests.faults

docs: $(READY)  ## the generated pages and pictures: keys, rules, manual, before and after
	$(BIN)/python -m orgtui.tui.commands.keys_page > docs/keys.md
	$(BIN)/python -m orgtui.tui.commands.keys_page zh_CN > docs/keys.zh.md
	$(BIN)/python -m orgtui.rules.pages > docs/rules.md
	$(BIN)/python -m orgtui.rules.pages zh_CN > docs/rules.zh.md
	$(BIN)/python -m orgtui.cli.manual > docs/orgtui.1
	$(BIN)/python -m tests.pictures

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

# Programs that some tests need, installed where they may be. Tests of those that are missing are skipped.
$(VENV)/.tools: tests/tools.sh tests/package.json | $(READY)
	@tests/tools.sh $(abspath $(VENV))/node >/dev/null 2>&1
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
