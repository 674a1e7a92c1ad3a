"""What time makes due in publishing: plans fire, the bin is emptied, misses forgotten; `tick` does it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.publishing.bin import due_for_forgetting, forget
from portal.publishing.missing import due_for_expiry, expire
from portal.publishing.models import Plan
from portal.publishing.plan import due_plans, fire
from relief.schedule.run import Job


def _words(plan: Plan) -> str:
    fresh = Plan.objects.get(pk=plan.pk)
    title = fresh.record.page.title
    if fresh.problem:
        return _("Planned text “%(title)s” was not published: %(why)s") % {
            "title": title,
            "why": fresh.problem,
        }
    return _("Planned text “%(title)s” was published.") % {"title": title}


JOB = Job("publish-plans", due_plans, fire, _words)
EMPTY_BIN = Job("empty-bin", due_for_forgetting, forget, lambda one: _forgotten(one.title))


def _forgotten(title: str) -> str:
    words = _("The deleted draft “%(title)s” was forgotten: its 30 days are over.")
    return words % {"title": title}


def _missed(old: list[int]) -> str:
    words = _("Addresses not found that nobody asked for in 90 days were forgotten: %(number)d.")
    return words % {"number": len(old)}


FORGET_MISSES = Job("forget-misses", due_for_expiry, expire, _missed)
