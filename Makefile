# The commands of Opis. `make` alone lists them.

PORT ?= 8000
VAR = $(or $(OPIS_VAR),var)
PYTHONS = python3.13 python3.12 python3.11 python3 python
PYTHON = .venv/bin/python
MANAGE = $(PYTHON) manage.py
# What `make serve` runs in: this machine only, a key of its own, and the caller's DATABASE_URL.
SERVING = DJANGO_HTTPS=off DJANGO_ALLOWED_HOSTS=127.0.0.1,localhost \
	DJANGO_SECRET_KEY="$$(cat '$(VAR)/secret_key')"

.DEFAULT_GOAL = help
.PHONY: help serve manage test bench hostile check format screenshots clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

serve: .venv/runtime $(VAR)/secret_key ## Show the catalogue at http://127.0.0.1:8000/ (PORT=8001 for another port)
	@$(SERVING) $(MANAGE) migrate --verbosity 0
	@$(SERVING) $(MANAGE) collectstatic --no-input --verbosity 0
	@$(SERVING) $(MANAGE) load_demo --if-empty
	@$(SERVING) $(MANAGE) ensure_administrator
	@echo "Opis is at http://127.0.0.1:$(PORT)/ and Ctrl-C ends it."
	@$(SERVING) exec $(PYTHON) -m gunicorn archive_site.wsgi --bind 127.0.0.1:$(PORT) \
		--worker-class gthread --workers 2 --threads 8 --log-level warning

manage: .venv/runtime $(VAR)/secret_key ## Run a command on what `make serve` shows: make manage command=createsuperuser
	@$(SERVING) $(MANAGE) $(command)

test: .venv/development ## Run all tests, on SQLite and on PostgreSQL (arguments="-k stemma" for some)
	@$(PYTHON) tests/run.py $(arguments)

hostile: .venv/development ## Edit, kill, damage and restore against real servers, on both databases (most of an hour)
	@$(PYTHON) tests/run.py tests/hostile $(arguments)

bench: .venv/development ## Say how well and how fast archival references are read
	@$(PYTHON) -m tests.references.bench

check: export DJANGO_SETTINGS_MODULE = tests.settings
check: .venv/development ## Check style, types, layers, templates and migrations
	$(PYTHON) -m ruff format --check --quiet
	$(PYTHON) -m ruff check --quiet
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m djlint --lint --quiet templates
	$(MANAGE) check --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run

format: .venv/development ## Put the Python code into the house's form
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

screenshots: .venv/development ## Make the pictures of the README anew
	$(PYTHON) tests/browser/screenshots.py

clean: ## Remove what the checks and tests leave behind (never the catalogue in var/)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -exec rm -rf {} +

$(VAR)/secret_key: | .venv/runtime
	@mkdir -p -m 750 '$(VAR)'
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > '$@'

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing what Opis runs on ..."
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --requirement requirements.txt
	@touch '$@'

.venv/development: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "Installing what the checks and tests need ..."
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --requirement requirements-dev.txt
	@touch '$@' .venv/runtime

# A command may be there and yet not run, or be too old: each is asked.
.venv/bin/python:
	@bare=; for python in $(PYTHONS); do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if $$python -c 'import ensurepip, venv' 2>/dev/null; then exec $$python -m venv .venv; fi; \
		bare=$$python; \
	done; \
	if [ -n "$$bare" ]; then \
		echo "Opis needs Python's venv module, which $$bare lacks. On Debian or Ubuntu: apt install python3-venv" >&2; \
	else \
		echo "Opis needs Python 3.11 or newer, and none was found here (asked: $(PYTHONS))." >&2; \
	fi; exit 1
