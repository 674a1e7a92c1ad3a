"""Acts in processes of their own on the test's database: let go together, or killed in the middle.

The processes are forked, so they start in a moment and may be given a closure; each opens a connection of
its own.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

from relief.errors import Refused

_fork = multiprocessing.get_context("fork")


class Apart:
    """An act in a process of its own, connected and waiting to be let go."""

    def __init__(self, act: Callable[[], Any]) -> None:
        connections.close_all()  # a child must not share its parent's connection
        self._wire, its_end = _fork.Pipe()
        self._process = _fork.Process(target=_wait_and_act, args=(act, its_end))
        self._process.start()
        its_end.close()
        assert self._wire.recv() == "ready"

    def go(self) -> None:
        self._wire.send("go")

    def answer(self) -> Any:
        """What the act returned, or the crash in words."""
        try:
            return self._wire.recv()
        finally:
            self._process.join()

    def killed_after(self, seconds: float) -> None:
        """Let the act go and kill its process so long after (SIGKILL)."""
        self.go()
        time.sleep(seconds)
        self._process.kill()
        self._process.join()


def in_processes(*acts: Callable[[], Any]) -> list[Any]:
    """Do the acts at one moment, each in a process of its own; their answers, in order."""
    processes = [Apart(act) for act in acts]
    for process in processes:
        process.go()
    return [process.answer() for process in processes]


def kind_of(act: Callable[[], Any]) -> str:
    """What comes of an act: `done`, a refusal's kind, or the crash in words."""
    try:
        act()
    except Refused as refused:
        assert str(refused)
        return refused.kind
    except Exception as error:  # whatever else comes is a crash: the test prints it
        return repr(error)
    return "done"


def _wait_and_act(act: Callable[[], Any], wire: Any) -> None:
    # A browser's event loop in the parent's thread hides a connection that was opened before it; the child
    # has no loop and would meet it again, open on another database. Kept: its end would end the parent's.
    inherited = connections["default"]
    del connections["default"]
    connection.ensure_connection()
    wire.send("ready")
    wire.recv()
    try:
        answer = act()
    except Exception as error:  # the parent's assertion prints it
        answer = repr(error)
    connection.close()
    wire.send(answer)
    del inherited
