"""`manage.py check_search`: every difference between the indexes and what is public."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search.engine import kept
from search.follow import check, mend
from search.index import Outdated, Unavailable


class Command(BaseCommand):
    help = "Names what an index of the search keeps otherwise than it is public; --mend puts it right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="put right what differs")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        """Exit code 1 when something differs, or an engine doesn't answer."""
        wrong = 0
        for index in kept():
            try:
                found = _mended(index) if mend else check(index)
            except (Unavailable, Outdated):
                self.stderr.write(_("Does not answer: %(indexes)s.") % {"indexes": index.name})
                wrong += 1
                continue
            for one in found:
                self.stdout.write(f"{index.name}: {one.what} {one.key}")
            wrong += 0 if mend else len(found)
            facts = {"index": index.name, "count": len(found)}
            self.stdout.write(_("%(index)s: %(count)d differences.") % facts)
        if wrong:
            raise CommandError(_("The search differs from what is public."), returncode=1)


_mended = mend
