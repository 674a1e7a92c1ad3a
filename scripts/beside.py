"""What with_postgres.py and with_elasticsearch.py share: a server that lives as long as one command."""

import os
import signal
import subprocess
import sys
from contextlib import AbstractContextManager


def run_beside(server: AbstractContextManager[str], variable: str, command: list[str]) -> int:
    """Runs the command with the server's address in an environment variable; returns its exit code.

    The server ends with the command, and also when we are asked to end.
    """
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda number, _frame: sys.exit(128 + number))
    with server as address:
        try:
            return subprocess.run(command, env={**os.environ, variable: address}).returncode
        except KeyboardInterrupt:
            return 130
