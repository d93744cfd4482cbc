# make demo   the whole road once, from a council decision to the redline; then from a folder of Word files to a register
# make test   what checks a change: ruff, mypy --strict, pytest
# make bench  speed, as ratios measured in one run; writes docs/speed.md. make bench-full takes a whole country and more rounds
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench bench-full examples clean

demo: $(VENV)/ready
	$(BIN)/reglemente demo demo --om
	$(BIN)/reglemente demo demo-word --word --om

test: $(VENV)/ready
	$(BIN)/ruff check reglemente_tool tests bench
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(VENV)/ready
	$(BIN)/python bench/speed.py

bench-full: $(VENV)/ready
	$(BIN)/python bench/speed.py --full

# Everything is pinned in constraints.txt, the build backend too.
$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

# Writes the registers in charters/ anew from charters/underlag.
examples: $(VENV)/ready
	$(BIN)/python charters/underlag/build.py

clean:
	rm -rf $(VENV) demo demo-word build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
