PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-processors soak soak-sandbox soak-gradebook fuzz bench bench-pages gold pictures fairness fairness-soak clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

# The bundled sample class, end to end.
demo: $(VENV)/.installed
	$(BIN)/grader grade tests/data/class --lesson 02 --out demo-out

test: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/grader build --check
	$(BIN)/grader verify
	$(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered

# The same verdicts on other processors: minutes.
test-processors: $(VENV)/.installed
	$(BIN)/python -m tests.processors

# The long tests: an hour.
soak: soak-sandbox soak-gradebook

# Every attack at every level, as root and unprivileged, and with each layer taken away; renews docs/security.md.
soak-sandbox: $(VENV)/.installed
	$(BIN)/python tests/soak.py

# A longer search for bytes that break the decoder.
fuzz: $(VENV)/.installed
	FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) $(BIN)/python tests/fuzz.py

# What a submission costs at each level of the sandbox.
bench: $(VENV)/.installed
	$(BIN)/python benchmarks/sandbox.py

# A class of 20,000: time and memory to make pages and exports, first paint in a browser. Takes many minutes.
bench-pages: $(VENV)/.installed
	$(BIN)/python benchmarks/pages.py

# Kill the grader and its processes at random moments, often.
soak-gradebook: $(VENV)/.installed
	GRADER_SOAK=50 $(BIN)/python -m pytest --timeout 3600 tests/test_gradebook_kill.py

# Renew the pages that tests compare with; read the difference before you commit it.
gold: $(VENV)/.installed
	GRADER_GOLD=1 $(BIN)/python -m pytest tests/test_report.py -k gold

# Renew the pictures of the README; look at them before you commit them. Needs Chromium.
pictures: $(VENV)/.installed
	$(BIN)/python tests/pictures.py

# How many right implementations lose points, how many wrong ones keep them.
fairness: $(VENV)/.installed
	$(BIN)/python -m tests.fairness

# The same with many seeds, and the gradient rule on many points: minutes.
fairness-soak: $(VENV)/.installed
	$(BIN)/python -m tests.fairness.soak

clean:
	rm -rf $(VENV) dist demo-out .coverage*
