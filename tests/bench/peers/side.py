"""One side at work: told on its standard input what to do, it answers how long every turn took."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count, cycle
from time import perf_counter, process_time
from typing import Any, Protocol

#: pages that a side holds
PAGES = 40

Time = tuple[float, float]


class Change(Protocol):
    """A changed text on its way to the public."""

    def save(self) -> None:
        """Keep it as a version."""

    def review(self) -> None:
        """What must happen before it may be published; not timed."""

    def publish(self) -> None: ...


class Side(Protocol):
    """What a side can do. `change` changes the text of the turn's page, untimed."""

    addresses: list[str]
    host: str
    application: Callable[..., Any]

    def change(self, turn: int) -> Change: ...


def serve(side: Side) -> None:
    """Do turns until the input ends: a line `publish 5` or `read 20`, an answer in JSON each."""
    wire, sys.stdout = sys.stdout, sys.stderr
    turns = {"publish": publishing(side), "read": reading(side)}
    wire.write("ready\n")
    wire.flush()
    for line in sys.stdin:
        act, number = line.split()
        wire.write(json.dumps([next(turns[act]) for _n in range(int(number))]) + "\n")
        wire.flush()


def publishing(side: Side) -> Iterator[Time]:
    """The version kept and the publication, together."""
    for turn in count(1):
        change = side.change(turn)
        saved = timed(change.save)
        change.review()
        published = timed(change.publish)
        yield saved[0] + published[0], saved[1] + published[1]


def reading(side: Side) -> Iterator[Time]:
    for address in cycle(side.addresses):
        yield timed(lambda address=address: ask(side, address))


def timed(act: Callable[[], object]) -> Time:
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
