#!/usr/bin/env bash
# make_peer_environment.sh: makes .venv-peer, which holds Wagtail and Django and nothing of ours, locked and
# hashed as in tests/bench/peers/requirements.txt. A stamp of the lock is kept, so a second run installs nothing.
set -eu
cd "$(dirname "$0")/.."
lock=tests/bench/peers/requirements.txt
stamp=.venv-peer/lock.sha256
now=$(.venv/bin/python -c 'import hashlib, pathlib, sys; print(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())' "$lock")
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && .venv-peer/bin/python -c '' 2>/dev/null; then exit 0; fi
echo "Making .venv-peer with the packages locked in $lock"
rm -rf .venv-peer
.venv/bin/python -m venv .venv-peer
.venv-peer/bin/pip install --quiet --disable-pip-version-check --no-input --require-hashes --requirement "$lock"
echo "$now" >"$stamp"
