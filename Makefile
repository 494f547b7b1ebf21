PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The tests start many Python processes: without cached bytecode, each compiles numpy and the rest anew.
unexport PYTHONDONTWRITEBYTECODE
# Many tests wait for processes that they have started: one worker a processor leaves a third of the time unused.
WORKERS = $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) * 3 // 2)')
# To count lines takes half as long again. CI asks for it: `make test COVERAGE=1`.
COVERED = $(if $(COVERAGE),--cov --cov-report=term:skip-covered)

.PHONY: demo test types course test-processors test-versions test-versions-lowest soak soak-sandbox soak-gradebook soak-tests fuzz bench bench-pages gold pictures fairness fairness-soak clean

# What grading needs, and nothing else.
$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) -e '.[grade]'
	touch $@

# What the checks of this project need besides. uv installs it in a tenth of the time, where it can.
$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	($(PIP) uv && $(BIN)/uv pip install --quiet --python $(BIN)/python -e '.[dev]') || $(PIP) -e '.[dev]'
	touch $(VENV)/.installed $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "Python's venv is missing; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The bundled sample class, end to end.
demo: $(VENV)/.installed
	$(BIN)/grader grade tests/data/class --lesson activations --out demo-out
	@echo
	@echo "Look at demo-out/index.html, the class, and demo-out/reports/student-07.html, one report. Then try:"
	@echo "  $(BIN)/grader check softmax     grade exercises/03_activations/softmax.py, which is still a stub"
	@echo "  $(BIN)/grader watch             solve the exercises; each save is checked"
	@echo "  $(BIN)/grader show demo-out student-07"

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(MAKE) --no-print-directory --jobs 2 types course
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(COVERED)

types: $(VENV)/.installed-dev
	$(BIN)/mypy
	$(BIN)/mypy --strict benchmarks

# Generated files are fresh, and every exercise proves itself.
course: $(VENV)/.installed-dev
	$(BIN)/grader build --check
	$(BIN)/grader verify

# The same verdicts on other processors: minutes.
test-processors: $(VENV)/.installed-dev
	$(BIN)/python -m tests.processors

# The same verdicts with the lowest versions that pyproject.toml allows, and with the newest: minutes.
test-versions: $(VENV)/.installed-dev
	$(BIN)/python -m tests.versions

test-versions-lowest: $(VENV)/.installed-dev
	$(BIN)/python -m tests.versions --lowest

# The long tests: an hour.
soak: soak-sandbox soak-gradebook soak-tests

# Every attack at every level, as root and unprivileged, and with each layer taken away; renews docs/security.md.
soak-sandbox: $(VENV)/.installed-dev
	$(BIN)/python tests/soak.py

# A longer search for bytes, source and answers that break the grader.
fuzz: $(VENV)/.installed-dev
	FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) $(BIN)/python tests/fuzz.py

# What a submission costs at each level of the sandbox.
bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/sandbox.py

# A class of 20,000: time and memory to make pages and exports, first paint in a browser. Takes many minutes.
bench-pages: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/pages.py

# Kill the grader and its processes at random moments, often.
soak-gradebook: $(VENV)/.installed-dev
	GRADER_SOAK=50 $(BIN)/python -m pytest -m '' --timeout 3600 tests/gradebook/test_kill.py

# Tests that repeat others under other circumstances; for those of kills see above.
soak-tests: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m soak --ignore tests/gradebook/test_kill.py -n $(WORKERS) --dist loadfile

# Renew the pages that tests compare with; read the difference before you commit it.
gold: $(VENV)/.installed-dev
	GRADER_GOLD=1 $(BIN)/python -m pytest tests/report/test_pages.py -k gold

# Renew the pictures of the README; look at them before you commit them. Needs Chromium.
pictures: $(VENV)/.installed-dev
	$(BIN)/python tests/pictures.py

# How many right implementations lose points, how many wrong ones keep them.
fairness: $(VENV)/.installed-dev
	$(BIN)/python -m tests.fairness

# The same with many seeds, and the gradient rule on many points: minutes.
fairness-soak: $(VENV)/.installed-dev
	$(BIN)/python -m tests.fairness.soak

clean:
	rm -rf $(VENV) dist demo-out .coverage*
