# Two commands are enough: `make demo` shows the site, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
PORT ?= 8000
HOST ?= 127.0.0.1
export PYTHON PORT HOST FULL SCALE
export PYTHONUTF8 := 1
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset environment test test-long test-elasticsearch bench bench-peers bench-search lint format lock css messages upgrade-fixture

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 20

demo: ## an invented district on http://127.0.0.1:8000/ (PORT=8123 another port, SCALE=small one street of it)
	@python=$$(scripts/find_python.sh) && exec "$$python" scripts/demo.py

demo-reset: ## the same, starting afresh (run again, `make demo` keeps its data)
	@python=$$(scripts/find_python.sh) && exec "$$python" scripts/demo.py --reset

environment: ## .venv with all tools, for an editor
	@scripts/make_environment.sh tests

test: environment ## everything that must hold: lint, types, rooms, migrations, tests on both databases, browser
	@.venv/bin/python scripts/run_checks.py daily

test-long: environment ## the long runs (FULL=1 for their full counts)
	@.venv/bin/python scripts/run_checks.py long

test-elasticsearch: environment ## search on a real Elasticsearch: of our own, fetched once, or the one that ES_URL names
	@.venv/bin/python scripts/run_checks.py elasticsearch

bench: environment ## our figures, each with its command; those of the big street on PostgreSQL too
	@.venv/bin/python -m tests.bench
	@.venv/bin/python scripts/with_postgres.py .venv/bin/python -m tests.bench import_households street writers guards

bench-peers: environment ## our pages beside a stock Wagtail site's, in one run; makes .venv-peer from the package index
	@scripts/make_peer_environment.sh
	@.venv/bin/python -m tests.bench.peers

bench-search: environment ## search over 100,000 documents: both engines, beside a stock Wagtail site (.venv-peer); ten minutes
	@scripts/make_peer_environment.sh
	@.venv/bin/python -m tests.bench.finding

lint: environment ## style only, a few seconds
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

format: environment ## puts style right
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

lock: environment ## pyproject.toml → requirements.txt and tests/requirements.txt
	@scripts/lock.sh

css: ## compiles the style sheet
	@scripts/build_css.sh

messages: environment ## collects the translatable sentences into the .po files, compiles the .mo files
	@.venv/bin/python scripts/messages.py collect compile

upgrade-fixture: environment ## keeps today's small demo as the file from which the upgrade test migrates
	@.venv/bin/python scripts/upgrade_fixture.py
