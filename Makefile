PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint bench soak docs clean

run: $(READY)  ## set up, then open the app on a scratch copy of the sample
	@scratch=$$(mktemp -d) && cp sample_orgs/startup_a.toml "$$scratch" && \
	  $(BIN)/orgtui "$$scratch/startup_a.toml"; status=$$?; \
	  echo "The scratch copy and its plan are in $$scratch"; exit $$status

test: $(READY) $(VENV)/.sshd  ## set up, then run every test
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(READY)  ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## measure, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks

soak: $(READY)  ## kills, faults and many at once, at length; writes docs/reliability.md
	$(BIN)/python -m pytest -m soak
	$(BIN)/python -m tests.faults

docs: $(READY)  ## the generated pages: keys and rules
	$(BIN)/python -m orgtui.tui.commands.keys_page > docs/keys.md
	$(BIN)/python -m orgtui.rules.pages > docs/rules.md

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

# Tests over SSH need a server. It is installed where nothing would start it for anybody else: as root in a
# container. Elsewhere those tests are skipped unless it is there.
$(VENV)/.sshd: | $(READY)
	@if ! PATH="$$PATH:/usr/sbin" command -v sshd && [ "$$(id -u)" = 0 ] && [ ! -d /run/systemd/system ] && \
	  command -v apt-get; then \
	  timeout 60 apt-get -qq update; \
	  DEBIAN_FRONTEND=noninteractive timeout 120 apt-get -qq -y install --no-install-recommends openssh-server; \
	fi >/dev/null 2>&1 || true
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
