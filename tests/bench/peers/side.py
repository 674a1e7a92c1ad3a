"""One side at work: told on its standard input what to do, it answers how long every turn took."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle
from time import perf_counter, process_time
from typing import Any, Protocol

#: pages that a side holds
PAGES = 40


class Side(Protocol):
    """What a side can do. `change` prepares a publication, untimed; what it returns publishes."""

    addresses: list[str]
    host: str
    application: Callable[..., Any]

    def change(self, turn: int) -> Callable[[], None]: ...


def serve(side: Side) -> None:
    """Do turns until the input ends: a line `publish 5` or `read 20`, an answer in JSON each."""
    wire, sys.stdout = sys.stdout, sys.stderr
    publications, readings = publishing(side), reading(side)
    wire.write("ready\n")
    wire.flush()
    for line in sys.stdin:
        act, number = line.split()
        turns = publications if act == "publish" else readings
        wire.write(json.dumps([timed(next(turns)) for _n in range(int(number))]) + "\n")
        wire.flush()


def publishing(side: Side) -> Iterator[Callable[[], None]]:
    turn = 0
    while True:
        turn += 1
        yield side.change(turn)


def reading(side: Side) -> Iterator[Callable[[], None]]:
    for address in cycle(side.addresses):
        yield lambda address=address: ask(side, address)


def timed(act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds on the wall and of the CPU."""
    wall, cpu = perf_counter(), process_time()
    act()
    return (perf_counter() - wall) * 1000, (process_time() - cpu) * 1000


def ask(side: Side, address: str) -> bytes:
    """A stranger's page, as a server asks the application for it."""
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": side.host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": side.host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    reply = side.application(environ, lambda said, headers, error=None: status.append(said))
    try:
        body = b"".join(reply)
    finally:
        reply.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{address}: {status[0]}")
    return body
