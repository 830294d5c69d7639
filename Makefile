# Concert. Everything is installed into .venv in this folder, once; the stamps in it say what was.
#
#   make serve    the program, on http://127.0.0.1:8000   (HOST=, PORT=, and CONCERT_HOME= where it keeps its data)
#   make test     all tests, those in a real browser too   (ARGS="tests/graph -k overlap" picks some)
#   make check    lint, format, types, imports, and what the documentation promises
#   make bench    the questions beside their peers   (SIZE=1000000 is the size of the world)
#   make lock     the lock files again from pyproject.toml (ARGS=--upgrade takes newer versions)
#   make screenshots   every page, light and dark, wide and narrow, into build/screenshots
#   make clean    removes what the others made; the data stays

# Written for GNU Make 3.81 too, which is what macOS has: no .ONESHELL, no .SHELLFLAGS.
SHELL := bash
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help serve test check bench screenshots lock clean

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3.11 python3.12 python3.13 python3
ARGS ?=
SIZE ?= 100000

# Real files that some tests read; without them those tests are skipped, and say so.
CONCERT_SHARED_DATA ?= $(abspath $(wildcard ../shared/data))
ifneq ($(CONCERT_SHARED_DATA),)
export CONCERT_SHARED_DATA
endif

help:
	@sed -n 's/^#   //p' Makefile

serve: .venv/.concert
	@exec .venv/bin/concert serve --host "$(HOST)" --port "$(PORT)"

# A Chromium that was unpacked without root brings the launcher for Playwright's Node along.
define browser
CONCERT_CHROMIUM=$$(.ci/browser); \
export CONCERT_CHROMIUM; \
if [ "$$CONCERT_CHROMIUM" = "$$PWD/.venv/browser/chromium" ]; then \
	export PLAYWRIGHT_NODEJS_PATH="$$PWD/.venv/browser/node"; \
fi
endef

# Two processors; a third worker has them while the others wait, mostly for a browser.
test: .venv/.front .venv/.concert .venv/.dev
	@set -e; $(browser); exec .venv/bin/python -m pytest -n 3 --dist worksteal -q $(ARGS)

screenshots: .venv/.front .venv/.concert .venv/.dev
	@set -e; $(browser); exec .venv/bin/python -m tests.viz.screenshots $(ARGS)

check: .venv/.front .venv/.concert .venv/.dev
	.venv/bin/ruff check --output-format concise .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python viz/build.py --check
	.venv/bin/lint-imports
	.venv/bin/python -m pytest -q tests/test_docs.py

bench: .venv/.concert .venv/.dev
	.venv/bin/python -m tests.benchmarks.bench --size $(SIZE) --write docs/benchmarks.md $(ARGS)

# The locks name no index and hold the hashes that PyPI publishes, whatever this machine's pip is set to.
compile := PIP_CONFIG_FILE=/dev/null PIP_INDEX_URL= PIP_EXTRA_INDEX_URL= PIP_FIND_LINKS= \
	.venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --build-deps-for editable \
	--annotation-style line --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

lock: .venv/.dev
	$(compile) --output-file requirements.lock $(ARGS) pyproject.toml
	$(compile) --output-file requirements-dev.lock --extra dev --constraint requirements.lock $(ARGS) pyproject.toml

clean:
	rm -rf .venv build dist viz/static/built viz/front/node_modules
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --------------------------------------------------------------------------------------------------- installing

pip := .venv/bin/python -m pip --no-input --disable-pip-version-check

# Installs what the lock $(1) names, with a count of the packages as they come in.
define install
@echo "Installing from $(1) into .venv."
@set -o pipefail; \
$(pip) install --progress-bar off --require-hashes --requirement $(1) | \
awk -v total="$$(grep -c == $(1))" -v tty="$$([ -t 1 ] && echo 1 || echo 0)" ' \
	/^Collecting |^Requirement already/ { \
		n++; \
		if (tty) printf "\r\033[K  %d of %d %s", n, total, $$2; \
		else if (n % 20 == 0) printf "  %d of %d\n", n, total; \
		fflush() \
	} \
	/^Installing collected/ { printf "%s  unpacking\n", tty ? "\r\033[K" : ""; fflush(); unpacked = 1 } \
	END { if (tty && !unpacked) printf "\r\033[K" }'
endef

# The build of the front end is part of it, and does nothing while what it was made from is the same.
front := $(shell find viz/front -name node_modules -prune -o -type f -print) viz/build.py

.venv/.concert: pyproject.toml $(front) viz/static/built/manifest.json .venv/.runtime
	@$(pip) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

viz/static/built/manifest.json: ;

# What checks and tests of the front end need besides, before the build, which then finds its part there.
.venv/.front: viz/front/package-lock.json .venv/.runtime
	@echo "Installing from $<."
	@.venv/bin/python viz/build.py --dev
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(call install,$<)
	@touch $@

.venv/.runtime: requirements.lock .venv/.made
	$(call install,$<)
	@touch $@

.venv/.made:
	@set -e; \
	for python in $(PYTHON) ''; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Concert needs Python 3.11 or newer; tried: $(PYTHON)." >&2; \
		echo "Install one, or name it: make $(firstword $(MAKECMDGOALS)) PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		package=$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo "$$python has no venv module. On Debian and Ubuntu: sudo apt-get install $$package" >&2; \
			exit 1; \
		fi; \
		echo "$$python has no venv module: installing $$package."; \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$$package" >/dev/null; \
	fi; \
	"$$python" -m venv --clear .venv
	@touch $@
