# Obelos needs Python 3.11 or newer, git and make; every target sets up what it needs in .venv by itself.
# With uv on the PATH that takes seconds; without it, venv and pip do the same.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check format format-check lint types contracts pytest soak pictures monkey clean

VENV := .venv
BIN := $(VENV)/bin
# Tests write in memory where the system has a place for that: they wait for the disk some ten thousand times.
MEMORY := $(shell test -d /dev/shm && test -w /dev/shm && echo TMPDIR=/dev/shm)
# Set up to run, and set up to develop: made anew when the dependencies change.
RUN := $(VENV)/.set-up-to-run
DEV := $(VENV)/.set-up-to-develop

PYTHONS := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3)
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

help:
	@echo "make demo [DIR=folder]   make the sample edition in a folder and open it"
	@echo "make test                all checks, in this order: format, lint, types, contracts, tests"
	@echo "make check               the same; what continuous integration runs"
	@echo "make format              put the code into its format"
	@echo "make lint                likely mistakes (ruff)"
	@echo "make types               types (mypy, strict)"
	@echo "make contracts           which package may import which (import-linter)"
	@echo "make pytest [ARGS=…]     the tests alone, for instance: make pytest ARGS='-k verify'"
	@echo "make soak [ARGS=…]       the long proofs of reliability, hours; for instance: make soak ARGS='power --every 10'"
	@echo "make pictures            the pictures of the README, made from the application"
	@echo "make monkey [KEYS=…]     100,000 random keys and sizes on every screen; nothing may be lost"
	@echo "make clean               remove .venv and the caches"
	@echo
	@echo "PYTHON=…                 the Python to use, where the first one found is not the right one"

demo: $(RUN)
	@$(BIN)/obelos demo $(DIR)

test check: format-check lint types contracts pytest
	@echo "== Clean: format, lint, types, contracts, tests"

format: $(DEV)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

format-check: $(DEV)
	@echo "== Format (to mend: make format)"
	@$(BIN)/ruff format --check .

lint: $(DEV)
	@echo "== Lint"
	@$(BIN)/ruff check .

types: $(DEV)
	@echo "== Types"
	@$(BIN)/mypy

contracts: $(DEV)
	@echo "== Contracts between the packages"
	@$(BIN)/lint-imports

pytest: $(DEV)
	@echo "== Tests"
	@$(MEMORY) $(BIN)/python -m pytest -q -n 2 --dist loadfile $(ARGS)

soak: $(DEV)
	@$(BIN)/python bench/soak.py $(ARGS)

pictures: $(DEV)
	@$(BIN)/python bench/pictures.py

monkey: $(DEV)
	@$(BIN)/python bench/monkey.py $(KEYS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

$(RUN): pyproject.toml constraints.txt
	@$(call make_venv)
	@$(call install,.)
	@touch $(RUN)

# Who can develop can run.
$(DEV): pyproject.toml constraints.txt
	@$(call make_venv)
	@$(call install,.[dev])
	@touch $(RUN) $(DEV)

# A .venv that is there and new enough is kept. A Python is tried before it is taken: a version manager leaves
# names on the PATH for which it has nothing. ensurepip is looked for first, since Debian's venv
# without it leaves half an environment behind.
define make_venv
set -eu; \
if [ -e $(VENV) ]; then \
    $(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null && exit 0; \
    echo "$(VENV) has no Python 3.11 or newer that runs. Remove it (make clean), then try again." >&2; exit 1; \
fi; \
python=; \
for name in $(PYTHONS); do \
    if "$$name" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then python=$$name; break; fi; \
done; \
if command -v uv >/dev/null 2>&1; then \
    if [ -z "$$python" ] && [ -n "$(PYTHON)" ]; then \
        echo "PYTHON=$(PYTHON) is not a Python 3.11 or newer that runs." >&2; exit 1; \
    fi; \
    uv venv --quiet --python "$${python:->=3.11}" $(VENV); exit 0; \
fi; \
if [ -z "$$python" ]; then \
    echo "Python 3.11 or newer is needed; tried: $(PYTHONS)." >&2; \
    echo "Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; \
fi; \
if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
    echo "$$python cannot make virtual environments: its module ensurepip or venv is missing." >&2; \
    echo "On Debian and Ubuntu: sudo apt install python3-venv. Or install uv. Then try again." >&2; exit 1; \
fi; \
"$$python" -m venv $(VENV)
endef

# An environment that uv made has no pip; ensurepip puts it in.
define install
set -eu; \
echo "== Setting up $(VENV) (once; again when the dependencies change)"; \
if command -v uv >/dev/null 2>&1; then \
    uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '$(1)'; \
else \
    $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
    $(BIN)/python -m pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable '$(1)'; \
fi
endef
