# The usual habits. `make demo` and `make test` need only Python 3.11 or newer and make.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
APPS := community rewards search deploy
TEMPLATES := $(APPS)
# Enough of an environment for `check --deploy` to judge the production settings; nothing is connected to.
PRODUCTION := DJANGO_SETTINGS_MODULE=deploy.settings.production \
	SECRET_KEY=for-the-check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH \
	SITE_URL=https://community.example ALLOWED_HOSTS=community.example \
	DATABASE_URL=postgresql://entraide@localhost/entraide REDIS_URL=redis://localhost:6379/0 \
	EMAIL_URL=smtp://localhost:25

.DEFAULT_GOAL := help
.PHONY: help demo test fast lint python types imports templates catalogues settings format messages screenshots bench elasticsearch environment bare clean

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: bare ## A demo community on http://localhost:8000 (PORT= changes the port)
	@PORT=$(PORT) exec $(BIN)/python manage.py demo --port $(PORT)

test: environment ## The whole suite; REQUIRE_SERVICES=1 makes a missing service a failure
	@$(BIN)/python -m tests.run

fast: environment ## Only the fast core, on SQLite
	@$(BIN)/python -m tests.run core

lint: python types imports templates catalogues settings ## Everything that judges the code without running it (-k: do not stop at the first)

python: environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

imports: environment
	$(BIN)/lint-imports --no-cache --no-logo

templates: environment
	find $(TEMPLATES) -name '*.html' -print0 | xargs -0r $(BIN)/djhtml --check

catalogues: environment
	$(BIN)/python tools/compile_messages.py --check

settings: environment
	DJANGO_SETTINGS_MODULE=deploy.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

types: environment ## mypy, strict
	$(BIN)/mypy

format: environment ## Put Python and templates into the house form
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	find $(TEMPLATES) -name '*.html' -print0 | xargs -0r $(BIN)/djhtml

messages: environment ## Collect the texts to translate (needs GNU gettext), then compile
	$(BIN)/python tools/make_messages.py
	$(BIN)/python tools/compile_messages.py

screenshots: environment ## Pictures of the main pages in var/screenshots (needs Chromium)
	@$(BIN)/python -m tests.run pictures

bench: environment ## The page benchmark on PostgreSQL, with its table
	@$(BIN)/python -m tests.bench.pages

elasticsearch: ## Fetch the Elasticsearch that the tests use, once, outside the tree
	@$(PYTHON) tools/fetch_elasticsearch.py

environment:
	@$(PYTHON) tools/bootstrap.py
	@$(BIN)/python tools/compile_messages.py

bare:
	@$(PYTHON) tools/bootstrap.py --no-dev
	@$(BIN)/python tools/compile_messages.py

clean: ## Delete everything that was generated, the demo community included
	rm -rf .venv .tools var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find $(APPS) -name '*.mo' -delete
