#!/usr/bin/env bash
# make_environment.sh [tests]: makes .venv with the locked, hashed packages; with `tests`, the test tools too.
# A stamp of each lock file is kept, so a second run installs nothing.
set -eu
cd "$(dirname "$0")/.."

if [ -x .venv/bin/python ] && ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "The environment in .venv no longer works: making it anew."
    rm -rf .venv
fi
if [ ! -x .venv/bin/pip ]; then
    python=$(scripts/find_python.sh)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
        case "$("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))')" in
            /usr/bin/*) scripts/install_debian.sh "Debian's python3-venv is missing" "$version-venv" ;;
            *) echo "$python has no venv and ensurepip: please name a complete Python (PYTHON=…)." >&2; exit 1 ;;
        esac
    fi
    echo "Making .venv with $("$python" --version) ($python)"
    rm -rf .venv
    "$python" -m venv .venv
fi

install() {
    lock=$1
    stamp=.venv/$(echo "$lock" | tr / -).sha256
    now=$(.venv/bin/python -c 'import hashlib, pathlib, sys; print(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())' "$lock")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then return; fi
    echo "Installing the packages locked in $lock"
    .venv/bin/pip install --quiet --disable-pip-version-check --no-input --require-hashes --requirement "$lock"
    echo "$now" >"$stamp"
}

install requirements.txt
if [ "${1:-}" = tests ]; then install tests/requirements.txt; fi
