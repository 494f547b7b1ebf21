PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test soak gold clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

# The bundled sample class, end to end.
demo: $(VENV)/.installed
	$(BIN)/grader grade tests/data/class --out demo-out

test: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/grader build --check
	$(BIN)/grader verify
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

# Kill the grader and its processes at random moments, often.
soak: $(VENV)/.installed
	GRADER_SOAK=50 $(BIN)/python -m pytest tests/test_gradebook_kill.py

# Renew the pages that tests compare with; read the difference before you commit it.
gold: $(VENV)/.installed
	GRADER_GOLD=1 $(BIN)/python -m pytest tests/test_report.py -k gold

clean:
	rm -rf $(VENV) dist demo-out .coverage*
