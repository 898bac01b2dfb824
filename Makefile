# One command for each thing. `make lab` and `make test` need Python 3.11 or newer, make and git; nothing else.
#
#   PYTHON=...       the Python to build the environment with       (default: the first that fits)
#   VENV=...         where the environment goes                     (default: .venv)
#   TORCH_INDEX=...  a package index for torch and torchtext, the rest as locked; remembered by the environment
#   ARGS="..."       handed on to the command: make lab ARGS="--no-browser --port 8899"

VENV ?= .venv
ARGS ?=
export VENV

# Threads that wait must sleep, not spin: where several programs share the cores, spinning makes torch many times slower.
export OMP_WAIT_POLICY ?= PASSIVE

# Any Python 3 can run tools/setup_env.py, which looks for one that fits the course.
ANY_PYTHON := $(shell for p in "$(PYTHON)" python3 python python3.12 python3.11 python3.13 python3.14; do \
	[ -n "$$p" ] && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 6))' >/dev/null 2>&1 && echo "$$p" && break; done)
BIN := $(VENV)/bin

.PHONY: help lab test setup setup-dev build check-build data vectors runs bench mutants browser lint format lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

lab: setup  ## set up and open JupyterLab on the course
	@"$(BIN)/course" lab $(ARGS)

test: setup-dev  ## set up and run every test: library, exercises, solved notebooks, checks of blank ones
	@"$(BIN)/python" -m pytest -n 2 --dist loadfile $(ARGS)

setup: .python  ## make or update the environment
	@"$(ANY_PYTHON)" tools/setup_env.py

setup-dev: .python
	@"$(ANY_PYTHON)" tools/setup_env.py --dev

.PHONY: .python
.python:
	@[ -n "$(ANY_PYTHON)" ] || { \
	  echo "The course needs Python 3.11, 3.12 or 3.13, and found no Python on this machine."; \
	  echo "  Debian, Ubuntu:  sudo apt install python3 python3-venv"; \
	  echo "  Fedora:          sudo dnf install python3.12"; \
	  echo "  macOS:           brew install python@3.12"; \
	  echo "  elsewhere:       https://www.python.org/downloads/"; \
	  echo "Then run this command again."; exit 1; }

build: setup-dev  ## notebooks/ and solutions/ from lessons/ (solutions are executed)
	@"$(BIN)/python" -m tools.build $(ARGS)

check-build: setup-dev  ## are notebooks/ and solutions/ in step with lessons/?
	@"$(BIN)/python" -m tools.build --check

data: setup-dev  ## the bundled corpus, byte for byte
	@"$(BIN)/python" -m tools.corpus $(ARGS)

vectors: setup-dev  ## train the shipped word vectors anew
	@"$(BIN)/python" -m tools.train_vectors $(ARGS)

runs: setup-dev  ## remake the stored runs of the experiments: make runs ARGS="03.adding_problem"
	@"$(BIN)/python" -m tools.run_experiments $(ARGS)

bench: setup-dev  ## speed, as ratios measured in one run: tables, and build/bench/*.json
	@mkdir -p build/bench; missed=0; for path in tools/bench_*.py; do name=$$(basename "$$path" .py); echo "== $$name"; \
	  "$(BIN)/python" -m tools.$$name --json build/bench/$$name.json $(ARGS) || missed=1; echo; done; exit $$missed

mutants: setup-dev  ## wrong answers made by machine, put through every check: make mutants ARGS="05.dot 06"
	@"$(BIN)/python" -m tools.mutants $(ARGS)

browser: setup-dev  ## the course in a real JupyterLab, every blank lesson from top to bottom (needs Chromium)
	@"$(BIN)/python" -m pytest tests/browser -p no:cacheprovider -n 2 --dist worksteal $(ARGS)

lint: setup-dev  ## style, types, what is written twice or too long, workflows
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .
	@"$(BIN)/mypy"
	@"$(BIN)/python" -m tools.structure
	@"$(BIN)/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml

format: setup-dev
	@"$(BIN)/ruff" check --fix . && "$(BIN)/ruff" format .

lock: setup-dev  ## both locks after a change of pyproject.toml; every pin anew: make lock ARGS=--upgrade
	@for out in "requirements.lock" "tools/requirements-dev.lock --extra dev"; do \
	  UV_CUSTOM_COMPILE_COMMAND="make lock" "$(BIN)/uv" pip compile --quiet $(ARGS) --extra lab --universal --python-version 3.11 \
	    --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --output-file $$out; done

clean:  ## remove the environment (your notebooks and your progress stay)
	rm -rf "$(VENV)"
