"""Notifications among what `tick` does: look for news, then send what waits."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.notifying.found import Found, untold
from portal.notifying.mail import deliver, due_mails
from portal.notifying.models import Notification
from portal.notifying.tell import tell
from relief.schedule.run import Job


def _noticed(found: Found) -> str:
    return _("Notification rules looked at “%(title)s”: %(event)s.") % {
        "title": found.title,
        "event": found.event.label,
    }


def _sent(one: Notification) -> str:
    fresh = Notification.objects.get(pk=one.pk)
    return _("Mail %(number)d: %(state)s.") % {"number": one.pk, "state": fresh.get_state_display()}


NOTICE = Job("notice-events", untold, tell, _noticed)
SEND = Job("send-notifications", due_mails, deliver, _sent)
