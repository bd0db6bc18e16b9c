# make demo: see it work; make test: everything that CI runs. Needs Python 3.11+ and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test docs confidence bench clean

demo: $(READY)
	@$(BIN)/kg build examples --out output/examples
	@echo
	@echo "打开 output/examples/graph.html 查看图谱；再试："
	@echo "  $(BIN)/kg query output/examples --list"
	@echo "  $(BIN)/kg report output/examples"

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(BIN)/python -m tests.tools
	$(BIN)/pytest -n 2

# What is written by commands: read the difference before you commit it.
docs: $(READY)
	$(BIN)/python -m tests.cli.commands
	$(BIN)/python -m tests.query.reference
	$(BIN)/python -m tests.docs.reference
	$(BIN)/python -m tests.docs.blocks
	$(BIN)/python -m tests.api.notebook
	$(BIN)/python -m tests.examples.golden
	$(BIN)/python -m tests.review.golden

# The ontology as a page by pyLODE. It is another page at every run (pyLODE orders by the names of blank nodes), so that
# the repository keeps none; kg serve shows its own at /ontology.
ontology: $(READY)
	@$(BIN)/python -m tests.ontology.html output/ontology.html

# How often each band of confidence is right on the development gold; before `make docs` when rules have changed.
confidence: $(READY)
	$(BIN)/python tools/confidence.py

# All figures of docs/performance.md: reading beside jieba, builds (memory, increments, Turtle), questions, the page. An hour on two
# cores; one alone: python -m tests.bench.build. ../shared/corpus is read where it is there.
bench: $(READY)
	$(BIN)/python -m tests.bench.reading
	$(BIN)/python -m tests.bench.build
	$(BIN)/python -m tests.query.bench
	$(BIN)/python -m tests.view.bench

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# pip before 25.1 does not know dependency groups.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "policykg needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@
