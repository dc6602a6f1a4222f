# Each target is one habit; `make check` is all of them, for people, hooks and CI alike.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup due format lint types contracts test check language readme snapshots mutants fuzz bench measure clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY_DEV) ## Set everything up in .venv, tools of development too

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "credit-plan needs Python 3.11 or later; name one with: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	@touch $@

$(READY_DEV): $(READY)
	$(INSTALL) --upgrade "pip>=25.1"
	$(INSTALL) --editable . --group dev
	@touch $@

due: $(READY) ## Set up what running needs, and show what fell due by the end of 2023
	$(BIN)/credit-plan due --before 2023-12-31
	@echo
	@echo 'credit-plan is in $(BIN). Try: $(BIN)/credit-plan unit 市住建局'
	@echo 'For its name alone, once per terminal: source $(BIN)/activate'
	@echo '命令在 $(BIN)。试试：$(BIN)/credit-plan unit 市住建局'
	@echo '要直接输入命令名，每个终端先运行一次：source $(BIN)/activate'

format: $(READY_DEV) ## Bring the code to its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(READY_DEV) ## Check form and habits of the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY_DEV) ## Check the types
	$(BIN)/mypy

contracts: $(READY_DEV) ## Check that imports only go down
	$(BIN)/lint-imports --no-logo

test: $(READY_DEV) ## Run the tests, and show which branches they reach
	$(BIN)/pytest --numprocesses auto --cov --cov-report=term-missing:skip-covered

check: lint types contracts test ## Set up, and check everything: what CI runs
	$(BIN)/credit-plan check --warnings-as-errors

language: $(READY_DEV) ## Bring the Chinese catalogue to what the code says, and compile it
	$(BIN)/python docs/language.py

readme: $(READY_DEV) ## Write what is generated: examples in the documents, rules, states, schemas
	$(BIN)/python docs/generated.py
	$(BIN)/python docs/examples.py

snapshots: $(READY_DEV) ## Write down what check shows of the bad cases today
	$(BIN)/python -m tests.snapshots

mutants: $(READY_DEV) ## Damage the real data in 5,000 ways, and list what check does not find
	$(BIN)/python -m tests.mutants --number 5000

fuzz: $(READY_DEV) ## Attack the program, 300 tries of each kind; NUMBER=20000 SEED=2 KIND=csv FIRST=7
	$(BIN)/python -m tests.fuzz $(if $(NUMBER),--number $(NUMBER)) $(if $(SEED),--seed $(SEED)) $(if $(KIND),--kind $(KIND)) $(if $(FIRST),--first $(FIRST))

bench: $(READY_DEV) ## Measure time and memory, half an hour long; QUICK=1 leaves out 81,000 files
	$(BIN)/python benchmarks/aims.py $(if $(QUICK),--quick)
	$(BIN)/python benchmarks/others.py
	$(BIN)/python benchmarks/bounds.py

measure: $(READY_DEV) ## Report how large and how entangled the code is, beside its aims
	$(BIN)/python benchmarks/measure.py

clean: ## Delete what was made
	rm -rf $(VENV) build dist .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
