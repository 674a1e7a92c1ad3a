"""`manage.py load_demo --scale full`: the invented district, once, into an empty database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from portal.demo.load import SCALES, CannotLoad, check_may_load, first_day, load, story_of
from relief.applications.models import Application
from relief.households.models import Household
from relief.publicity.models import PublicList
from relief.trail import clock


class Command(BaseCommand):
    """Load the demo; refused outside DEMO=1 and into a database that holds a district."""

    help = "Load the invented district Minghe with one year of its work, once, into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        """`full` is the whole district, `small` one street of it."""
        parser.add_argument("--scale", choices=SCALES, default="small", help="how much there is of it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with the reason when it can't be loaded."""
        try:
            check_may_load()
            with _bar(silent=options["verbosity"] == 0) as on_day:
                load(story_of(options["scale"]), on_day=on_day)
        except CannotLoad as reason:
            raise CommandError(str(reason)) from None
        if options["verbosity"]:
            self.stdout.write(
                _("The demo is loaded: %(households)d households, %(cases)d cases, %(lists)d public lists.")
                % {
                    "households": Household.objects.count(),
                    "cases": Application.objects.count(),
                    "lists": PublicList.objects.count(),
                }
            )


@contextmanager
def _bar(*, silent: bool) -> Iterator[Callable[[date], object]]:
    """A bar that follows the demo's own calendar, day by day."""
    first, last = first_day(), clock.today()
    with tqdm(total=(last - first).days, unit=_("days"), disable=silent or None, leave=True) as bar:

        def on_day(day: date) -> None:
            bar.set_description_str(day.isoformat(), refresh=False)
            bar.update(max((day - first).days - bar.n, 0))

        yield on_day
        bar.update(bar.total - bar.n)
