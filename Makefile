# Two commands for a newcomer: make run, make test. Python 3.11 or later is the only thing they presuppose.
PYTHON ?= python3
HOST ?= 127.0.0.1:8000
ENGINE ?= both
WORKERS ?= auto
TRIALS ?= 20
CLUSTER_TRIALS ?= 30
QUICK := $(filter-out tests/e2e/ tests/pdf/ tests/demonstration/ tests/__pycache__/ tests/faults/,$(wildcard tests/*/ tests/test_*.py))
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
STAMPS := var/stamps
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

# Where it is set, as in many containers, each of a hundred processes compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test quick test-browsers test-faults cluster test-cluster check audit bench catalogues pictures lock upgrade clean prepare

## The service with invented data at http://$(HOST), where links in letters lead too; Ctrl-C stops web server and worker.
run: prepare
	$(PY) -m app.cli migrate
	$(PY) -m app.cli keys reencrypt
	$(PY) -m app.cli demo
	$(PY) -m app.cli serve --bind $(HOST)

## Everything, on both database engines, with a real browser.
test: prepare $(STAMPS)/test
	$(PY) -m tests.servers
	$(PY) -m pytest -n $(WORKERS) --dist worksteal --engine $(ENGINE) $(ARGS)

## Within a minute what changes most days, on SQLite, without a server or a browser. Less: QUICK=tests/web.
quick: prepare $(STAMPS)/test
	$(PY) -m pytest -n $(WORKERS) --dist worksteal --engine sqlite --quick $(QUICK) $(ARGS)

## Every page on every screen in three languages, every form sent empty, WebKit and Firefox: what `make test` has no time for.
test-browsers: prepare $(STAMPS)/test
	$(PY) -m tests.servers
	$(PY) -m pytest -n $(WORKERS) --dist worksteal --engine sqlite --every-screen --all-cases tests/e2e/test_every_page.py tests/e2e/test_other_engines.py tests/accessibility $(ARGS)

## Parts killed at random instants, TRIALS times each: what `make test` has no time for.
test-faults: prepare $(STAMPS)/test
	$(PY) -m tests.servers
	$(PY) -m pytest -n 0 -s --engine $(ENGINE) tests/faults --trials $(TRIALS) $(ARGS)

## What a ministry runs, on this machine: docs/operations.md "Several machines". Its programs come from Debian's packages, unpacked.
cluster: prepare $(STAMPS)/test
	$(PY) -m cluster $(ARGS)

## Its parts killed and frozen, alone and in pairs, while people file, pay and decide; then what was acknowledged is counted.
test-cluster: prepare $(STAMPS)/test
	$(PY) -m cluster.trial --trials $(CLUSTER_TRIALS) $(ARGS)

## What needs no running service: style, types, who imports whom, templates, sentences, sizes.
check: $(STAMPS)/test
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	.venv/bin/djlint app/templates --lint --quiet
	$(PY) -m tooling.catalogues
	$(PY) -m tooling.limits
	$(PY) -m tooling.prose

## Known vulnerabilities (« not checked » where nobody can be asked), licences, bill of materials in var/bom.json.
audit: $(STAMPS)/test
	$(PY) -m tooling.audit

## How fast it is, beside other frameworks.
bench: prepare $(STAMPS)/bench
	$(PY) -m bench $(ARGS)

## Take new sentences from the code into every catalogue; translations stay.
catalogues: $(STAMPS)/test
	$(PY) -m tooling.catalogues --update

## Every page state as a picture under var/pictures; ARGS="--against main" tells which differ, ARGS=readme takes the README's.
pictures: prepare $(STAMPS)/test
	$(PY) -m tooling.pictures $(ARGS)

## Choose new versions within the bounds of pyproject.toml and requirements/*.in; ARGS=--check only tells which are outdated.
lock: $(STAMPS)/test
	$(PY) -m tooling.lock $(ARGS)

## New versions, then all that tells whether they do: vulnerabilities and licences, checks, tests. `git restore requirements` undoes it.
upgrade: lock
	$(MAKE) audit check test

## What was built or installed; the data under var/ and uploads/ stays.
clean:
	rm -rf .venv node_modules var/stamps var/parts var/static .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete

prepare: $(STAMPS)/run $(STAMPS)/assets

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=...")'
	$(PYTHON) -m venv .venv

$(STAMPS)/run: requirements/run.txt | .venv/pyvenv.cfg
	$(PIP) -r $<
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/run
	$(PIP) -r $<
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/bench: requirements/bench.txt $(STAMPS)/test
	$(PIP) -r $<
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/npm: package-lock.json .npmrc $(STAMPS)/run
	$(PY) -m tooling.npm ci --ignore-scripts --omit=dev
	@touch $@

$(STAMPS)/catalogues: $(CATALOGUES) $(STAMPS)/run
	$(PY) -m app.cli catalogues
	@touch $@

$(STAMPS)/assets: $(STAMPS)/npm $(STAMPS)/catalogues $(shell find app/static app/reference -type f -not -name '*.pyc' 2>/dev/null)
	$(PY) -m app.cli assets
	@touch $@
