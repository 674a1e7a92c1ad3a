"""Write and send one mail: title, section and link, never a name nor a word of the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.notifying.models import Happening, MailState, Notification, Occurrence
from portal.templatetags.cap import day_in_words
from relief.officers.models import Officer
from relief.trail import clock

#: five minutes, ten, twenty …: the eighth try is ten hours after the first
FIRST_WAIT = timedelta(minutes=5)
MOST_TRIES = 8


@dataclass(frozen=True)
class Mail:
    """What is sent, word for word."""

    to: str
    subject: str
    body: str


def mail_for(officer: Officer, happened: Occurrence) -> Mail:
    """The mail in the officer's language."""
    with translation.override(officer.language):
        event = str(Happening(happened.event).label)
        lines = [
            capfirst(event),
            "",
            _("Title: %(title)s") % {"title": happened.title},
            *([_("Section: %(section)s") % {"section": happened.section}] if happened.section else []),
            *([_("Type: %(type)s") % {"type": type_label(happened.page_type)}] if happened.page_type else []),
            _("On: %(day)s") % {"day": day_in_words(happened.at.astimezone(clock.SHANGHAI).date())},
            "",
            f"{settings.PUBLIC_BASE_URL}{happened.path}",
            "",
            _("Sent by a notification rule of the site. Sign in to see the text; it is not sent by mail."),
        ]
        subject = f"[{Bureau().name}] {capfirst(event)}: {happened.title}"
        return Mail(officer.mail, subject[:200], "\n".join(lines))


def type_label(page_type: str) -> str:
    """A type of page in words."""
    model: Any = apps.get_model("portal", page_type)
    return str(model._meta.verbose_name)


def due_mails() -> QuerySet[Notification]:
    """Mails whose time has come, the failed ones again."""
    waiting = Notification.objects.filter(state=MailState.WAITING, next_try_at__lte=clock.now())
    return waiting.select_related("officer", "occurrence").order_by("pk")


def deliver(one: Notification) -> Notification | None:
    """Send a mail that waits; None when another process does. A failure is kept and raised for the report.

    Claimed before it is sent: what dies in between is tried again; a mail may come twice, never not at all.
    """
    wait = FIRST_WAIT * 2**one.tries
    claimed = Notification.objects.filter(pk=one.pk, state=MailState.WAITING, tries=one.tries).update(
        tries=F("tries") + 1, next_try_at=clock.now() + wait
    )
    if not claimed:
        return None
    officer = Officer.objects.get(pk=one.officer_id)
    if not officer.active or not officer.mail:
        return _kept(one, state=MailState.NO_ADDRESS if officer.active else MailState.LEFT)
    mail = mail_for(officer, one.occurrence)
    try:
        EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
    except Exception as failed:
        state = MailState.FAILED if one.tries + 1 >= MOST_TRIES else MailState.WAITING
        _kept(one, state=state, problem=type(failed).__name__[:120])
        raise
    return _kept(one, state=MailState.SENT, sent_at=clock.now(), problem="")


def _kept(one: Notification, **changes: Any) -> Notification:
    Notification.objects.filter(pk=one.pk).update(**changes)
    return Notification.objects.get(pk=one.pk)
