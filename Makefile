# make demo   the whole road once, from a council decision to the redline; then from a folder of Word files to a register
# make test   what checks a change: ruff, mypy --strict, pytest
# make bench  speed, as ratios measured in one run; writes docs/speed.md. make bench-full takes a whole country and more rounds
# make coverage  lines and branches of the rooms that the law rests on; fails under 95 % in all, or under 90 % for a module
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

COVERING := amendments amendments_alone assignments audit catalogue chain citation commands conflicts days finding found history killed led moment \
    organisation repeals server signing speed storage_git storage_register storage_xml sync tracing two_writers

.PHONY: demo test coverage bench bench-full examples clean

demo: $(VENV)/ready
	$(BIN)/reglemente demo demo --om
	$(BIN)/reglemente demo demo-word --word --om

test: $(VENV)/ready
	$(BIN)/ruff check reglemente_tool tests bench
	$(BIN)/mypy
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal

coverage: $(VENV)/ready
	$(BIN)/coverage run -m pytest $(COVERING:%=tests/test_%.py)
	$(BIN)/coverage report
	@$(BIN)/coverage report | awk '$$6 ~ /%$$/ && $$6 + 0 < 90 { print "under 90 %: " $$1; low = 1 } END { exit low }'

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
	rm -rf $(VENV) demo demo-word build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
