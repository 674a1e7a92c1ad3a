"""The nightly check (夜间自查) among what `tick` does: once a day, after two in the morning."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.catalogue.health import run_check
from portal.catalogue.models import CatalogueRow, CheckRun
from relief.schedule.run import Job
from relief.trail import clock

HOUR = 2


def due_check() -> list[str]:
    """The day whose check wasn't made yet; none before the site has its catalogue."""
    begins = clock.at(clock.today(), HOUR)
    if clock.now() < begins or not CatalogueRow.objects.exists():
        return []
    made = CheckRun.objects.filter(at__gte=begins).exists()
    return [] if made else [clock.today().isoformat()]


def make_check(day: str) -> CheckRun:
    """Compute and keep it; what was found is told on the editors' start page."""
    return run_check()


JOB = Job(
    "check-disclosure",
    due_check,
    make_check,
    lambda day: _("Check of disclosure made for %(day)s.") % {"day": day},
)
