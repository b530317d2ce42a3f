# Everything here sets itself up: all that a fresh machine needs is Python 3.11+ (with venv and pip) and make.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
MESSAGE ?=
# Two at once, a file of tests to each. In the order of the folders, so that no slow file is left for the end.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder
export MESSAGE

.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

demo: .venv/.run ## a Slack workspace with Cairn in it, and a story to watch (ARGS=--fresh, ARGS=--exit)
	@$(BIN)/python -m bot demo $(ARGS)

run: .venv/.run ## Cairn in a real workspace (needs its tokens in .env)
	@$(BIN)/python -m bot run $(ARGS)

test: .venv/.dev ## every test; those whose processes are held to seconds by themselves, one after another
ifeq ($(strip $(ARGS)),)
	$(PYTEST) -m "not alone"
	$(BIN)/python -m pytest -m alone
else
	$(PYTEST) $(ARGS)
endif

soak: .venv/.dev ## the proofs of tests/faults for as long as it takes to mean something; what they come to is in docs/soak.md
	SOAK=1 $(BIN)/python -m pytest tests/faults $(ARGS)

bench: .venv/.dev ## what Cairn costs, as tables in benchmarks/README.md (ARGS=commands for one of them)
	@$(BIN)/python -m benchmarks $(ARGS)

check: .venv/.dev ## lint, format, types and the arrows between the packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev ## put the code in its house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migration: .venv/.dev ## the step from the last migration to the tables in the code (MESSAGE="Add tags")
	@$(BIN)/python -m storage.migrations "$$MESSAGE"
	@$(BIN)/ruff format --quiet storage/migrations/versions

lock: ## pin every dependency again, with hashes, for every supported Python and platform
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 pyproject.toml \
	  --custom-compile-command "make lock" -o requirements/run.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 --extra dev pyproject.toml \
	  --custom-compile-command "make lock" -c requirements/run.txt -o requirements/dev.txt

.venv/.run: requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cairn needs Python 3.11 or newer; name one with PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the run-time dependencies …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@echo "Installing the development dependencies …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: help demo run test soak bench check format migration lock
