# Needs Python >= 3.11 and make only. `make run` serves the archive, `make test` runs the whole suite.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test lint bench evaluate cluster cluster-test drill faults mutants install messages pages installation pins licences sbom audit version-data clean help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 16

run: .venv/.run ## build, load the demonstration, serve on http://127.0.0.1:8000 (PORT=…); Ctrl-C stops all of it
	@exec $(PY) manage.py serve_demonstration --port $(PORT)

test: .venv/.dev ## the whole suite, in random order, on all cores
	$(PY) -m pytest -n auto $(ARGS)

lint: .venv/.dev ## style, types, templates, directions of imports, missing migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run

bench: .venv/.dev ## measure speed at size (long); reads ../shared
	$(PY) -m benchmarks $(ARGS)

evaluate: .venv/.dev ## measure on real input how right pages are read; reads ../shared, writes docs/evaluation.md
	$(PY) -m evaluate $(ARGS)

pages: .venv/.pages ## judge readers' pages by html-validate and Lighthouse (needs Chromium). ARGS="--valid-only --write"
	$(PY) -m page_checks $(ARGS)

installation: ## follow docs/installing.md on a clean Debian and use the site (root, debootstrap, systemd-nspawn)
	$(PYTHON) deploy/try_installation $(ARGS)

cluster: .venv/.dev ## several machines on loopback: PostgreSQL under Patroni, HAProxy, Varnish (Debian); Ctrl-C stops all
	@exec $(PY) -m cluster $(ARGS)

cluster-test: .venv/.dev ## kill them under load, print what came of it (20 minutes). ARGS=--write keeps the figures
	@exec $(PY) -m cluster --test $(ARGS)

drill: .venv/.dev ## destroy, restore, compare; go back to a moment (minutes). ARGS=--write keeps the figures
	$(PY) -m drill $(ARGS)

faults: .venv/.dev ## do what goes wrong, count what came of it (hours). ARGS="--short --write"
	$(PY) -m faults $(ARGS)

licences: .venv/.supply ## list the licences of what an installation runs with; fails for one that nobody has allowed
	$(PY) -m supply_chain.licences

sbom: .venv/.supply ## write the bill of materials of an installation (CycloneDX): sbom.cdx.json
	$(PY) -m supply_chain.bom

audit: .venv/.supply ## ask the Python Packaging Advisory Database for known flaws of what is pinned (needs the network)
	.venv/bin/pip-audit --strict --require-hashes --disable-pip $(addprefix -r requirements/,run.txt metrics.txt s3.txt embedded.txt)

version-data: .venv/.dev ## keep what an archive of this version holds, for the test of upgrades; once a version
	$(PY) -m drill.version_data

mutants: .venv/.mutation ## break the code a little, see whether the tests notice (long); ARGS="archive/text --sample 40"
	$(PY) -m tests.mutants $(ARGS)

pins: .venv/.supply ## choose versions again and write requirements/ with their hashes. ARGS="--upgrade-package django"
	$(PY) -m supply_chain.pin $(ARGS)

messages: .venv/.dev ## collect strings to translate (needs gettext), compile translations (does not)
	$(PY) manage.py messages

install: .venv/.run ## build .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv

# Exactly the files that requirements/ names, by their hashes; then this folder itself, which has none. Marks tell make what is there.
define installed
	$(PY) -m pip install --quiet --require-hashes --no-deps $(addprefix -r requirements/,$(addsuffix .txt,$(1)))
	$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@
endef

.venv/.run: pyproject.toml requirements/run.txt requirements/embedded.txt | .venv/bin/python
	$(call installed,build run embedded)

.venv/.dev: .venv/.run requirements/dev.txt
	$(call installed,build run embedded metrics s3 dev)

.venv/.pages: .venv/.dev requirements/pages.txt
	$(call installed,pages)

.venv/.mutation: .venv/.dev requirements/mutation.txt
	$(call installed,mutation)

.venv/.supply: .venv/.dev requirements/supply.txt
	$(call installed,supply)

clean: ## remove what was built here, the demonstration's database with it
	rm -rf .venv .postgres .captures .run staticfiles *.egg-info
