# What can be done here? `make help` lists it. The steps of the installation are in .ci/setup.

PY := .venv/bin/python
LOCK = UV_SYSTEM_CERTS=1 .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)
TESTS = $(PY) -m pytest -n 2 --dist worksteal

export PYTHON
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

.PHONY: help run test check setup lint bench drill worker assets lock clean
.DEFAULT_GOAL := help

help: ## say what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: ## install what is missing, then start the web server and a worker (PORT=8000)
	@sh .ci/setup run
	@exec .venv/bin/scheduler up

test: setup lint ## everything: lint and all tests, on SQLite, PostgreSQL and in a real browser
	$(TESTS)

check: setup lint ## the fast part: lint and the tests that need no browser and no patience
	$(TESTS) -m "not journey and not slow"

setup: ## install what running and testing need; quiet when there is nothing to do
	@sh .ci/setup test

lint: setup ## ruff and mypy
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy --no-error-summary

bench: setup ## measure the optimiser beside its peers (ARGS="--help" says what else)
	@$(PY) -m tests.benchmarks $(ARGS)

drill: setup ## break things on purpose and count what was lost (ARGS="kill-web --rounds 30")
	@$(PY) -m tests.drills $(ARGS)

worker: ## start one more worker, beside a running web server
	@sh .ci/setup run
	@exec .venv/bin/scheduler work

assets: ## build the front-end bundle and the translations
	@sh .ci/setup run

lock: setup ## write the hashed requirements anew from pyproject.toml (UPGRADE=--upgrade for newer versions)
	$(LOCK) pyproject.toml --extra postgres --extra serve --group build -o requirements.txt
	$(LOCK) pyproject.toml --all-extras --group build --group test --group lint -c requirements.txt -o requirements-test.txt
	$(LOCK) --group installer -o requirements-installer.txt
	$(LOCK) --group node -o requirements-node.txt
	$(LOCK) --group peers -o requirements-peers.txt
	cd web && npm install --package-lock-only --ignore-scripts

clean: ## remove everything that was installed or built, not the data
	rm -rf .venv web/node_modules web/static/build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find scheduler web tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find web -name '*.mo' -delete
