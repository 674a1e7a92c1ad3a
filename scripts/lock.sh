#!/usr/bin/env bash
# Resolves pyproject.toml for Debian 12's Python into the two hashed lock files.
# --exclude-newer makes the answer the same tomorrow; move the day when a pin moves.
set -eu
cd "$(dirname "$0")/.."
compile=".venv/bin/uv pip compile pyproject.toml --quiet --generate-hashes --python-version 3.11.2
    --exclude-newer 2026-11-23 --no-header --no-emit-index-url"
$compile --output-file requirements.txt
$compile --group test --constraints requirements.txt --output-file tests/requirements.txt
# The stock site that our figures stand beside: the same Wagtail and Django, nothing else.
${compile/pyproject.toml/tests/bench/peers/requirements.in} --constraints requirements.txt --output-file tests/bench/peers/requirements.txt
