# `make` lists the commands. Python 3.11 or newer and make are all that has to be there.
.DEFAULT_GOAL := help
.PHONY: help run manage reset test test-all check check-format check-types check-arrows \
	check-migrations check-requirements check-translations check-assets format \
	translations assets bench screenshots lock

VENV ?= .venv
PYTHON := $(VENV)/bin/python
PACKAGES := accounts cashback common connections dnsconfig inbox journal notices orders panel \
	partnercenter reseller_portal sandbox subscriptions sync tenants
PYTEST := $(PYTHON) -m pytest
PIP_COMPILE := $(PYTHON) -m piptools compile --quiet --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
# Tools read the settings; nothing is encrypted or signed with these.
TOOLS := SECRET_KEY=tools FIELD_ENCRYPTION_KEYS=dG9vbHMgb25seSwgMzIgYnl0ZXMgbG9uZywgbm9uZSE=

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: $(VENV)/runs ## Start everything with demo data; Ctrl-C stops it
	@exec $(PYTHON) -m reseller_portal.launcher run --with-parent

reset: $(VENV)/runs ## Forget the data of this installation
	@exec $(PYTHON) -m reseller_portal.launcher reset

manage: $(VENV)/runs ## Django's commands on the running installation: make manage do="shell"
	@. "$${PORTAL_HOME:-.portal}/environment" && exec $(PYTHON) manage.py $(do)

test: $(VENV)/develops ## What a newcomer needs to see green; under 10 minutes
	$(PYTEST) -n 2 --dist worksteal -m "not full"

# Counting lines would make whole processes and browsers half as fast.
test-all: $(VENV)/develops ## Also the full browser matrix, real DNS servers, long journeys
	$(PYTEST) -n 2 --dist worksteal --cov --cov-report=term -m "not full and not browser"
	$(PYTEST) -n 2 --dist worksteal -m "full or browser"

check: ## Format, lint, types, arrows; what is built is in step
check: check-format check-types check-arrows check-migrations check-requirements \
	check-translations check-assets

check-format: $(VENV)/develops
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

check-types: $(VENV)/develops
	$(TOOLS) $(PYTHON) -m mypy $(PACKAGES)

check-arrows: $(VENV)/develops
	$(VENV)/bin/lint-imports --no-logo

check-migrations: $(VENV)/develops
	$(TOOLS) $(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

check-requirements: $(VENV)/develops
	$(PYTHON) .ci/requirements_in_step.py

check-translations: $(VENV)/develops
	$(PYTHON) .ci/translations_in_step.py

check-assets: $(VENV)/develops assets/node_modules/.package-lock.json
	sh .ci/npm $(PYTHON) run check

format: $(VENV)/develops ## Format and repair what can be repaired
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

translations: $(VENV)/develops ## Collect the texts and build the catalogues (needs gettext)
	$(TOOLS) $(PYTHON) manage.py makemessages --all --no-obsolete --add-location file \
		--ignore=node_modules --ignore=tests --ignore=sandbox
	$(TOOLS) $(PYTHON) manage.py compilemessages --ignore=.venv --ignore=node_modules

assets: $(VENV)/develops assets/node_modules/.package-lock.json ## Build static/portal from assets/
	sh .ci/npm $(PYTHON) run build

bench: $(VENV)/develops ## The benchmarks
	$(PYTHON) -m benchmarks

screenshots: $(VENV)/develops ## The pictures of the README, from a fresh demo
	$(PYTHON) -m tests.screenshots

lock: $(VENV)/develops ## Pin the newest versions that the short lists allow
	$(PIP_COMPILE) --upgrade --output-file requirements.txt requirements.in
	$(PIP_COMPILE) --upgrade --output-file requirements-dev.txt requirements-dev.in

# --- The environment: a stamp older than its list means that something is to be installed.
# The lists are complete (compiled), so pip has nothing to resolve.

$(VENV)/runs: requirements.txt | $(VENV)/made
	@echo "Installing the portal's packages ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
	@touch $@

$(VENV)/develops: requirements-dev.txt | $(VENV)/made
	@echo "Installing the development packages ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-dev.txt
	@touch $@ $(VENV)/runs

assets/node_modules/.package-lock.json: assets/package-lock.json | $(VENV)/develops
	sh .ci/npm $(PYTHON) ci

$(VENV)/made:
	@sh .ci/make_environment "$(VENV)"
	@touch $@
