"""`manage.py tick`: do what time makes due; `--forever` again and again, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils.translation import gettext as _

from relief.schedule.run import alarms, run_due, warnings

INTERVAL_S = 60


class Command(BaseCommand):
    """One round, exit code 1 when an act failed; or round after round, which tries again what failed."""

    help = "Closes lists whose period is over, deletes expired names, recomputes deadlines, reminds."

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, unless told otherwise."""
        parser.add_argument("--forever", action="store_true", help="go on until SIGTERM or Ctrl-C")
        parser.add_argument(
            "--interval", type=float, default=INTERVAL_S, metavar="SECONDS", help="pause between two rounds"
        )

    def handle(self, *args: Any, forever: bool, interval: float, **options: Any) -> None:
        """Raises CommandError when an act failed, or when the interval is none."""
        if interval <= 0:
            raise CommandError(_("The interval must be more than 0 seconds."))
        if forever:
            self._forever(interval)
            return
        done, failed = self._round(threading.Event(), set())
        if failed:
            raise CommandError(_("%(count)d scheduled acts failed.") % {"count": failed}, returncode=1)
        if not done:
            self.stdout.write(_("Nothing was due."))

    def _forever(self, interval: float) -> None:
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, ask_to_stop)
        said: set[str] = set()
        while not stop.is_set():
            close_old_connections()
            self._round(stop, said)
            stop.wait(interval)

    def _round(self, stop: threading.Event, said: set[str]) -> tuple[int, int]:
        """(done, failed). A warning or failure that was `said` before isn't said again."""
        done = failed = 0
        for outcome in run_due(stopping=stop.is_set):
            done, failed = done + (not outcome.failed), failed + outcome.failed
            if not outcome.failed:
                self.stdout.write(outcome.words)
            elif outcome.words not in said:
                said.add(outcome.words)
                self.stderr.write(outcome.words)
        for words in self._warnings():
            if words not in said:
                said.add(words)
                self.stderr.write(words)
        return done, failed

    def _warnings(self) -> list[str]:
        """None while the database can't be read: the round has reported that."""
        try:
            return [*alarms(), *warnings()]
        except Exception:
            return []
