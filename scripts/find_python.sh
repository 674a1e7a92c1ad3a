#!/usr/bin/env bash
# Prints the Python to build the environment with: $PYTHON when set, else the first one that is new enough.
set -u

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if [ -n "${PYTHON:-}" ]; then
    if new_enough "$PYTHON"; then command -v "$PYTHON"; exit; fi
    echo "PYTHON=$PYTHON is not Python 3.11 or newer ($("$PYTHON" --version 2>&1 | head -n 1))." >&2
    exit 1
fi
for candidate in python3.11 python3 /usr/bin/python3 python3.12 python3.13 python3.14 python; do
    if new_enough "$candidate"; then command -v "$candidate"; exit; fi
done
found=$(python3 --version 2>&1 | head -n 1)
echo "This needs Python 3.11 or newer; found here: ${found:-none}." >&2
echo "Install one (Debian 12: sudo apt-get install python3 python3-venv), or name it: make demo PYTHON=/path/to/python3.11" >&2
exit 1
