"""What time makes due in the finder: the log of searches is forgotten; `tick` does it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from portal.finder.asked import due_for_forgetting, forget
from relief.schedule.run import Job


def _words(_today: date) -> str:
    return _("What was kept of searches was forgotten: digests after a week, counts after 30 days.")


FORGET_SEARCHES = Job("forget-searches", due_for_forgetting, forget, _words)
