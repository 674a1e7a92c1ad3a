"""A real server process on a database of its own, for tests that act through HTTP or a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests import databases, loaded

PATIENCE_S = 60


def environment(database: str) -> dict[str, str]:
    """What a child process needs to work on this database with the tests' settings."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "DATABASE_URL": databases.url(database),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }


def manage(database: str, *words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Runs a management command in a process of its own on this database."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment(database), capture_output=True, text=True, **options
    )


@contextmanager
def serving(database: str, log: Path, **more: str) -> Iterator[str]:
    """Serves the site as the demo does and yields its base URL; `more` adds environment variables."""
    with socket.socket() as door, log.open("wb") as output:
        door.bind(("127.0.0.1", 0))
        door.listen(128)
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        server = loaded.server(door, output, {**environment(database), "PUBLIC_BASE_URL": address, **more})
        try:
            _wait_until_it_answers(address, server, log)
            yield address
        finally:
            server.end()


def _wait_until_it_answers(address: str, server: loaded.Server, log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE_S
    reason: object = "no answer"
    while time.monotonic() < until and not server.has_ended():
        try:
            direct.open(f"{address}/healthz", timeout=PATIENCE_S).close()
            return
        except OSError as error:
            reason = error
            time.sleep(0.1)
    raise AssertionError(f"the site did not start ({reason}):\n{log.read_text(errors='replace')[-4000:]}")
