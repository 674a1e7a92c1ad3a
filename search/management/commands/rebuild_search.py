"""`manage.py rebuild_search`: every index anew; readers go over to it once it is whole."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.engine import kept
from search.follow import bring_up, rebuild
from search.index import Unavailable
from search.late import complete
from search.sources import registered

STEP = 500


class Command(BaseCommand):
    help = "Makes every index of the search anew from what is public, and swaps it in without downtime."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when an engine doesn't answer; the old index stays then."""
        self._read_what_waits()
        dead = []
        for index in kept():
            began = time.monotonic()
            try:
                count = rebuild(index, self._told)
                bring_up(index)
            except Unavailable:
                dead.append(index.name)
                continue
            facts = {"index": index.name, "count": count, "seconds": round(time.monotonic() - began, 1)}
            self.stdout.write(_("%(index)s: %(count)d records in %(seconds)s s.") % facts)
        if dead:
            raise CommandError(
                _("Does not answer: %(indexes)s.") % {"indexes": "、".join(dead)}, returncode=1
            )

    def _read_what_waits(self) -> None:
        """First, so that the new indexes are whole."""
        told = _("%(count)d files read.")
        for source in registered():
            complete(source, lambda done: self.stdout.write(told % {"count": done}), wait=True)

    def _told(self, count: int) -> None:
        if count % STEP == 0:
            self.stdout.write(str(count))
