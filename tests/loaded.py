"""A process that has loaded the whole site once and forks a server from itself for each test that asks.

A server is gunicorn as before, a process of its own that answers real HTTP; only the seconds of imports are
spared. What its environment changes in the settings is set in the child, before its first connection.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

GUNICORN = ["gunicorn", "portal.wsgi", "--worker-class", "gthread", "--threads", "8"]
GUNICORN += ["--log-level", "warning", "--no-control-socket"]
#: what a server's environment may change; any other setting has been read while loading
CHANGEABLE = {"PUBLIC_BASE_URL", "WAGTAILADMIN_BASE_URL", "OWN_PROXIES"}
CHANGEABLE |= {"DEMO_CLOCK_FILE", "EVIDENCE_ROOT", "SEARCH_DIR"}
MESSAGE_BYTES = 128 * 1024
PATIENCE_S = 10
_wire: socket.socket | None = None


class Server:
    """A server in the making, or running, until `end`."""

    def __init__(self, pid: int, ends: int) -> None:
        self._pid, self._ends = pid, ends

    def has_ended(self, within_s: float = 0) -> bool:
        """Whether no process of it is left, which closes the pipe that they inherit."""
        return bool(select.select([self._ends], [], [], within_s)[0])

    def end(self) -> None:
        for way in (signal.SIGTERM, signal.SIGKILL):
            if not self.has_ended():
                os.kill(self._pid, way)  # reaped when the next one is forked: the number is still its own
                self.has_ended(PATIENCE_S)
        os.close(self._ends)


def server(door: socket.socket, output: BinaryIO, environment: dict[str, str]) -> Server:
    """A server at this door, its words in this file."""
    ends, held = os.pipe()
    try:
        wire = _loaded(environment)
        message = json.dumps(environment).encode()
        socket.send_fds(wire, [message], [door.fileno(), output.fileno(), held])
        answer = wire.recv(64)
    finally:
        os.close(held)
    assert answer, "the process that loads the site has ended: its words are above"
    return Server(int(answer), ends)


def _loaded(environment: dict[str, str]) -> socket.socket:
    """The wire to this worker's process, which is started by who asks first and ends with the worker."""
    global _wire
    if _wire is None:
        _wire, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its_end:
            subprocess.Popen(
                [sys.executable, "-m", "tests.loaded", str(its_end.fileno())],
                cwd=settings.BASE_DIR,
                env=environment,
                pass_fds=[its_end.fileno()],
                stdin=subprocess.DEVNULL,
            )
        atexit.register(_wire.close)
    return _wire


# --- in that process ------------------------------------------------------------------------


def main(wire: socket.socket) -> None:
    _load()
    forked: set[int] = set()
    while True:
        message, files, _, _ = socket.recv_fds(wire, MESSAGE_BYTES, 3)
        forked -= {pid for pid in forked if os.waitpid(pid, os.WNOHANG)[0]}
        if not message:
            break
        pid = os.fork()
        if pid == 0:
            wire.close()
            _serve(json.loads(message), *files)
        for file in files:
            os.close(file)
        forked.add(pid)
        wire.send(str(pid).encode())
    for pid in forked:
        os.kill(pid, signal.SIGTERM)


def _load() -> None:
    """What the first requests would load: the site, its addresses and templates, both languages."""
    from django.db import connections
    from django.template.loader import get_template
    from django.urls import reverse
    from django.utils import translation

    importlib.import_module("portal.wsgi")
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            reverse(settings.LOGIN_URL)
    folder = Path(settings.TEMPLATES[0]["DIRS"][0])
    for path in sorted(folder.rglob("*.html")):
        get_template(str(path.relative_to(folder)))
    assert threading.active_count() == 1, "a thread would not come along into a child"
    assert all(one.connection is None for one in connections.all(initialized_only=True))
    gc.freeze()


def _serve(environment: dict[str, str], door: int, output: int, held: int) -> None:
    """Gunicorn in this child; never returns. `held` stays open as long as the server or its worker lives."""
    from gunicorn.app import wsgiapp

    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.clear()
    os.environ.update(environment)
    _set_anew()
    sys.argv = [*GUNICORN, "--bind", f"fd://{door}"]
    try:
        wsgiapp.run()
    finally:
        os._exit(1)  # gunicorn ends its process itself


def _set_anew() -> None:
    """The settings as this environment makes them."""
    from django.db import connections

    importlib.reload(sys.modules["portal.settings.base"])
    wanted = importlib.reload(sys.modules[settings.SETTINGS_MODULE])
    connections.settings["default"].update(wanted.DATABASES["default"])
    names = {name for name in dir(wanted) if name.isupper()} - {"DATABASES"}
    other = {name for name in names if getattr(settings, name) != getattr(wanted, name)}
    assert other <= CHANGEABLE, f"read while the site was loaded, and can't be changed: {other - CHANGEABLE}"
    for name in other:
        setattr(settings, name, getattr(wanted, name))


if __name__ == "__main__":
    import django

    django.setup()
    main(socket.socket(fileno=int(sys.argv[1])))
