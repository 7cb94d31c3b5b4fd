# make run | test | lint | bench | install: everything they need, they install.

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
export UV_LINK_MODE ?= copy

.DEFAULT_GOAL := help
.PHONY: help install install-export run test test-fast lint bench backup restore requirements browser

help:
	@echo "make run      start the site (LABELAPP_PORT, LABELAPP_DATA_DIR, DATABASE_URL, REDIS_URL choose the rest)"
	@echo "make test     install what tests need and run all of them; make test-fast leaves out browser and site"
	@echo "make install-export  what models need to leave as ONNX, OpenVINO and LiteRT; restart the site afterwards"
	@echo "make lint     ruff, mypy, import rules, templates, browser code"
	@echo "make backup   the whole site into one file (FILE=...); make restore FILE=... into an empty site"
	@echo "make bench    every benchmark, or one: make bench NAME=epoch ARGS=\"...\""

install: .venv/.site

install-export: .venv/.site
	@$(UV) pip install --quiet --python $(BIN)/python -r requirements-export.txt

run: .venv/.site
	@exec $(BIN)/python -m labelapp.serve

$(UV):
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.version_info >= (3, 11) or sys.exit(f"LabelApp needs Python 3.11 or newer; this is {v}. Name another: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv || { echo "Cannot make a virtual environment in $$PWD/.venv (no permission, or the package python3-venv is missing)."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/.site: requirements.txt package-lock.json | $(UV)
	@echo "Installing LabelApp's libraries into .venv and node_modules (once) ..."
	@$(UV) pip install --quiet --python $(BIN)/python -r requirements.txt
	@PATH="$$PWD/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --omit=dev --no-fund --no-audit --loglevel=error >/dev/null
	@touch $@

.venv/.dev: requirements-dev.txt package-lock.json .venv/.site | $(UV)
	@$(UV) pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	@PATH="$$PWD/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >/dev/null
	@touch $@

browser:
	@sh tests/browser/install.sh

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy labelapp training
	$(BIN)/djade --check $$(find templates -name '*.html')
	$(BIN)/python manage.py makemigrations --check --dry-run
	PATH="$$PWD/$(BIN):$$PATH" $(BIN)/npm run --silent check

# Two processes, a file each, in the order of tests/conftest.py.
TWO = -n 2 --dist loadfile --no-loadscope-reorder

test: .venv/.dev browser lint
	PATH="$$PWD/$(BIN):$$PATH" $(BIN)/npm test --silent
	$(BIN)/pytest -m "not browser and not site" $(TWO)
	$(BIN)/python -m tests.postgres $(BIN)/pytest -m "database and not browser and not site and not slow" $(TWO)
	$(BIN)/pytest -m "browser or site" $(TWO)

test-fast: .venv/.dev
	$(BIN)/pytest -m "not browser and not site and not slow"

backup: .venv/.site
	@$(BIN)/python manage.py backup $(or $(FILE),labelapp-$$(date +%Y-%m-%d-%H%M%S).tar)

restore: .venv/.site
	@$(BIN)/python manage.py restore $(FILE) $(ARGS)

bench: .venv/.dev
	@$(BIN)/python -m benchmarks $(NAME) $(ARGS)

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url pyproject.toml

requirements: | $(UV)
	$(COMPILE) -o requirements.txt
	$(COMPILE) --group dev --extra export -o requirements-dev.txt
	$(COMPILE) --extra export -c requirements.txt | grep -vxFf requirements.txt > requirements-export.txt
	$(COMPILE) --extra gpu --no-emit-package tensorflow-cpu -c requirements.txt | grep -vxFf requirements.txt > requirements-gpu.txt
